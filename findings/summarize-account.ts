import type { Gap } from '../inventory/coverage.ts';
import { refusalOf, SCAN, toAccountCoverage } from './account-coverage.ts';
import type { AuditRecord } from './audit-record.ts';
import type { AuditStore } from './audit-store.ts';
import { changeIn, listNewGaps } from './changes.ts';
import type { DigestKind } from './digest-content.ts';
import type { AccountEnd, AccountFold, DigestFold } from './digest-fold.ts';
import type { Finding, HistoryEntry } from './finding.ts';
import { type Posture, startTally } from './posture.ts';
import { isReaction } from './reaction-id.ts';
import type { ReactionStore } from './reaction-store.ts';
import { type Coverage, NEVER, type RunRecord, type ScopeRecord } from './run.ts';
import type { FindingStore } from './store.ts';
import { tellActivities } from './tell-activities.ts';
import { type AccountRuns, readRuns, type Untold } from './untold.ts';

export interface AccountOptions {
  readonly store: Pick<FindingStore, 'runs' | 'saveRun' | 'scopeRecords' | 'findingsInState'>;
  readonly audits: Pick<AuditStore, 'savePosture'>;
  readonly reactions: Pick<ReactionStore, 'activitiesSince'>;
  readonly audit: AuditRecord;
  readonly untold: Untold;
  /** Where what is to be told of the account goes. */
  readonly digest: DigestFold;
  readonly now: () => Date;
  /** Has exceptions begin and end where no scan could; gives a finding as it is afterwards. */
  readonly settle?: ((finding: Finding) => Promise<Finding>) | undefined;
}

type Numbers = Pick<Coverage, 'resources' | 'evaluations' | 'unknown' | 'crashed' | 'usage'>;

/** What an audit came to in one account. */
export interface AccountSummary {
  readonly isRefused: boolean;
  readonly scopes: number;
  /** Those that were not seen, one by one: because the scan did not finish or was not let in. Of an account that let nobody in, only the former. */
  readonly scopesFailed: number;
  readonly coverage: Numbers | undefined;
  readonly posture: Posture;
}

/**
 * Ends the run of one account: what of it was read, how it stands, and what is to be told. Its findings pass by one after another;
 * those of scopes that were not seen stay as they are. Done again, it comes to the same.
 */
export async function summarizeAccount(options: AccountOptions, accountId: string): Promise<AccountSummary> {
  const { store, audit, untold, digest } = options;
  const records = new Map<string, ScopeRecord>();
  for await (const record of store.scopeRecords(accountId)) records.set(record.region, record);
  const runs = await readRuns(store, untold, audit.id, accountId);
  const run = runs.run && (await endRun(options, runs.run, records));
  const kind = toKind(run, runs, records);
  const account = digest.begin(accountId, kind);
  await tellActivities(options.reactions, accountId, untold.period, account.did);
  const posture = await passBy(options, accountId, (finding) => tell(account, finding, kind, untold, records));
  if (run && wasSeen(records)) await savePosture(options, run, posture);
  account.end(run ? toEnd(run, runs, kind, posture) : toLost(untold.lost.get(accountId), posture));
  return toAccountSummary(run, posture);
}

/** Numbers alone: the coverages of a thousand accounts that were refused everything would be too much at once. */
function toAccountSummary(run: RunRecord | undefined, posture: Posture): AccountSummary {
  const coverage = run?.coverage;
  const isRefused = run !== undefined && refusalOf(run) !== undefined;
  const scopes = run?.regions.length ?? 0;
  const unfinished = coverage?.gaps.filter(({ operation }) => operation === SCAN).length ?? 0;
  return {
    isRefused,
    scopes,
    scopesFailed: isRefused ? unfinished : scopes - (coverage?.scopes.length ?? 0),
    coverage: coverage && toNumbers(coverage),
    posture,
  };
}

function toNumbers({ resources, evaluations, unknown, crashed, usage }: Coverage): Numbers {
  return { resources, evaluations, unknown, crashed, usage };
}

/** A run that has ended stays as it is: the plan ended those of accounts that it could not enter, and a retry comes here again. */
async function endRun({ store, now }: AccountOptions, run: RunRecord, records: ReadonlyMap<string, ScopeRecord>): Promise<RunRecord> {
  if (run.finishedAt !== undefined) return run;
  const ended = { ...run, finishedAt: now().toISOString(), coverage: toAccountCoverage(run, records.values()) };
  await store.saveRun(ended);
  return ended;
}

/** Of an account of which nothing was ever told, and something was seen, everything is told. */
function toKind(run: RunRecord | undefined, { cutShort }: AccountRuns, records: ReadonlyMap<string, ScopeRecord>): DigestKind {
  const isFirst = [...(run ? [run] : []), ...cutShort].some(({ first }) => first);
  return isFirst && wasSeen(records) ? 'baseline' : 'changes';
}

function wasSeen(records: ReadonlyMap<string, ScopeRecord>): boolean {
  return records.values().some(({ seenAt }) => seenAt !== NEVER);
}

/** Shows all findings of the account, one after another, and counts them. */
async function passBy(
  { store, audit, untold, settle }: AccountOptions,
  accountId: string,
  see: (finding: Finding) => void,
): Promise<Posture> {
  const tally = startTally();
  const hasMoved = (step: HistoryEntry) => step.runId === audit.id || (isReaction(step) && untold.tellsOf(step));
  const count = (finding: Finding): void => {
    tally.stands(finding);
    for (const step of finding.history) if (hasMoved(step)) tally.moved(step.kind, finding.severity);
    see(finding);
  };
  // In this order nothing open is missed; what is reopened between the two reads comes twice, and its second form counts.
  const ended = new Map<string, Finding>();
  for await (const finding of store.findingsInState('resolved', accountId, sinceBegin(untold))) {
    if (finding.history.some(untold.tellsOf)) ended.set(finding.id, finding);
  }
  for await (const finding of store.findingsInState('unresolved', accountId)) {
    ended.delete(finding.id);
    count(settle ? await settle(finding) : finding);
  }
  for (const finding of ended.values()) count(finding);
  return tally.posture();
}

/** For clocks that do not agree. */
const AN_HOUR = 3_600_000;

/** Nothing that is to be told was resolved earlier. What was resolved before then grows for ever, and need not be looked at. */
function sinceBegin({ audits, period }: Untold): string {
  const begins = [period.from, ...audits.map(({ startedAt }) => startedAt)].map((time) => Date.parse(time));
  return new Date(Math.max(0, Math.min(...begins) - AN_HOUR)).toISOString();
}

function tell(
  account: AccountFold,
  finding: Finding,
  kind: DigestKind,
  { tellsOf }: Untold,
  records: ReadonlyMap<string, ScopeRecord>,
): void {
  if (kind === 'changes') {
    const change = changeIn(finding, tellsOf, records.get(finding.scope.region));
    if (change) account.tell(change);
  } else if (finding.state === 'open') {
    account.tell({ kind: 'opened', finding });
  }
}

async function savePosture({ audits, audit }: AccountOptions, { accountId, coverage }: RunRecord, posture: Posture): Promise<void> {
  const { resources = 0, evaluations = 0, unknown = 0 } = coverage ?? {};
  const day = audit.startedAt.slice(0, 10);
  await audits.savePosture({ accountId, day, runId: audit.id, counts: posture, resources, evaluations, unknown });
}

function toEnd(run: RunRecord, { lastTold }: AccountRuns, kind: DigestKind, posture: Posture): AccountEnd {
  const before = kind === 'baseline' ? [] : (lastTold?.coverage?.gaps ?? []);
  const refusal = refusalOf(run);
  const newGaps = listNewGaps(run.coverage?.gaps ?? [], before);
  return {
    coverage: run.coverage,
    posture,
    scopes: { planned: run.regions.length, seen: run.coverage?.scopes.length ?? 0 },
    newGaps: refusal ? newGaps.filter(({ operation }) => operation !== refusal.operation) : newGaps,
    ...(refusal ? { refusal: { gap: refusal, isNew: listNewGaps([refusal], before).length > 0 } } : {}),
  };
}

/** An account that is not part of the audit: it may have left something untold, and that it was left out is told when it begins. */
function toLost(gap: Gap | undefined, posture: Posture): AccountEnd {
  const nothing = { coverage: undefined, newGaps: [] };
  return gap ? { ...nothing, posture, scopes: { planned: 0, seen: 0 }, refusal: { gap, isNew: true } } : nothing;
}
