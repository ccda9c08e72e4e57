import { SEVERITIES } from '../../../checks/check.ts';
import type { ReportedFinding } from '../report.ts';
import { AGES, count } from './age.ts';
import { severityBadge } from './charts.ts';
import { ownerOf, SEVERITY_WORDS, STANDING_WORDS, STANDINGS, serviceOf, standingOf } from './standing.ts';
import { type Content, type Tag, tag } from './tag.ts';
import type { View } from './view.ts';

/** The controls of a view, as it stands. */
export function filterControls(findings: readonly ReportedFinding[], view: View): Tag[] {
  const standings = countsOf(findings, standingOf);
  const shown = STANDINGS.filter((standing) => standings.has(standing));
  return [
    tag(
      'div',
      { class: 'controls' },
      tag('label', { class: 'search' }, tag('span', { class: 'unseen' }, 'Search'), search(view.text)),
      chips('Severity', 'severity', SEVERITIES, view.severities, (severity) => [severityBadge(severity), SEVERITY_WORDS[severity]]),
      chips('Status', 'status', shown, view.standings, (standing) => [
        STANDING_WORDS[standing],
        tag('small', {}, count(standings.get(standing) ?? 0)),
      ]),
    ),
    tag(
      'div',
      { class: 'controls' },
      choice('Service', 'service', countsOf(findings, serviceOf), view.service),
      choice(
        'Check',
        'check',
        countsOf(findings, ({ checkId }) => checkId),
        view.check,
      ),
      choice(
        'Account',
        'account',
        countsOf(findings, ({ resource }) => resource.accountId),
        view.account,
      ),
      choice(
        'Region',
        'region',
        countsOf(findings, ({ resource }) => resource.region),
        view.region,
      ),
      choice('Owner', 'owner', countsOf(findings, ownerOf), view.owner),
      select('Age', 'age', [['', 'Any'], ...AGES.map(({ key, words }) => [key, words] as const)], view.age),
      tag('button', { type: 'reset', class: 'quiet' }, 'Clear'),
    ),
  ];
}

function search(text: string): Tag {
  const attributes = { type: 'search', name: 'text', value: text, autocomplete: 'off', spellcheck: 'false' };
  return tag('input', { ...attributes, placeholder: 'Search name, ARN, tag, reason' });
}

function chips<T extends string>(
  label: string,
  name: string,
  values: readonly T[],
  chosen: readonly T[],
  content: (value: T) => readonly Content[],
): Tag {
  const boxes = values.map((value) =>
    tag(
      'label',
      { class: 'chip' },
      tag('input', { type: 'checkbox', name, value, ...(chosen.includes(value) ? { checked: '' } : {}) }),
      ...content(value),
    ),
  );
  return tag('fieldset', {}, tag('legend', { class: 'unseen' }, label), ...boxes);
}

/** What is chosen stands there even if no finding has it. */
function choice(label: string, name: string, counts: ReadonlyMap<string, number>, chosen: string): Tag {
  const values = [...counts].filter(([value]) => value !== '').toSorted(([one], [other]) => (one < other ? -1 : 1));
  const options = values.map(([value, number]) => [value, `${value} (${count(number)})`] as const);
  const unknown = chosen === '' || counts.has(chosen) ? [] : [[chosen, `${chosen} (0)`] as const];
  return select(label, name, [['', 'Any'], ...options, ...unknown], chosen);
}

function select(label: string, name: string, options: readonly (readonly [value: string, words: string])[], chosen: string): Tag {
  const tags = options.map(([value, words]) => tag('option', { value, ...(value === chosen ? { selected: '' } : {}) }, words));
  return tag('label', { class: 'choice' }, tag('span', {}, label), tag('select', { name }, ...tags));
}

function countsOf<T extends string>(findings: readonly ReportedFinding[], keyOf: (finding: ReportedFinding) => T): Map<T, number> {
  const counts = new Map<T, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}
