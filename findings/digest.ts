import type { Severity } from '../checks/check.ts';
import type { Gap } from '../inventory/coverage.ts';
import type { Finding, TransitionKind } from './finding.ts';
import { toAscii, toInert, wrap } from './inert.ts';
import { EVENT_LABELS, MESSAGE_SCHEMA, type Message, toMinute } from './message.ts';
import { type Posture, toPosture } from './posture.ts';
import type { RunRecord } from './run.ts';
import { rankOf, worstOf } from './severity.ts';

/** What a digest tells. `baseline`: everything that is open after an account's first audit. `changes`: what moved since, and was not told alone. */
export interface Digest {
  readonly kind: 'baseline' | 'changes';
  readonly run: RunRecord;
  /** Of a baseline all that is open, as opened. */
  readonly changes: readonly Change[];
  /** What could not be read and could be before; of a baseline, all that could not. */
  readonly newGaps: readonly Gap[];
}

/** The newest step of a finding that a digest tells. */
export interface Change {
  readonly kind: TransitionKind;
  readonly finding: Finding;
}

/** What a program gets to know of a run. Times are ISO 8601 UTC; lists may be shortened, and then say by how much. */
export interface DigestMessage {
  readonly schemaVersion: typeof MESSAGE_SCHEMA;
  readonly type: 'digest';
  readonly event: Digest['kind'];
  readonly run: { readonly id: string; readonly accountId: string; readonly startedAt: string; readonly finishedAt: string | null };
  readonly posture: Posture;
  readonly changes: readonly {
    readonly event: TransitionKind;
    readonly id: string;
    readonly checkId: string;
    readonly severity: Severity;
    readonly reason: string;
    readonly arn: string;
    readonly region: string;
  }[];
  readonly moreChanges: number;
  readonly coverage: {
    readonly evaluations: number;
    readonly unknown: number;
    readonly crashed: number;
    readonly resources: number;
  } | null;
  readonly newGaps: readonly Gap[];
  readonly moreGaps: number;
}

/** SNS takes 262,144 bytes, in which the JSON stands escaped and the text beside it. */
const MAX_JSON = 80_000;
const LONGEST_LIST = 200;
const LINES = 30;

/** One message for a run; `undefined` when there is nothing to say. */
export function toDigest(digest: Digest): Message | undefined {
  const { kind, run, newGaps } = digest;
  if (kind === 'changes' && digest.changes.length === 0 && newGaps.length === 0) return undefined;
  const changes = digest.changes.toSorted(byWeight);
  const severity = worstOf([...changes.map(({ finding }) => finding.severity), ...(newGaps.length > 0 ? [BLIND] : [])]) ?? 'INFORMATIONAL';
  const summary = toSummary({ ...digest, changes });
  const label = kind === 'baseline' ? 'BASELINE' : 'DIGEST';
  return {
    subject: toAscii(`[${severity}][${label}] ${run.accountId}: ${summary}`, 99),
    text: toText({ ...digest, changes }, summary),
    json: toJson({ ...digest, changes }),
    attributes: { severity, event: kind === 'baseline' ? 'baseline' : 'digest', accountId: run.accountId },
    thread: `digest-${run.accountId}`,
    deduplicationId: `digest-${run.id}`,
  };
}

/** How much it matters that a scan has become blind somewhere. */
const BLIND: Severity = 'MEDIUM';

function byWeight(a: Change, b: Change): number {
  return rankOf(a.finding.severity) - rankOf(b.finding.severity) || (a.finding.id < b.finding.id ? -1 : 1);
}

function toSummary({ kind, changes, newGaps }: Digest): string {
  const gaps = newGaps.length === 0 ? [] : [`${newGaps.length} ${newGaps.length === 1 ? 'read' : 'reads'} refused`];
  if (kind === 'baseline') {
    const urgent = (['CRITICAL', 'HIGH'] as const).flatMap((severity) => {
      const count = changes.filter(({ finding }) => finding.severity === severity).length;
      return count > 0 ? [`${count} ${severity}`] : [];
    });
    return [`${changes.length} open`, ...urgent, ...gaps].join(', ');
  }
  const counts = (['opened', 'reopened', 'escalated', 'resolved'] as const).flatMap((step) => {
    const count = changes.filter((change) => change.kind === step).length;
    return count > 0 ? [`${count} ${step}`] : [];
  });
  return [...counts, ...gaps].join(', ');
}

function toText(digest: Digest, summary: string): string {
  const { kind, run, changes, newGaps } = digest;
  const what = kind === 'baseline' ? 'First audit of account' : 'Changes in account';
  const lines = [
    ...wrap(`${what} ${toInert(run.accountId, 40)}: ${summary}`),
    `Run ${run.id}, begun ${toMinute(run.startedAt)}`,
    ...toCoverageLines(run),
    '',
    ...changes.slice(0, LINES).flatMap((change) => toChangeLines(digest, change)),
    ...moreThan(LINES, changes.length),
    ...(newGaps.length === 0 ? [] : ['', 'Could not be read, so not judged:']),
    ...newGaps.slice(0, LINES).flatMap(toGapLines),
    ...moreThan(LINES, newGaps.length),
  ];
  return `${lines.join('\n')}\n`;
}

function toCoverageLines({ coverage }: RunRecord): string[] {
  if (!coverage) return [];
  const { evaluations, resources, unknown } = coverage;
  return wrap(`${resources} resources, ${evaluations} verdicts, of which ${unknown} unknown`);
}

function toChangeLines({ kind }: Digest, change: Change): string[] {
  const { severity, reason, resource, checkId } = change.finding;
  const label = kind === 'baseline' ? severity : `${severity} ${EVENT_LABELS[change.kind]}`;
  return [
    ...wrap(toInert(reason, 200), `${label}: `, '  '),
    ...wrap(`${toInert(resource.id, 100)}, ${toInert(resource.region, 20)} (${checkId})`, '  ', '    '),
  ];
}

function toGapLines({ operation, cause, region, permissions, count }: Gap): string[] {
  const needed = permissions.length === 0 ? '' : `, needs ${permissions.join(', ')}`;
  return wrap(toInert(`${operation} in ${region}: ${cause}, ${count}×${needed}`), '  ', '    ');
}

function moreThan(shown: number, all: number): string[] {
  return all > shown ? [`and ${all - shown} more`] : [];
}

/** Shortens its lists until it fits. */
function toJson({ kind, run, changes, newGaps }: Digest): DigestMessage {
  const { id, accountId, startedAt, finishedAt, coverage } = run;
  const rows = changes.map(({ kind: event, finding }) => toRow(event, finding));
  const withAtMost = (length: number): DigestMessage => ({
    schemaVersion: MESSAGE_SCHEMA,
    type: 'digest',
    event: kind,
    run: { id, accountId, startedAt, finishedAt: finishedAt ?? null },
    posture: toPosture(
      changes.map(({ finding }) => finding),
      kind === 'baseline' ? [] : changes,
    ),
    changes: rows.slice(0, length),
    moreChanges: Math.max(0, rows.length - length),
    coverage: coverage
      ? { evaluations: coverage.evaluations, unknown: coverage.unknown, crashed: coverage.crashed, resources: coverage.resources }
      : null,
    newGaps: newGaps.slice(0, length),
    moreGaps: Math.max(0, newGaps.length - length),
  });
  let length = LONGEST_LIST;
  let json = withAtMost(length);
  while (length > 0 && Buffer.byteLength(JSON.stringify(json)) > MAX_JSON) json = withAtMost((length = Math.floor(length / 2)));
  return json;
}

function toRow(event: TransitionKind, { id, checkId, severity, reason, resource }: Finding): DigestMessage['changes'][number] {
  return { event, id, checkId, severity, reason, arn: resource.arn.slice(0, 2_048), region: resource.region };
}
