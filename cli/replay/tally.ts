import type { Severity } from '../../checks/check.ts';
import type { JudgedRecord } from './record-judge.ts';

/** What a replay has come to, in numbers. */
export interface Tally {
  files: number;
  /** Records that were judged. */
  records: number;
  /** Records outside of `--since` and `--until`. */
  outside: number;
  /** Records with at least one activity or touch. */
  withResults: number;
  activities: number;
  /** Activities of which a check could not tell. */
  unsure: number;
  /** Records of which something is broken; they were judged all the same. */
  faulty: number;
  touches: number;
  /** Lines, elements and files that could not be read. */
  broken: number;
  /** `eventTime` of the oldest and the newest record that was judged, ISO 8601 UTC; empty before there is one. */
  from: string;
  to: string;
  readonly bySeverity: Map<Severity, number>;
  readonly byCheck: Map<string, number>;
  /** Touches by type of resource. */
  readonly byType: Map<string, number>;
}

export function emptyTally(): Tally {
  return {
    ...{ files: 0, records: 0, outside: 0, withResults: 0, activities: 0, unsure: 0, faulty: 0, touches: 0, broken: 0, from: '', to: '' },
    ...{ bySeverity: new Map(), byCheck: new Map(), byType: new Map() },
  };
}

/** Adds a record that was judged. */
export function addRecord(tally: Tally, { event, activities, touches }: JudgedRecord): void {
  const { at } = event;
  tally.records += 1;
  if (at !== '' && (tally.from === '' || at < tally.from)) tally.from = at;
  if (at > tally.to) tally.to = at;
  if (event.faults.length > 0) tally.faulty += 1;
  if (activities.length + touches.length === 0) return;
  tally.withResults += 1;
  tally.activities += activities.length;
  tally.touches += touches.length;
  for (const { check, severity, unsure } of activities) {
    if (unsure) tally.unsure += 1;
    increase(tally.bySeverity, severity);
    increase(tally.byCheck, check.id);
  }
  for (const { resourceType } of touches) increase(tally.byType, resourceType);
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The numbers as the JSON document has them. */
export function toSummary(tally: Tally, passedOver: number) {
  const { bySeverity, byCheck, byType, from, to, ...counts } = tally;
  return {
    ...counts,
    passedOver,
    from: from || null,
    to: to || null,
    ...{ bySeverity: Object.fromEntries(bySeverity), byCheck: Object.fromEntries(byCheck), byType: Object.fromEntries(byType) },
  };
}
