import type { ReportedFinding } from '../../report.ts';
import { count, counted } from '../age.ts';
import { toChosen, toText } from '../chosen.ts';
import { filterControls } from '../filter-form.ts';
import { findingDetails } from '../finding-details.ts';
import { findingRow, headings } from '../finding-table.ts';
import type { PageData } from '../inert-report.ts';
import { tag } from '../tag.ts';
import { SORT_KEYS, toHash, toView, type View } from '../view.ts';
import { nearest, only, toNode } from './dom.ts';

const ON_A_PAGE = 100;

/** Puts filters, order, pages and details over the findings, all of it kept in the address. */
export function showFindings({ now, checks }: PageData, findings: readonly ReportedFinding[]): void {
  const explained = new Map(checks);
  const texts = new Map<ReportedFinding, string>();
  const form = only('#filters', HTMLFormElement);
  const table = only('#findings table', HTMLTableElement);
  const head = only('thead', HTMLTableSectionElement, table);
  const body = only('tbody', HTMLTableSectionElement, table);
  const pages = only('#pages', HTMLElement);
  let view: View = toView(location.hash);
  let chosen: readonly ReportedFinding[] = [];

  function textOf(finding: ReportedFinding): string {
    const text = texts.get(finding) ?? toText(finding, explained.get(finding.checkId)?.title ?? '');
    texts.set(finding, text);
    return text;
  }

  /** `findings` is filtered anew. */
  function choose(): void {
    chosen = toChosen(findings, view, now, textOf);
    draw();
  }

  function draw(): void {
    const last = Math.max(1, Math.ceil(chosen.length / ON_A_PAGE));
    view = { ...view, page: Math.min(view.page, last) };
    const start = (view.page - 1) * ON_A_PAGE;
    const shown = chosen.slice(start, start + ON_A_PAGE);
    head.replaceChildren(toNode(headings(view)));
    body.replaceChildren(
      ...shown.flatMap((finding) =>
        finding.id === view.finding
          ? [toNode(findingRow(finding, now, true)), detailsOf(finding)]
          : [toNode(findingRow(finding, now, false))],
      ),
    );
    const all =
      chosen.length === findings.length
        ? counted(findings.length, 'finding')
        : `${count(chosen.length)} of ${counted(findings.length, 'finding')}`;
    only('#said', HTMLElement).textContent = last === 1 ? all : `${all}, ${count(start + 1)} to ${count(start + shown.length)} shown`;
    pages.replaceChildren(...(last === 1 ? [] : pageLinks(view.page, last).map((link) => toNode(link))));
    pages.hidden = last === 1;
  }

  function detailsOf(finding: ReportedFinding): Node {
    return toNode(findingDetails(finding, explained.get(finding.checkId), now));
  }

  function keep(next: View): void {
    view = next;
    const hash = toHash(view);
    history.replaceState(null, '', hash === '' ? `${location.pathname}${location.search}` : hash);
  }

  function toggle(row: HTMLElement): void {
    const id = row.dataset.finding ?? '';
    keep({ ...view, finding: view.finding === id ? '' : id });
    for (const open of body.querySelectorAll<HTMLElement>('tr.opened')) {
      open.nextElementSibling?.remove();
      mark(open, false);
    }
    const finding = chosen.find((each) => each.id === view.finding);
    if (finding === undefined) return;
    mark(row, true);
    row.after(detailsOf(finding));
  }

  /** The page that the linked finding is on, as far as the filters let it through. */
  function turnToFinding(): void {
    const index = chosen.findIndex(({ id }) => id === view.finding);
    if (index < 0) return;
    view = { ...view, page: 1 + Math.floor(index / ON_A_PAGE) };
    draw();
    body.querySelector('tr.opened')?.scrollIntoView({ block: 'start' });
  }

  function drawControls(): void {
    form.replaceChildren(...filterControls(findings, view).map((control) => toNode(control)));
  }

  function readAddress(): void {
    view = toView(location.hash);
    drawControls();
    choose();
    if (view.finding !== '') turnToFinding();
  }

  form.addEventListener('input', () => {
    const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)] as const);
    const grouped = [...Map.groupBy(entries, ([name]) => name)].map(([name, values]) => [name, values.map(([, value]) => value).join(',')]);
    const filters = toView(new URLSearchParams(Object.fromEntries(grouped)).toString());
    keep({ ...filters, sort: view.sort, reversed: view.reversed, finding: view.finding });
    choose();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    keep({ ...toView(''), sort: view.sort, reversed: view.reversed });
    drawControls();
    choose();
    only('input[type=search]', HTMLInputElement, form).focus();
  });
  head.addEventListener('click', (event) => {
    const sort = SORT_KEYS.find((key) => key === nearest(event, '[data-sort]')?.dataset.sort);
    if (sort === undefined) return;
    keep({ ...view, sort, reversed: sort === view.sort && !view.reversed, page: 1 });
    choose();
    only(`[data-sort=${sort}]`, HTMLElement, head).focus();
  });
  body.addEventListener('click', (event) => {
    const row = nearest(event, 'tr[data-finding]');
    if (row && (nearest(event, 'button') || getSelection()?.isCollapsed !== false)) toggle(row);
  });
  body.addEventListener('keydown', (event) => walk(event, body, toggle));
  pages.addEventListener('click', (event) => {
    const page = Number(nearest(event, '[data-page]')?.dataset.page);
    if (Number.isNaN(page)) return;
    keep({ ...view, page, finding: '' });
    draw();
    only('#findings', HTMLElement).focus();
    only('#findings', HTMLElement).scrollIntoView({ block: 'start' });
  });
  only('#skip', HTMLAnchorElement).addEventListener('click', (event) => {
    // Its fragment would take the place of the filters in the address.
    event.preventDefault();
    only('#findings', HTMLElement).focus();
    only('#findings', HTMLElement).scrollIntoView({ block: 'start' });
  });
  addEventListener('hashchange', readAddress);
  form.hidden = false;
  readAddress();
}

function mark(row: HTMLElement, isOpen: boolean): void {
  row.classList.toggle('opened', isOpen);
  only('.opener', HTMLElement, row).setAttribute('aria-expanded', String(isOpen));
}

/** Arrows, Home and End go from row to row; Escape closes what is open. */
function walk(event: KeyboardEvent, body: HTMLElement, toggle: (row: HTMLElement) => void): void {
  const row = nearest(event, 'tr');
  if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === 'Escape') {
    const opened = body.querySelector<HTMLElement>('tr.opened');
    if (opened === null) return;
    toggle(opened);
    only('.opener', HTMLElement, opened).focus();
    return;
  }
  if (nearest(event, '.opener') === undefined) return;
  const openers = [...body.querySelectorAll<HTMLElement>('.opener')];
  const at = openers.indexOf(only('.opener', HTMLElement, row));
  const target = { ArrowDown: openers[at + 1], ArrowUp: openers[at - 1], Home: openers[0], End: openers.at(-1) }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  target.focus();
}

function pageLinks(page: number, last: number) {
  const link = (to: number, label: string) =>
    tag('button', { type: 'button', 'data-page': String(to), ...(to < 1 || to > last || to === page ? { disabled: '' } : {}) }, label);
  return [
    link(page === 1 ? 0 : 1, 'First'),
    link(page - 1, 'Previous'),
    tag('span', {}, `Page ${count(page)} of ${count(last)}`),
    link(page + 1, 'Next'),
    link(page === last ? last + 1 : last, 'Last'),
  ];
}
