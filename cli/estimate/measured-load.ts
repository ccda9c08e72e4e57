import type { RunRecord } from '../../findings/run.ts';
import type { FindingStore } from '../../findings/store.ts';

/** What the last audits of accounts have taken, for the model to price. */
export interface Measured {
  readonly accounts: number;
  readonly scopes: number;
  readonly callsPerAudit: number;
  readonly scanSecondsPerAudit: number;
  readonly findings: number;
  /** Each a sentence about something that was not measured. */
  readonly assumptions: readonly string[];
}

/** What stands in for what was not measured. */
export const ASSUMED = {
  regions: 17,
  callsPerScope: 80,
  secondsPerScope: 5,
  findingsPerAccount: 300,
  changesPerAccountAndDay: 5,
  eventsPerAccountAndDay: 100,
} as const;

/** A scan in a function of its own starts, enters the account and lists: it takes no less, however little it finds. */
export const LEAST_SECONDS_PER_SCOPE = 3;

/** From the last run that came to an end in each account of a store. Without any, an account is assumed. */
export async function measure(store: FindingStore): Promise<Measured> {
  const accounts = new Set<string>();
  for await (const { accountId } of store.scopeRecords()) accounts.add(accountId);
  const runs: RunRecord[] = [];
  let findings = 0;
  for (const accountId of accounts) {
    const run = await lastOf(store, accountId);
    if (!run) continue;
    runs.push(run);
    findings += await countFindings(store, accountId);
  }
  return runs.length === 0 ? assumedAccount() : toMeasured(runs, findings);
}

/** An account that nobody has scanned yet. */
export function assumedAccount(): Measured {
  const scopes = ASSUMED.regions + 1;
  return {
    accounts: 1,
    scopes,
    callsPerAudit: scopes * ASSUMED.callsPerScope,
    scanSecondsPerAudit: scopes * ASSUMED.secondsPerScope,
    findings: ASSUMED.findingsPerAccount,
    assumptions: [
      `No scan is kept here: an account of ${ASSUMED.regions} regions with ${ASSUMED.findingsPerAccount} findings is assumed, which takes ${ASSUMED.callsPerScope} calls and ${ASSUMED.secondsPerScope} s a scope. "posture scan" measures yours.`,
    ],
  };
}

/** The same for more or fewer accounts: each like the mean of those that were measured. */
export function scaled(measured: Measured, accounts: number): Measured {
  if (accounts === measured.accounts) return measured;
  const factor = accounts / measured.accounts;
  const like = measured.accounts === 1 ? 'the one that was scanned' : `the mean of the ${measured.accounts} that were scanned`;
  return {
    accounts,
    scopes: measured.scopes * factor,
    callsPerAudit: measured.callsPerAudit * factor,
    scanSecondsPerAudit: measured.scanSecondsPerAudit * factor,
    findings: measured.findings * factor,
    assumptions: [...measured.assumptions, `Each account is like ${like}.`],
  };
}

async function lastOf(store: FindingStore, accountId: string): Promise<RunRecord | undefined> {
  for await (const run of store.runs(accountId)) if (run.finishedAt !== undefined && run.regions.length > 0) return run;
  return undefined;
}

async function countFindings(store: FindingStore, accountId: string): Promise<number> {
  let count = 0;
  for (const state of ['unresolved', 'resolved'] as const) for await (const _ of store.findingsInState(state, accountId)) count += 1;
  return count;
}

function toMeasured(runs: readonly RunRecord[], findings: number): Measured {
  const parts = runs.map(({ regions, coverage }) => {
    const scopes = regions.length;
    const { calls, milliseconds } = coverage?.usage ?? {
      calls: scopes * ASSUMED.callsPerScope,
      milliseconds: scopes * ASSUMED.secondsPerScope * 1_000,
    };
    return { scopes, calls, seconds: Math.max(milliseconds / 1_000, scopes * LEAST_SECONDS_PER_SCOPE) };
  });
  const total = (count: (part: (typeof parts)[number]) => number): number => parts.reduce((sum, part) => sum + count(part), 0);
  const uncounted = runs.filter(({ coverage }) => coverage?.usage === undefined).length;
  return {
    accounts: runs.length,
    scopes: total(({ scopes }) => scopes),
    callsPerAudit: total(({ calls }) => calls),
    scanSecondsPerAudit: total(({ seconds }) => seconds),
    findings,
    assumptions: [
      ...(uncounted === 0
        ? []
        : [
            `Of ${uncounted} of the accounts the calls were not counted: ${ASSUMED.callsPerScope} and ${ASSUMED.secondsPerScope} s a scope are assumed.`,
          ]),
      `A scope takes ${LEAST_SECONDS_PER_SCOPE} s or more, for each is scanned by a function of its own.`,
    ],
  };
}
