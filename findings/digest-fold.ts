import { SEVERITIES, type Severity } from '../checks/check.ts';
import type { Gap } from '../inventory/coverage.ts';
import { SCAN } from './account-coverage.ts';
import { foldGaps } from './blind-spots.ts';
import { type ChangeRows, countChanges } from './change-rows.ts';
import type { Change } from './digest.ts';
import type { AccountCount, AccountGap, DigestContent, DigestKind } from './digest-content.ts';
import { LONGEST_LIST } from './digest-json.ts';
import { compareText } from './order.ts';
import { startTally } from './posture.ts';
import type { Coverage, RunRecord } from './run.ts';
import { rankOf, worstOf } from './severity.ts';
import { keepWorst } from './worst.ts';

/** What became of an account in a run, told when all its findings have been. */
export interface AccountEnd extends Pick<AccountCount, 'posture' | 'scopes' | 'refusal'> {
  readonly coverage: Coverage | undefined;
  /** What could not be read and could be before; of a baseline, all that could not. */
  readonly newGaps: readonly Gap[];
}

/** One account of a digest in the making. */
export interface AccountFold {
  readonly tell: (change: Change) => void;
  readonly end: (end: AccountEnd) => void;
}

/** A digest in the making. */
export interface DigestFold {
  /** Several accounts may be under way at once. Of a baseline everything that is open is told, as opened. */
  readonly begin: (accountId: string, kind: DigestKind) => AccountFold;
  /** `undefined` when there is nothing to say. */
  readonly content: (finishedAt: string | undefined) => DigestContent | undefined;
}

/** Starts the digest of a run: counts, and the worst changes, however many accounts and findings there are. */
export function foldDigest({ id, startedAt }: Pick<RunRecord, 'id' | 'startedAt'>): DigestFold {
  const accounts: AccountCount[] = [];
  const changes = { baseline: countChanges(LONGEST_LIST), changes: countChanges(LONGEST_LIST) };
  const tally = startTally();
  const blind = foldGaps();
  const gaps = keepWorst(LONGEST_LIST, compareGaps);
  return {
    begin(accountId, kind) {
      const own = countChanges(0);
      return {
        tell(change) {
          own.add(change);
          changes[kind].add(change);
          tally.stands(change.finding);
          if (kind === 'changes') tally.moved(change.kind, change.finding.severity);
        },
        end(end) {
          accounts.push(toCount(accountId, kind, own.soFar(), end));
          blind.add(accountId, end.newGaps);
          for (const gap of end.newGaps) gaps.add({ accountId, ...gap });
        },
      };
    },
    content(finishedAt) {
      const sorted = accounts.toSorted(byWeight);
      const told = sorted.filter(({ severity }) => severity !== undefined);
      const [worst] = told;
      if (worst?.severity === undefined) return undefined;
      const rows = { changes: changes.changes.soFar(), open: changes.baseline.soFar() };
      return {
        ...{ kind: kindOf(told, rows.changes), run: { id, startedAt, finishedAt }, accounts: sorted, told, ...rows },
        ...{ severity: worst.severity, posture: tally.posture() },
        ...{ blindSpots: blind.list(), moreBlindSpots: blind.more(), newGaps: gaps.rows() },
      };
    },
  };
}

/** Beside first audits there may be accounts that nobody could enter. */
function kindOf(told: readonly AccountCount[], { total }: ChangeRows): DigestKind {
  const isFirst = told.some(({ kind }) => kind === 'baseline');
  return isFirst && total === 0 && told.every(({ kind, refusal }) => kind === 'baseline' || refusal) ? 'baseline' : 'changes';
}

/** How much it matters that a scan has become blind somewhere, and that a whole account is out of sight. */
const BLIND: Severity = 'MEDIUM';
const OUT_OF_SIGHT: Severity = 'HIGH';

function toCount(accountId: string, kind: DigestKind, { byKind, bySeverity }: ChangeRows, end: AccountEnd): AccountCount {
  const { newGaps, coverage, ...rest } = end;
  const severity = worstOf([
    ...SEVERITIES.filter((each) => bySeverity[each] > 0),
    ...(newGaps.length > 0 ? [BLIND] : []),
    ...(end.refusal?.isNew ? [OUT_OF_SIGHT] : []),
    ...(kind === 'baseline' ? (['INFORMATIONAL'] as const) : []),
  ]);
  return {
    ...rest,
    ...{ accountId, kind, told: byKind, bySeverity, severity },
    newGaps: newGaps.length,
    newScopesFailed: newGaps.filter(({ operation }) => operation === SCAN).length,
    coverage: coverage && {
      evaluations: coverage.evaluations,
      unknown: coverage.unknown,
      crashed: coverage.crashed,
      resources: coverage.resources,
    },
  };
}

/** Those with news first: by the worst of it, then by how many of each severity. */
function byWeight(a: AccountCount, b: AccountCount): number {
  const rank = ({ severity }: AccountCount): number => (severity === undefined ? SEVERITIES.length : rankOf(severity));
  return (
    rank(a) - rank(b) ||
    SEVERITIES.reduce((order, severity) => order || b.bySeverity[severity] - a.bySeverity[severity], 0) ||
    compareText(a.accountId, b.accountId)
  );
}

function compareGaps(a: AccountGap, b: AccountGap): number {
  return (
    compareText(a.accountId, b.accountId) ||
    compareText(a.operation, b.operation) ||
    compareText(a.region, b.region) ||
    compareText(a.cause, b.cause)
  );
}
