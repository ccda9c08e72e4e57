import { beforeEach, describe, expect, test } from 'vitest';
import type { AuditStore } from '../../findings/audit-store.ts';
import { type Finding, noTransitions } from '../../findings/finding.ts';
import type { Job } from '../../findings/job.ts';
import { NEVER, type ScopeRecord, sightIn } from '../../findings/run.ts';
import { type JobOptions, type JobResult, runJob } from '../../findings/run-job.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import type { FindingStore } from '../../findings/store.ts';
import { Unread, type UnreadReason } from '../../inventory/facet.ts';
import type { Session } from '../../inventory/session.ts';
import { testSession } from '../inventory/session.ts';
import { fakeChecks, fakeSources, refused, type Thing, TYPES, ticking, timeFor, type World } from './fake-scope.ts';
import { memoryAuditStore } from './memory-audit-store.ts';
import { collect, SCOPE } from './samples.ts';
import { temporaryFile } from './temporary-file.ts';

const [GROUP, ACL] = TYPES;
const group = (id: string, status: Thing['status'] = 'FAIL'): Thing => ({ type: GROUP, id, status });
const whole = (...things: readonly Thing[]): World => ({ things, broken: [] });
const NONE = noTransitions();

const first: Job = { ...SCOPE, runId: 'run-1', startedAt: '2026-11-21T00:00:00.000Z', regions: ['eu-west-1', 'us-east-1'], round: 0 };
const job: Job = { ...first, runId: 'run-2' };

let store: FindingStore;
let bookmarks: AuditStore;
let now: () => Date;
let sessions: Session[];
beforeEach(async () => {
  store = await openSqliteStore(temporaryFile('findings.db'));
  bookmarks = memoryAuditStore();
  now = ticking();
  sessions = [];
  return () => store.close();
});

function call(world: World, given: Partial<JobOptions> & Pick<JobOptions, 'job'>): Promise<JobResult> {
  return runJob({
    ...{ sources: fakeSources(() => world), checks: fakeChecks(), store, audits: bookmarks, now, outOfTime: () => false },
    async enter() {
      const session = testSession([]);
      session.meter.count('ec2:DescribeThings');
      sessions.push(session);
      return session;
    },
    ...given,
  });
}

/** As the state machine does: the job, and what is left of it, in rounds with so much time each, and then with all they need. */
async function rounds(world: World, given: Job, ...steps: readonly number[]): Promise<readonly JobResult[]> {
  const results: JobResult[] = [];
  let next: Job | undefined = given;
  for (let round = 0; next; round += 1) {
    results.push(await call(world, { job: next, outOfTime: timeFor(steps[round] ?? Number.POSITIVE_INFINITY) }));
    [next] = await unfinished(given.runId);
  }
  return results;
}

const unfinished = (runId: string) => collect(bookmarks.unfinishedJobs(runId));
const record = () => store.scopeRecord(SCOPE);
const findings = () => collect(store.findings(SCOPE));

/** What is left of a run, whatever the time was, and what it took to get there. */
async function left(): Promise<unknown> {
  const kept: ScopeRecord | undefined = await record();
  const fate = ({ resource, state, history, unannounced, version }: Finding) => ({
    ...{ id: resource.id, state, unannounced, version },
    steps: history.map(({ kind, runId }) => `${kind} ${runId}`),
  });
  return {
    findings: (await findings()).map(fate).sort((a, b) => a.id.localeCompare(b.id)),
    record: { runId: kept?.runId, firstRunId: kept?.firstRunId, blind: Object.keys(kept?.blindSince ?? {}) },
    sight: { ...kept?.sight, usage: undefined },
    unfinished: await unfinished(job.runId),
  };
}

describe('a job that is done in one round', () => {
  test('keeps its findings, and in the record of its scope what it saw', async () => {
    const world = whole(group('a'), group('b', 'UNKNOWN'), { type: ACL, id: 'c', status: 'PASS' });
    const result = await call(world, { job: first });
    expect(result).toEqual({
      ...{ status: 'done', resources: 3, evaluations: 3, unknown: 1, calls: 1, throttles: 0 },
      transitions: { ...NONE, opened: 1 },
    });
    expect(sightIn(await record(), 'run-1')).toEqual({
      ...{ resources: 3, evaluations: 3, unknown: 1, crashed: 0, incompleteTypes: [], gaps: [] },
      usage: { calls: 1, throttles: 0, milliseconds: 120_000 },
    });
    expect(await unfinished(first.runId)).toEqual([]);
  });

  test('knows which regions its account may use, and why there may be more', async () => {
    await call(whole(), { job: { ...first, regionsUnread: refused } });
    expect(sessions[0]).toMatchObject({ regions: ['eu-west-1', 'us-east-1'], regionsUnread: refused });
  });

  test('names what it could not read', async () => {
    const { broken, ...rest } = { things: [group('a')], broken: [GROUP] };
    await call(
      { ...rest, broken },
      {
        job: first,
        async enter() {
          const session = testSession();
          session.coverage.record(refused, SCOPE.region);
          return session;
        },
      },
    );
    const gap = { ...refused, region: SCOPE.region, count: 1 };
    expect((await record())?.sight).toMatchObject({ incompleteTypes: [GROUP], unknown: 1, gaps: [gap] });
  });

  test('is not done again', async () => {
    await call(whole(group('a')), { job: first });
    const before = await record();
    expect(await call(whole(group('a', 'PASS')), { job: first })).toMatchObject({ status: 'done', resources: 0, transitions: NONE });
    expect(sessions).toHaveLength(1);
    expect(await record()).toEqual(before);
  });

  test('is known to be done although somebody has looked from the command line since', async () => {
    await call(whole(group('a')), { job: first });
    const kept = await record();
    if (!kept) throw new Error('no record');
    const { sight, ...rest } = kept;
    await store.saveScopeRecord({ ...rest, runId: 'run-9', seenAt: now().toISOString(), sight, sightRunId: 'run-1' });
    expect(await call(whole(), { job: first })).toMatchObject({ status: 'done', evaluations: 0 });
    expect(sessions).toHaveLength(1);
  });
});

describe('a job that takes several rounds', () => {
  const world: World = { things: [group('a'), group('b', 'UNKNOWN'), group('c'), { type: ACL, id: 'd', status: 'FAIL' }], broken: [GROUP] };

  test('is called again until it is done, and adds up what it saw', async () => {
    const results = await rounds(world, first, 3, 3);
    expect(results.map(({ status, resources }) => [status, resources])).toEqual([
      ['unfinished', 1],
      ['unfinished', 1],
      ['done', 2],
    ]);
    expect((await record())?.sight).toMatchObject({
      ...{ resources: 4, evaluations: 5, unknown: 2, incompleteTypes: [GROUP] },
      usage: { calls: 3, throttles: 0 },
    });
    expect(await unfinished(first.runId)).toEqual([]);
  });

  test('goes on under the number of its round', async () => {
    await call(world, { job: first, outOfTime: timeFor(3) });
    expect(await unfinished(first.runId)).toEqual([{ ...first, round: 1 }]);
  });

  test('is done even if an attempt of long ago leaves a bookmark behind', async () => {
    await call(world, { job: first, outOfTime: timeFor(3) });
    await call(world, { job: first });
    expect(await call(world, { job: { ...first, round: 1 } })).toMatchObject({ status: 'done', resources: 0 });
    expect(await unfinished(first.runId)).toEqual([]);
  });

  test('is given up when a round gets nowhere, and stays given up', async () => {
    await call(world, { job: first, outOfTime: timeFor(3) });
    const next = { ...first, round: 1 };
    await expect(call(world, { job: next, outOfTime: () => true })).rejects.toMatchObject({ name: 'NoProgress' });
    expect(await unfinished(first.runId)).toEqual([]);
    await expect(call(world, { job: next })).rejects.toThrow('round 1 of the scan of eu-west-1 in 111122223333');
    expect(await record()).toBeUndefined();
  });

  test('goes on when a second call of a round gets nowhere after the first has come further', async () => {
    await call(world, { job: first, outOfTime: timeFor(3) });
    const next = { ...first, round: 1 };
    const twin = Promise.withResolvers<void>();
    const slow = call(world, {
      job: next,
      outOfTime: () => true,
      async enter() {
        await twin.promise;
        return testSession([]);
      },
    });
    expect(await call(world, { job: next, outOfTime: timeFor(3) })).toMatchObject({ status: 'unfinished' });
    twin.resolve();
    await expect(slow).rejects.toMatchObject({ name: 'NoProgress' });
    expect(await unfinished(first.runId)).toEqual([{ ...first, round: 2 }]);
  });

  test('is given up when the very first round gets nowhere', async () => {
    await expect(call(world, { job: first, outOfTime: () => true })).rejects.toMatchObject({ name: 'NoProgress' });
  });
});

describe('a job that STS does not let in', () => {
  const reason: UnreadReason = {
    ...{ cause: 'denied', operation: 'sts:AssumeRole', permissions: ['sts:AssumeRole'] },
    message: 'sts:AssumeRole: not authorized',
  };
  const enter = () => Promise.reject(new Unread(reason));

  test('resolves nothing, opens nothing, and says so', async () => {
    await call(whole(group('a')), { job: first });
    const before = await record();
    expect(await call(whole(), { job, enter })).toEqual({
      ...{ status: 'refused', resources: 0, evaluations: 0, unknown: 0, transitions: NONE, calls: 0, throttles: 0 },
    });
    expect((await findings()).map(({ state }) => state)).toEqual(['open']);
    expect(await record()).toMatchObject({
      ...{ runId: 'run-2', seenAt: before?.seenAt, firstRunId: 'run-1' },
      blindSince: { 'networkacl-closed': before?.seenAt, 'securitygroup-closed': before?.seenAt },
      sight: { resources: 0, evaluations: 0, gaps: [{ operation: 'sts:AssumeRole', region: 'eu-west-1', count: 1 }] },
    });
  });

  test('where nobody was let in before has never been seen: the first look is yet to come', async () => {
    await call(whole(), { job: first, enter });
    expect((await record())?.seenAt).toBe(NEVER);
    await call(whole(group('a')), { job });
    expect((await findings()).map(({ unannounced }) => unannounced)).toEqual([false]);
    expect((await record())?.firstRunId).toBe('run-2');
  });

  test('may be let in when it is tried again', async () => {
    await call(whole(), { job: first, enter });
    expect(await call(whole(group('a')), { job: first })).toMatchObject({ status: 'done', resources: 1 });
    expect(await call(whole(), { job: first, enter })).toMatchObject({ status: 'done' });
  });

  test('in a later round is refused, and not called again', async () => {
    await call(whole(group('a'), group('b')), { job: first, outOfTime: timeFor(3) });
    const next = { ...first, round: 1 };
    expect(await call(whole(), { job: next, enter })).toMatchObject({ status: 'refused' });
    expect(await unfinished(first.runId)).toEqual([]);
    expect((await findings()).map(({ resource, state }) => [resource.id, state])).toEqual([['a', 'open']]);
    expect(await call(whole(), { job: next, enter })).toMatchObject({ status: 'refused' });
  });
});

test('what is no refusal of STS is thrown', async () => {
  const enter = () => Promise.reject(new Error('STS let us into another account'));
  await expect(call(whole(), { job: first, enter })).rejects.toThrow('another account');
  expect(await record()).toBeUndefined();
});

/** Counts the writes, and lets the nth be the last: the process dies just before it, or just after it. */
function mortal(
  n: number,
  when: 'before' | 'after',
): { readonly store: FindingStore; readonly audits: JobOptions['audits']; writes: () => number } {
  let writes = 0;
  const dying =
    <Given extends readonly unknown[], Result>(write: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      writes += 1;
      const isLast = writes === n;
      if (writes > n || (isLast && when === 'before')) throw new Error('killed');
      const result = await write(...given);
      if (isLast) throw new Error('killed');
      return result;
    };
  return {
    store: { ...store, save: dying(store.save), saveScopeRecord: dying(store.saveScopeRecord) },
    audits: { ...bookmarks, saveBookmark: dying(bookmarks.saveBookmark), removeBookmark: dying(bookmarks.removeBookmark) },
    writes: () => writes,
  };
}

describe('a job that is killed at any write and called again', () => {
  const before: World = { things: [group('a'), group('b'), group('c'), { type: ACL, id: 'd', status: 'FAIL' }], broken: [] };
  const after: World = { things: [group('a', 'PASS'), group('b'), group('e'), group('f', 'UNKNOWN')], broken: [] };
  const STEPS = [4, 3];

  /** Runs all rounds; whichever call is killed is called again as it was. Tells how often that was. */
  async function run(n: number, when: 'before' | 'after'): Promise<number> {
    const { store: mortalStore, audits } = mortal(n, when);
    let deaths = 0;
    let next: Job | undefined = job;
    for (let round = 0; next; round += 1) {
      const outOfTime = () => timeFor(STEPS[round] ?? Number.POSITIVE_INFINITY);
      try {
        await call(
          after,
          deaths === 0 ? { job: next, store: mortalStore, audits, outOfTime: outOfTime() } : { job: next, outOfTime: outOfTime() },
        );
      } catch (error) {
        if (!(error instanceof Error) || error.message !== 'killed') throw error;
        deaths += 1;
        await call(after, { job: next, outOfTime: outOfTime() });
      }
      const [waiting] = await unfinished(job.runId);
      next = waiting;
    }
    return deaths;
  }

  test('ends as if nothing had happened', async () => {
    await call(before, { job: first });
    const deaths = await run(Number.POSITIVE_INFINITY, 'before');
    expect(deaths).toBe(0);
    const expected = await left();
    let moments = 0;
    for (const when of ['before', 'after'] as const) {
      for (let n = 1; ; n += 1) {
        await store.close();
        store = await openSqliteStore(temporaryFile('findings.db'));
        bookmarks = memoryAuditStore();
        await call(before, { job: first });
        if ((await run(n, when)) === 0) break;
        moments += 1;
        expect(await left()).toEqual(expected);
      }
    }
    expect(moments).toBeGreaterThan(10);
  });
});
