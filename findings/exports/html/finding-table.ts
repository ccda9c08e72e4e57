import { labelOf } from '../../words.ts';
import type { ReportedFinding } from '../report.ts';
import { ageInWords } from './age.ts';
import { severityBadge } from './charts.ts';
import { STANDING_WORDS, standingOf } from './standing.ts';
import { type Content, type Tag, tag } from './tag.ts';
import type { SortKey } from './view.ts';

export const COLUMNS: readonly { readonly key: SortKey; readonly label: string; readonly short?: string }[] = [
  { key: 'severity', label: 'Severity', short: 'Sev' },
  { key: 'check', label: 'Finding' },
  { key: 'resource', label: 'Resource' },
  { key: 'account', label: 'Account' },
  { key: 'region', label: 'Region' },
  { key: 'since', label: 'Open for' },
  { key: 'status', label: 'Status' },
];

/** Name and rest of a cell's two lines. */
type Lines = readonly [first: Content, second: Content];

/** A finding as one row. The roles are what the elements mean anyway: they stay when a narrow screen lays the row out as a card. */
export function findingRow(finding: ReportedFinding, now: string, opened?: boolean): Tag {
  const { resource, checkId, reason, openedAt, open } = finding;
  const said = tag('bdi', {}, reason ?? STANDING_WORDS[standingOf(finding)]);
  const first =
    opened === undefined
      ? said
      : tag('button', { type: 'button', class: 'opener', 'aria-expanded': String(opened), 'aria-controls': `details-${finding.id}` }, said);
  return tag(
    'tr',
    { role: 'row', 'data-finding': finding.id, class: opened === true ? 'opened' : '' },
    cell('severity', severityBadge(finding.severity)),
    cell('finding', ...lines([first, tag('code', {}, checkId)])),
    cell('resource', ...lines([tag('bdi', {}, labelOf(resource)), tag('span', {}, resource.type)])),
    cell('account', tag('span', {}, resource.accountId)),
    cell('region', tag('span', {}, resource.region)),
    cell(
      'since',
      ...lines([tag('span', {}, open ? ageInWords(openedAt, now) : '–'), tag('span', {}, open ? (openedAt ?? '').slice(0, 10) : '')]),
    ),
    cell('status', ...lines(standingLines(finding))),
  );
}

function standingLines(finding: ReportedFinding): Lines {
  const standing = standingOf(finding);
  const more = {
    FAIL: '',
    UNKNOWN: finding.open ? 'was failing' : '',
    EXCEPTED: `until ${finding.exception?.expires ?? ''}`,
    PASS: '',
    NOT_APPLICABLE: '',
  }[standing];
  return [tag('span', { class: `standing ${standing}` }, STANDING_WORDS[standing]), tag('span', {}, more)];
}

function cell(name: string, ...children: readonly Content[]): Tag {
  return tag('td', { role: 'cell', class: name }, ...children);
}

function lines([first, second]: Lines): readonly Tag[] {
  return [tag('div', { class: 'first' }, first), tag('div', { class: 'second' }, second)];
}

/** Headings; with an order, those that a press sorts by. */
export function headings(order?: { readonly sort: SortKey; readonly reversed: boolean }): Tag {
  const cells = COLUMNS.map(({ key, label, short = label }) => {
    const attributes = { role: 'columnheader', scope: 'col', class: key };
    if (order === undefined) return tag('th', attributes, tag('abbr', { title: label }, short));
    const sorted = order.sort === key ? (order.reversed ? 'descending' : 'ascending') : 'none';
    const button = tag(
      'button',
      { type: 'button', 'data-sort': key, title: `Sort by ${label.toLowerCase()}` },
      short,
      tag('span', { class: 'arrow', 'aria-hidden': 'true' }),
    );
    return tag('th', { ...attributes, 'aria-sort': sorted }, button);
  });
  return tag('tr', { role: 'row' }, ...cells);
}
