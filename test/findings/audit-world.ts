import type { AuditRecord, Turn } from '../../findings/audit-record.ts';
import type { Job } from '../../findings/job.ts';
import type { PlanOptions } from '../../findings/plan-audit.ts';
import type { RunRecord, ScopeRecord } from '../../findings/run.ts';
import { Unread } from '../../inventory/facet.ts';
import { planScopes } from '../../inventory/regions.ts';
import { fakeSession, refused } from '../inventory/fake-session.ts';
import { collect } from './samples.ts';

/** Everything that planning an audit reads and writes, in memory. */
export interface AuditWorld {
  readonly runs: Map<string, RunRecord>;
  readonly scopeRecords: ScopeRecord[];
  readonly audits: Map<string, AuditRecord>;
  readonly files: Map<string, readonly Job[]>;
  readonly running: Set<string>;
  turn: Turn | undefined;
}

export function emptyWorld(): AuditWorld {
  return { runs: new Map(), scopeRecords: [], audits: new Map(), files: new Map(), running: new Set(), turn: undefined };
}

export const EXECUTION = { id: 'arn:aws:states:eu-west-1:111111111111:execution:audit:one', startTime: '2026-11-21T08:49:27.123Z' };
export const RUN_ID = '20261121T084927Z-299e';

/** Called before and after the nth thing, from 1, that planning asks of the world outside: may throw, as a crash would. */
export type Interruption = (when: 'before' | 'after', nth: number) => void;

/** Ids of accounts that cannot be entered (`closed`), and that may not list their regions (`blind`). */
export interface Odd {
  readonly closed?: readonly string[];
  readonly blind?: readonly string[];
}

/** Plans three accounts with two regions each, unless told otherwise. */
export function planning(
  world: AuditWorld,
  given: Partial<PlanOptions> & { readonly odd?: Odd } = {},
  interrupt: Interruption = () => undefined,
) {
  const { odd = {}, ...rest } = given;
  let calls = 0;
  const asked = async <Result>(act: () => Result | Promise<Result>): Promise<Result> => {
    const nth = (calls += 1);
    interrupt('before', nth);
    const result = await act();
    interrupt('after', nth);
    return result;
  };
  const options: PlanOptions = {
    execution: EXECUTION,
    accounts: ['111111111111', '222222222222', '333333333333'].map((accountId) => ({ accountId, name: '', status: 'active' })),
    exclude: [],
    wantedRegions: undefined,
    checkIds: ['check-1', 'check-2'],
    enter: (accountId) => asked(() => enter(accountId, odd)),
    planScopes: (session, wanted) => asked(() => planScopes(session, wanted)),
    store: {
      scopeRecordsOf: (scopes) =>
        asked(() =>
          world.scopeRecords.filter((record) =>
            scopes.some(({ accountId, region }) => record.accountId === accountId && record.region === region),
          ),
        ),
      async *scopeRecords(accountId) {
        yield* await asked(() => world.scopeRecords.filter((record) => record.accountId === accountId));
      },
      saveRuns: (runs) =>
        asked(() => {
          for (const run of runs) world.runs.set(run.accountId, run);
        }),
    },
    audits: {
      takeTurn: (turn, insteadOf) =>
        asked(() => {
          if (world.turn === undefined || world.turn.executionArn === insteadOf) world.turn = turn;
          return world.turn;
        }),
      saveAudit: (audit) =>
        asked(() => {
          world.audits.set(audit.id, audit);
        }),
    },
    isRunning: (executionArn) => asked(() => world.running.has(executionArn)),
    bucket: 'jobs',
    writeJobs: ({ key }, jobs) =>
      asked(async () => {
        const all = await collect(jobs);
        world.files.set(
          key,
          all.toSorted((a, b) => (`${a.accountId} ${a.region}` < `${b.accountId} ${b.region}` ? -1 : 1)),
        );
        return all.length;
      }),
    now: () => new Date('2026-11-21T08:50:00.000Z'),
    concurrency: 2,
    ...rest,
  };
  return options;
}

function enter(accountId: string, { closed = [], blind = [] }: Odd) {
  if (closed.includes(accountId)) {
    const message = 'sts:AssumeRole: AccessDenied: not authorized';
    throw new Unread({ cause: 'denied', operation: 'sts:AssumeRole', permissions: ['sts:AssumeRole'], message });
  }
  const regions = {
    Regions: [
      { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
      { RegionName: 'eu-west-1', OptInStatus: 'opted-in' },
      { RegionName: 'me-south-1', OptInStatus: 'not-opted-in' },
    ],
  };
  const answer = () => {
    if (blind.includes(accountId)) throw refused('UnauthorizedOperation', 403);
    return regions;
  };
  return fakeSession({ 'ec2:DescribeRegions': answer }, { accountId, regions: [] }).session;
}
