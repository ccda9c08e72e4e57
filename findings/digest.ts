import type { Severity } from '../checks/check.ts';
import type { Gap } from '../inventory/coverage.ts';
import { digestText } from './digest-text.ts';
import type { Finding, TransitionKind } from './finding.ts';
import { toAscii } from './inert.ts';
import { MESSAGE_SCHEMA, type Message } from './message.ts';
import { compareFindings } from './order.ts';
import { type Posture, toPosture } from './posture.ts';
import type { RunRecord } from './run.ts';
import { rankOf, worstOf } from './severity.ts';
import { SUBJECT_LENGTH } from './subject.ts';

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

/** One message for a run; `undefined` when there is nothing to say. */
export function toDigest(digest: Digest): Message | undefined {
  const { kind, run, newGaps } = digest;
  if (kind === 'changes' && digest.changes.length === 0 && newGaps.length === 0) return undefined;
  const changes = digest.changes.toSorted(byWeight);
  const severity = worstOf([...changes.map(({ finding }) => finding.severity), ...(newGaps.length > 0 ? [BLIND] : [])]) ?? 'INFORMATIONAL';
  const summary = toSummary({ ...digest, changes });
  const label = kind === 'baseline' ? 'BASELINE' : 'DIGEST';
  return {
    subject: toAscii(`[${severity}][${label}] ${run.accountId}: ${summary}`, SUBJECT_LENGTH),
    text: digestText({ ...digest, changes }, summary),
    json: toJson({ ...digest, changes }),
    attributes: { severity, event: kind === 'baseline' ? 'baseline' : 'digest', accountId: run.accountId },
    thread: `digest-${run.accountId}`,
    deduplicationId: `digest-${run.id}`,
  };
}

/** How much it matters that a scan has become blind somewhere. */
const BLIND: Severity = 'MEDIUM';

const KINDS: readonly TransitionKind[] = ['opened', 'reopened', 'escalated', 'resolved', 'changed'];

/** As people read them: what ended stands below what is open and as bad. */
function byWeight(a: Change, b: Change): number {
  return (
    rankOf(a.finding.severity) - rankOf(b.finding.severity) ||
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    compareFindings(a.finding, b.finding)
  );
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
