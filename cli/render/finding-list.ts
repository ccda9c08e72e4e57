import type { AnyCheck, Severity } from '../../checks/check.ts';
import { compareFindings } from '../../findings/order.ts';
import { labelOf } from '../../findings/words.ts';
import type { FindingRow } from '../scan-schema.ts';
import type { Screen } from './coverage.ts';
import type { Paint } from './palette.ts';
import { paragraph } from './paragraphs.ts';
import { type Column, toTable } from './table.ts';
import { counted, toDate } from './words.ts';

/** One line of the list: a resource that a check failed, or had something to say about. */
export interface Listed {
  readonly checkId: string;
  readonly severity: Severity;
  readonly state: 'FAIL' | 'UNKNOWN' | 'PASS' | 'NOT_APPLICABLE' | 'open' | 'excepted' | 'resolved';
  readonly since: string | null;
  readonly reason: string | null;
  /** Who was behind it, as far as is known. */
  readonly by?: string | undefined;
  readonly resource: Pick<FindingRow['resource'], 'id' | 'tags' | 'accountId' | 'region'>;
}

/** Findings under the checks that they belong to, worst first. */
export function findingList(rows: readonly Listed[], checks: readonly AnyCheck[], screen: Screen): string {
  const titles = new Map(checks.map(({ id, title }) => [id, title]));
  const columns = columnsFor(rows);
  const groups = Map.groupBy(rows.toSorted(compareFindings), ({ severity, checkId }) => `${severity} ${checkId}`);
  return [...groups.values()].map((group) => section(titles, group, columns, screen)).join('\n\n');
}

type Shown = Column & { readonly toText: (row: Listed) => string; readonly paint?: 'faint' | 'state' };

function columnsFor(rows: readonly Listed[]): readonly Shown[] {
  const several = (toText: (row: Listed) => string): boolean => new Set(rows.map(toText)).size > 1;
  const account = ({ resource }: Listed): string => resource.accountId;
  const by = ({ by: name = '' }: Listed): string => name;
  const state = ({ state: text }: Listed): string => text.toLowerCase().replace('_', ' ');
  return [
    ...(several(state) ? [{ head: 'State', min: 8, overflow: 'end' as const, toText: state, paint: 'state' as const }] : []),
    { head: 'Resource', min: 12, overflow: 'middle', toText: ({ resource }) => labelOf(resource) },
    ...(several(account) ? [{ head: 'Account', min: 12, overflow: 'end' as const, toText: account, paint: 'faint' as const }] : []),
    { head: 'Region', min: 6, overflow: 'end', toText: ({ resource }) => resource.region, paint: 'faint' },
    { head: 'Since', min: 10, overflow: 'end', toText: ({ since }) => toDate(since), paint: 'faint' },
    ...(rows.some(({ by }) => by !== undefined) ? [{ head: 'By', min: 12, overflow: 'end' as const, toText: by }] : []),
    { head: 'Reason', min: 36, overflow: 'wrap', under: true, toText: ({ reason }) => reason ?? '' },
  ];
}

function section(
  titles: ReadonlyMap<string, string>,
  rows: readonly Listed[],
  columns: readonly Shown[],
  { width, palette }: Screen,
): string {
  const { severity, checkId: id } = rows[0] ?? { severity: 'INFORMATIONAL', checkId: '' };
  const title = titles.get(id);
  const heading = `${palette.severity[severity](severity)}  ${palette.title(id)}  ${palette.faint(counted(rows.length, 'resource'))}`;
  const stateIn = (row: Listed): Paint =>
    row.state === 'open'
      ? palette.bad
      : row.state === 'resolved'
        ? palette.good
        : row.state === 'excepted'
          ? palette.faint
          : palette.status[row.state];
  const cells = rows.map((row) =>
    columns.map(({ toText, paint }) => ({
      text: toText(row),
      ...(paint === undefined ? {} : { paint: paint === 'faint' ? palette.faint : stateIn(row) }),
    })),
  );
  return [
    heading,
    ...(title === undefined ? [] : [paragraph(title, width, 2, palette.faint)]),
    toTable(columns, cells, { width, indent: 2 }),
  ].join('\n');
}
