import { SEVERITIES, type Severity } from '../checks/check.ts';
import type { Gap } from '../inventory/coverage.ts';
import { SCAN } from './account-coverage.ts';
import { type AccountActivities, foldActivities } from './activity-rows.ts';
import { foldGaps } from './blind-spots.ts';
import { type ChangeRows, countChanges } from './change-rows.ts';
import type { Change } from './digest.ts';
import type { AccountCount, AccountGap, DigestContent, DigestKind } from './digest-content.ts';
import { LONGEST_LIST } from './digest-json.ts';
import type { KeptActivity } from './kept-activity.ts';
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
  /** Something that somebody did there. */
  readonly did: (activity: KeptActivity) => void;
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
  const activities = foldActivities(LONGEST_LIST);
  const blind = foldGaps();
  const gaps = keepWorst(LONGEST_LIST, compareGaps);
  return {
    begin(accountId, kind) {
      const own = countChanges(0);
      const done = activities.begin();
      return {
        tell(change) {
          own.add(change);
          changes[kind].add(change);
          tally.stands(change.finding);
          if (kind === 'changes') tally.moved(change.kind, change.finding.severity);
        },
        did: done.add,
        end(end) {
          accounts.push(toCount({ accountId, kind, ...own.soFar(), activities: done.end() }, end));
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
        ...{ severity: worst.severity, posture: tally.posture(), activities: activities.soFar() },
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
/** Activities that make a digest. Worse ones are told alone, and what is less bad is told with other news. */
const NOTABLE: Severity = 'MEDIUM';

interface AccountSoFar extends Pick<AccountCount, 'accountId' | 'kind'>, Pick<ChangeRows, 'byKind' | 'bySeverity'> {
  readonly activities: ReturnType<AccountActivities['end']>;
}

function toCount({ accountId, kind, byKind, bySeverity, activities }: AccountSoFar, end: AccountEnd): AccountCount {
  const { newGaps, coverage, ...rest } = end;
  const severity = worstOf([
    ...SEVERITIES.filter((each) => bySeverity[each] > 0),
    ...(newGaps.length > 0 ? [BLIND] : []),
    ...(activities.worstUntold === NOTABLE ? [NOTABLE] : []),
    ...(end.refusal?.isNew ? [OUT_OF_SIGHT] : []),
    ...(kind === 'baseline' ? (['INFORMATIONAL'] as const) : []),
  ]);
  return {
    ...rest,
    ...{ accountId, kind, told: byKind, bySeverity, severity, activities: activities.total },
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
