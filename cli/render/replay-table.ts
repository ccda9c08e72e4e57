import type { AnyActivityCheck } from '../../checks/activity.ts';
import type { Severity } from '../../checks/check.ts';
import { windowsEndToEnd } from '../../findings/activity-windows.ts';
import type { JudgedActivity } from '../../findings/judge-activities.ts';
import { rankOf } from '../../findings/severity.ts';
import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { JudgedRecord } from '../replay/record-judge.ts';
import type { Report } from '../replay/report.ts';
import type { Screen } from './coverage.ts';
import { paragraph } from './paragraphs.ts';
import { replayCounts } from './replay-counts.ts';
import { type Column, toTable } from './table.ts';
import { count, counted } from './words.ts';

/** Rows that are shown of a check; the others are counted. */
const SHOWN = 12;
/** Rows of all records that are laid out together. */
const BATCH = 500;

interface Row {
  readonly at: string;
  readonly actor: string;
  readonly event: string;
  readonly where: string;
  readonly what: string;
  /** Records that it stands for: of those that are told once in some time there is one row. */
  times: number;
}

interface Group {
  readonly severity: Severity;
  readonly checkId: string;
  activities: number;
  /** By what makes them one. */
  readonly rows: Map<string, Row>;
}

const COLUMNS: readonly Column[] = [
  { head: 'Time (UTC)', min: 19, overflow: 'end' },
  { head: 'Actor', min: 8, overflow: 'middle' },
  { head: 'Event', min: 8, overflow: 'middle' },
  { head: 'Where', min: 12, overflow: 'end' },
  { head: 'What', min: 36, overflow: 'wrap', under: true },
];

/** Activities under their checks, worst first, and what was changed by type: in memory that does not grow with the files. With `all`, every record before. */
export function replayTable(checks: readonly AnyActivityCheck[], all: boolean, screen: Screen): Report {
  const groups = new Map<string, Group>();
  let batch: Row[] = [];
  const flush = (): string => {
    const table = toRows(batch, screen, 0);
    batch = [];
    return table === '' ? '' : `${table}\n`;
  };
  return {
    begin: () => '\n',
    record(judged) {
      for (const activity of judged.activities) addActivity(groups, judged.event, activity);
      if (!all) return '';
      batch.push(toRow(judged.event, toWhat(judged)));
      return batch.length < BATCH ? '' : flush();
    },
    end(tally, passedOver) {
      const titles = new Map(checks.map(({ id, title }) => [id, title]));
      const sections = [...groups.values()].sort(worstFirst).map((group) => section(group, titles.get(group.checkId) ?? '', screen));
      const changed = changedSection(tally.byType, screen);
      const closing = paragraph(replayCounts(tally, passedOver), screen.width, 0, screen.palette.faint);
      return `${flush()}${[...sections, ...changed, closing].join('\n\n')}\n\n`;
    },
  };
}

function addActivity(groups: Map<string, Group>, event: CloudTrailEvent, judged: JudgedActivity): void {
  const { check, severity, activity } = judged;
  const key = `${severity} ${check.id}`;
  const group = groups.get(key) ?? { severity, checkId: check.id, activities: 0, rows: new Map() };
  groups.set(key, group);
  group.activities += 1;
  const one = onceKey(event, judged) ?? `${group.activities}`;
  const known = group.rows.get(one);
  if (known) known.times += 1;
  else if (group.rows.size < SHOWN) group.rows.set(one, toRow(event, activity.reason));
}

/** What is told once within some time; `undefined` for what is told each time. */
function onceKey({ at, accountId }: CloudTrailEvent, { activity: { once } }: JudgedActivity): string | undefined {
  const time = Date.parse(at);
  if (!once || Number.isNaN(time)) return undefined;
  return [accountId, once.key, windowsEndToEnd(time, once.minutes).own[0]?.start].join(' ');
}

function toRow({ at, actor, name, accountId, region }: CloudTrailEvent, what: string): Row {
  return { at: at.slice(0, 19).replace('T', ' '), actor: actor.name, event: name, where: `${accountId} ${region}`.trim(), what, times: 1 };
}

function toWhat({ event, activities, touches }: JudgedRecord): string {
  const changed = touches.map(({ resourceType, resourceId }) => `changes ${resourceType.split('::').at(-1)} ${resourceId}`);
  const texts = [...activities.map(({ severity, activity }) => `${severity}: ${activity.reason}`), ...changed];
  return [...(event.outcome === 'succeeded' ? [] : [event.outcome]), ...texts].join('; ');
}

function section({ severity, checkId, activities, rows }: Group, title: string, screen: Screen): string {
  const { width, palette } = screen;
  const heading = `${palette.severity[severity](severity)}  ${palette.title(checkId)}  ${palette.faint(counted(activities, 'time'))}`;
  const shown = [...rows.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const others = activities - shown.reduce((sum, { times }) => sum + times, 0);
  const more = others === 0 ? [] : [paragraph(`and ${count(others)} more; --format ndjson has them all`, width, 2, palette.faint)];
  return [heading, ...(title === '' ? [] : [paragraph(title, width, 2, palette.faint)]), toRows(shown, screen, 2), ...more].join('\n');
}

function toRows(rows: readonly Row[], { width, palette }: Screen, indent: number): string {
  const { faint } = palette;
  const cells = rows.map(({ at, actor, event, where, what, times }) => [
    { text: at === '' ? 'at no known time' : at, paint: faint },
    { text: actor },
    { text: event },
    { text: where, paint: faint },
    { text: times === 1 ? what : `${what} (${count(times)} times)` },
  ]);
  return toTable(COLUMNS, cells, { width, indent });
}

function changedSection(byType: ReadonlyMap<string, number>, { width, palette }: Screen): readonly string[] {
  if (byType.size === 0) return [];
  const rows = [...byType].sort(([, a], [, b]) => b - a).map(([type, times]) => [{ text: type }, { text: counted(times, 'change') }]);
  const columns: readonly Column[] = [
    { head: 'Type', min: 20, overflow: 'middle' },
    { head: 'Changes', min: 9, overflow: 'end', align: 'right' },
  ];
  return [[palette.title('Changed resources'), toTable(columns, rows, { width, indent: 2 })].join('\n')];
}

function worstFirst(a: Group, b: Group): number {
  return rankOf(a.severity) - rankOf(b.severity) || (a.checkId < b.checkId ? -1 : 1);
}
