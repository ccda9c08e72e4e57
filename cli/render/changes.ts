import type { Transition, TransitionKind } from '../../findings/finding.ts';
import { compareFindings } from '../../findings/order.ts';
import { rankOf } from '../../findings/severity.ts';
import { labelOf, toMinute } from '../../findings/words.ts';
import { LABEL, type Screen } from './coverage.ts';
import { labelled, paragraph } from './paragraphs.ts';
import type { Summary } from './scan-summary.ts';
import { toTable } from './table.ts';
import { count } from './words.ts';

const TOLD: readonly TransitionKind[] = ['opened', 'reopened', 'lapsed', 'escalated', 'excepted', 'resolved'];
/** Steps that are counted only where there are some. */
const RARE: readonly TransitionKind[] = ['lapsed', 'excepted'];
const WORDS: Readonly<Partial<Record<TransitionKind, string>>> = { lapsed: 'no longer excepted' };
const SHOWN = 5;

/** What moved since the last run, the most important first. */
export function changes({ document, transitions, previous, store, storeArgument }: Summary, { width, palette }: Screen): string {
  const at = { width, at: LABEL };
  const label = palette.title('Changes');
  if (store === undefined) return labelled(label, 'not compared: this scan was not kept', at, palette.faint);
  if (document.run.first) return labelled(label, 'none to tell: the first complete scan of this account', at, palette.faint);
  const told = transitions.filter(({ kind }) => TOLD.includes(kind)).sort(mostImportantFirst);
  const since = previous === undefined ? 'since the last scan' : `since ${toMinute(previous.startedAt)}`;
  if (told.length === 0) return labelled(label, `none ${since}`, at, palette.good);
  const numberOf = (wanted: TransitionKind) => told.filter(({ kind }) => kind === wanted).length;
  const counts = TOLD.filter((kind) => !RARE.includes(kind) || numberOf(kind) > 0).map(
    (kind) => `${count(numberOf(kind))} ${WORDS[kind] ?? kind}`,
  );
  const rows = told
    .slice(0, SHOWN)
    .map(({ kind, finding }) => [
      { text: MARKS[kind], paint: kind === 'resolved' ? palette.good : kind === 'excepted' ? palette.faint : palette.bad },
      { text: finding.severity, paint: palette.severity[finding.severity] },
      { text: labelOf(finding.resource) },
      { text: finding.resource.region, paint: palette.faint },
      { text: finding.checkId },
    ]);
  const more =
    told.length > SHOWN
      ? [paragraph(`and ${count(told.length - SHOWN)} more: posture diff previous latest${storeArgument}`, width, LABEL, palette.faint)]
      : [];
  return [labelled(label, `${counts.join(', ')} ${since}`, at), toTable(CHANGE_COLUMNS, rows, { width, indent: LABEL }), ...more].join(
    '\n',
  );
}

const MARKS: Readonly<Record<TransitionKind, string>> = {
  opened: '+ opened',
  reopened: '+ reopened',
  lapsed: '+ no longer excepted',
  escalated: '! escalated',
  excepted: '= excepted',
  resolved: '- resolved',
  changed: '~ changed',
};

const CHANGE_COLUMNS = [
  { head: '', min: 1, overflow: 'end' },
  { head: '', min: 4, overflow: 'end' },
  { head: '', min: 8, overflow: 'middle' },
  { head: '', min: 6, overflow: 'end' },
  { head: '', min: 100, overflow: 'wrap', under: true },
] as const;

function mostImportantFirst(a: Transition, b: Transition): number {
  return (
    rankOf(a.finding.severity) - rankOf(b.finding.severity) ||
    TOLD.indexOf(a.kind) - TOLD.indexOf(b.kind) ||
    compareFindings(a.finding, b.finding)
  );
}
