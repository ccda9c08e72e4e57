import type { Severity } from '../checks/check.ts';
import type { AuditResult } from '../findings/audit.ts';
import type { ReadyCheck } from '../findings/evaluate.ts';
import { toTerms } from '../findings/exception.ts';
import { type Exceptions, exceptionFor, NO_EXCEPTIONS } from '../findings/exceptions.ts';
import { type Evaluation, type Finding, findingId, type Status } from '../findings/finding.ts';
import { compareText } from '../findings/order.ts';
import { rankOf } from '../findings/severity.ts';
import { keyOf, worstPerFinding } from '../findings/worst-evaluation.ts';
import type { UnreadReason } from '../inventory/facet.ts';
import type { ResourceIdentity } from '../inventory/resource.ts';
import type { Session } from '../inventory/session.ts';
import { toCalls } from './cost.ts';
import type { CoverageDocument, FindingRow, ScanDocument, UnreadDocument } from './scan-schema.ts';

export interface Scanned {
  readonly result: AuditResult;
  readonly session: Session;
  readonly checks: readonly ReadyCheck[];
  /** What the team has excepted: asked for what is not kept. */
  readonly exceptions?: Exceptions;
  /** When a finding was last known to be as it is, ISO 8601. */
  readonly lastSeenAt: (finding: Finding) => string;
  /** What was judged in place of AWS. */
  readonly snapshot?: ScanDocument['run']['snapshot'];
}

/** What a scan says: FAIL and UNKNOWN rows, worst first; with `all`, PASS and NOT_APPLICABLE too. */
export function toScanDocument(scanned: Scanned, all: boolean): ScanDocument {
  const { result, session } = scanned;
  const { run } = result;
  return {
    schemaVersion: 1,
    run: {
      id: run.id,
      accountId: run.accountId,
      callerArn: session.callerArn,
      partition: session.partition,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt ?? run.startedAt,
      first: run.first,
      regions: [...run.regions],
      checks: [...run.checkIds],
      calls: toCalls(session.meter),
      ...(scanned.snapshot ? { snapshot: scanned.snapshot } : {}),
    },
    coverage: toCoverageDocument(result),
    findings: toRows(scanned, all).sort(worstFirst),
  };
}

function toRows(scanned: Scanned, all: boolean): FindingRow[] {
  const { result, checks, lastSeenAt } = scanned;
  const severities = new Map(checks.map(({ check, severity }) => [check.id, severity]));
  const verdicts = worstPerFinding(result.evaluations);
  const told = verdicts.values().filter(({ status }) => all || status === 'FAIL' || status === 'UNKNOWN');
  const rows = told.map((evaluation): FindingRow => {
    const id = findingId(evaluation.checkId, evaluation.resource.arn);
    const finding = result.findings.get(id);
    const stands = evaluation.status === 'FAIL' || (evaluation.status === 'UNKNOWN' && isUnresolved(finding));
    const exception = stands ? exceptionOf(evaluation, finding, scanned) : null;
    const seenAt = evaluation.status === 'FAIL' ? result.run.startedAt : null;
    const history = finding
      ? toHistory(finding, lastSeenAt, seenAt)
      : { firstSeenAt: seenAt, openedAt: seenAt, lastSeenAt: seenAt, reopened: 0 };
    const verdict = toVerdict(evaluation, severities.get(evaluation.checkId) ?? 'INFORMATIONAL');
    const lastSeen = finding && stands && seenAt === null ? asLastSeen(finding, verdict.reason) : {};
    return { id, ...verdict, ...lastSeen, open: stands && exception === null, ...history, exception };
  });
  const unseen = result.findings
    .values()
    .filter((finding) => isUnresolved(finding) && severities.has(finding.checkId) && !verdicts.has(keyOf(finding)))
    .map((finding) => toUnseen(finding, lastSeenAt));
  return [...rows, ...unseen];
}

function isUnresolved(finding: Finding | undefined): boolean {
  return finding !== undefined && finding.state !== 'resolved';
}

/** What is kept says it itself; of what is not, the configuration does. */
function exceptionOf(evaluation: Evaluation, finding: Finding | undefined, scanned: Scanned): FindingRow['exception'] {
  const { exceptions = NO_EXCEPTIONS, result } = scanned;
  const exception = finding ? finding.exception : exceptionFor(evaluation, exceptions, result.run.startedAt);
  return exception ? toTerms(exception) : null;
}

function toCoverageDocument({ coverage }: AuditResult): CoverageDocument {
  return {
    complete: coverage.unknown === 0 && coverage.scopes.every(({ incompleteTypes }) => incompleteTypes.length === 0),
    evaluations: coverage.evaluations,
    unknown: coverage.unknown,
    crashed: coverage.crashed,
    resources: coverage.resources,
    scopes: coverage.scopes.map((scope) => ({ ...scope, incompleteTypes: [...scope.incompleteTypes] })),
    gaps: coverage.gaps.map((gap) => ({ ...gap, permissions: [...gap.permissions] })),
    regionsNotEnabled: [...coverage.regionsNotEnabled],
    regionsLeftOut: [...coverage.regionsLeftOut],
  };
}

type History = Pick<FindingRow, 'firstSeenAt' | 'openedAt' | 'lastSeenAt' | 'reopened'>;

function toVerdict(evaluation: Evaluation, severity: Severity): Omit<FindingRow, 'id' | 'open' | 'exception' | keyof History> {
  const { checkId, status } = evaluation;
  const rest = { evidence: {}, unread: null, resource: toResource(evaluation.resource) };
  switch (status) {
    case 'PASS':
      return { checkId, status, severity, reason: null, ...rest };
    case 'NOT_APPLICABLE':
      return { checkId, status, severity, reason: evaluation.reason, ...rest };
    case 'FAIL':
      return { checkId, status, severity: evaluation.severity, reason: evaluation.reason, ...rest, evidence: { ...evaluation.evidence } };
    case 'UNKNOWN':
      return { checkId, status, severity: evaluation.severity, reason: evaluation.reason, ...rest, unread: toUnread(evaluation.unread) };
    default:
      return status satisfies never;
  }
}

/** What cannot be judged now is still what it was: as severe, and for the same reason. */
function asLastSeen({ severity, reason, evidence }: Finding, now: string | null): Pick<FindingRow, 'severity' | 'reason' | 'evidence'> {
  return { severity, reason: `last seen failing: ${reason}; not known now: ${now ?? 'it could not be judged'}`, evidence: { ...evidence } };
}

/** A finding of a resource that nobody saw this time, because its listing broke off: unknown, and still open or excepted. */
function toUnseen(finding: Finding, lastSeenAt: Scanned['lastSeenAt']): FindingRow {
  const { id, checkId, severity, evidence, resource } = finding;
  const exception = finding.exception ? toTerms(finding.exception) : null;
  const reason = `not seen in this scan; last seen failing: ${finding.reason}`;
  const row = {
    id,
    checkId,
    status: 'UNKNOWN',
    open: exception === null,
    severity,
    reason,
    evidence: { ...evidence },
    unread: null,
  } as const;
  return { ...row, resource: toResource(resource), ...toHistory(finding, lastSeenAt), exception };
}

/** `seenAt`: when it was seen failing in this scan, even if others of its check could not be judged. */
function toHistory(finding: Finding, lastSeenAt: Scanned['lastSeenAt'], seenAt: string | null = null): History {
  const known = lastSeenAt(finding);
  const { firstSeenAt, reopened } = finding;
  const openedAt = isUnresolved(finding) ? finding.openedAt : seenAt;
  return { firstSeenAt, openedAt, lastSeenAt: seenAt !== null && seenAt > known ? seenAt : known, reopened };
}

function toUnread(reason: UnreadReason | undefined): UnreadDocument | null {
  return reason === undefined ? null : { cause: reason.cause, operation: reason.operation, permissions: [...reason.permissions] };
}

export function toResource({ type, arn, id, accountId, region, tags }: ResourceIdentity): FindingRow['resource'] {
  return { type, arn, id, accountId, region, tags: { ...tags } };
}

const STATUSES: readonly Status[] = ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE'];

function worstFirst(a: FindingRow, b: FindingRow): number {
  return (
    STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
    rankOf(a.severity) - rankOf(b.severity) ||
    compareText(a.checkId, b.checkId) ||
    compareText(a.resource.arn, b.resource.arn)
  );
}
