import { describe, expect, test } from 'vitest';
import type { Job } from '../../findings/job.ts';
import { planAudit, planNextRound, toRunId } from '../../findings/plan-audit.ts';
import { toJob } from '../../findings/stored-audit.ts';
import { type AuditWorld, EXECUTION, emptyWorld, planning, RUN_ID } from './audit-world.ts';

const [ONE, TWO, THREE] = ['111111111111', '222222222222', '333333333333'] as const;
const FILE = `runs/${RUN_ID}/jobs-0.json`;
const OTHER = { runId: '20261121T024927Z-0000', executionArn: 'arn:aws:states:eu-west-1:111111111111:execution:audit:other' };

const placesOf = (world: AuditWorld, key = FILE) => world.files.get(key)?.map(({ accountId, region }) => `${accountId} ${region}`);
const refusal = (accountId: string, operation: string) => ({ accountId, gap: { operation, cause: 'denied', region: 'global', count: 1 } });

describe('a run', () => {
  test('is named after its time and its execution', () => {
    expect(toRunId(EXECUTION.startTime, EXECUTION.id)).toBe(RUN_ID);
    expect(toRunId('2026-11-21T09:49:27+01:00', EXECUTION.id)).toBe(RUN_ID);
    expect(toRunId(EXECUTION.startTime, OTHER.executionArn)).not.toBe(RUN_ID);
  });

  test('has a job for each scope of each account', async () => {
    const world = emptyWorld();
    expect(await planAudit(planning(world))).toEqual({
      status: 'planned',
      runId: RUN_ID,
      startedAt: EXECUTION.startTime,
      round: 0,
      jobs: { bucket: 'jobs', key: FILE, count: 9 },
    });
    expect(placesOf(world)).toEqual(
      [ONE, TWO, THREE].flatMap((accountId) => [`${accountId} eu-west-1`, `${accountId} global`, `${accountId} us-east-1`]),
    );
    expect(world.files.get(FILE)?.[0]).toEqual({
      accountId: ONE,
      region: 'eu-west-1',
      runId: RUN_ID,
      startedAt: EXECUTION.startTime,
      regions: ['eu-west-1', 'us-east-1'],
      round: 0,
    });
  });

  test('tells each job in which organizational units its account is, and names what could not be asked in the coverage of the account', async () => {
    const world = emptyWorld();
    const unread = {
      cause: 'denied',
      operation: 'organizations:ListRoots',
      permissions: ['organizations:ListRoots'],
      message: 'no',
    } as const;
    await planAudit({ ...planning(world), unitsOf: async (accountId) => (accountId === TWO ? unread : ['r-ab12', 'ou-ab12-cd34ef56']) });
    const jobOf = (accountId: string) => world.files.get(FILE)?.find((job) => job.accountId === accountId);
    expect(jobOf(ONE)).toMatchObject({ units: ['r-ab12', 'ou-ab12-cd34ef56'] });
    expect(jobOf(TWO)).toMatchObject({ unitsUnread: unread });
    expect(toJob(JSON.parse(JSON.stringify(jobOf(TWO))))).toEqual(jobOf(TWO));
    expect(world.runs.get(ONE)?.coverage?.gaps).toEqual([]);
    expect(world.runs.get(TWO)?.coverage?.gaps).toEqual([{ ...unread, region: 'global', count: 1 }]);
  });

  test('is kept of each account and as a whole', async () => {
    const world = emptyWorld();
    await planAudit(planning(world));
    expect([...world.runs.keys()].toSorted()).toEqual([ONE, TWO, THREE]);
    expect(world.runs.get(TWO)).toEqual({
      id: RUN_ID,
      accountId: TWO,
      startedAt: EXECUTION.startTime,
      finishedAt: undefined,
      first: true,
      checkIds: ['check-1', 'check-2'],
      regions: ['global', 'eu-west-1', 'us-east-1'],
      coverage: {
        ...{ evaluations: 0, unknown: 0, crashed: 0, resources: 0, scopes: [], gaps: [] },
        ...{ regionsNotEnabled: ['me-south-1'], regionsLeftOut: [] },
      },
      digest: 'none',
    });
    expect(world.audits.get(RUN_ID)).toEqual({
      id: RUN_ID,
      executionArn: EXECUTION.id,
      startedAt: EXECUTION.startTime,
      finishedAt: undefined,
      accounts: [ONE, TWO, THREE],
      refused: [],
      leftOut: [],
      digest: 'unsent',
    });
  });

  test('is no account’s first when a scope of it was seen before', async () => {
    const world = emptyWorld();
    const scope = { region: 'global', runId: 'run-0', blindSince: {} };
    world.scopeRecords.push(
      { ...scope, accountId: TWO, seenAt: new Date(0).toISOString() },
      { ...scope, accountId: TWO, region: 'eu-west-1', seenAt: '2026-11-20T00:00:00.000Z' },
      { ...scope, accountId: THREE, seenAt: new Date(0).toISOString() },
    );
    await planAudit(planning(world));
    expect([ONE, TWO, THREE].map((accountId) => world.runs.get(accountId)?.first)).toEqual([true, false, true]);
  });
});

describe('accounts', () => {
  test('that are not active, or excluded, are left out and named', async () => {
    const world = emptyWorld();
    const accounts = [
      { accountId: THREE, name: '', status: 'suspended' },
      { accountId: ONE, name: '', status: 'active' },
      { accountId: TWO, name: '', status: 'active' },
      { accountId: '444444444444', name: '', status: 'pending closure' },
      { accountId: '555555555555', name: '', status: 'closed' },
    ] as const;
    await planAudit(planning(world, { accounts, exclude: [TWO] }));
    expect(world.audits.get(RUN_ID)).toMatchObject({
      accounts: [ONE],
      leftOut: [
        { accountId: TWO, because: 'excluded' },
        { accountId: THREE, because: 'suspended' },
        { accountId: '444444444444', because: 'pending closure' },
        { accountId: '555555555555', because: 'closed' },
      ],
    });
    expect([...world.runs.keys()]).toEqual([ONE]);
  });

  test('that are listed twice are planned once', async () => {
    const world = emptyWorld();
    const account = { accountId: ONE, name: '', status: 'active' } as const;
    expect(await planAudit(planning(world, { accounts: [account, account] }))).toMatchObject({ jobs: { count: 3 } });
  });

  test('that cannot be entered cost no other account anything, and have a run that ended with the reason', async () => {
    const world = emptyWorld();
    expect(await planAudit(planning(world, { odd: { closed: [TWO] } }))).toMatchObject({ jobs: { count: 6 } });
    expect(world.audits.get(RUN_ID)).toMatchObject({ accounts: [ONE, THREE], refused: [refusal(TWO, 'sts:AssumeRole')] });
    expect(world.runs.get(TWO)).toMatchObject({
      finishedAt: '2026-11-21T08:50:00.000Z',
      regions: [],
      coverage: { scopes: [], gaps: [{ operation: 'sts:AssumeRole', cause: 'denied', permissions: ['sts:AssumeRole'] }] },
    });
  });

  test('none of which can be entered make a run without jobs', async () => {
    const world = emptyWorld();
    expect(await planAudit(planning(world, { odd: { closed: [ONE, TWO, THREE] } }))).toMatchObject({
      status: 'planned',
      jobs: { count: 0 },
    });
    expect(world.audits.get(RUN_ID)?.refused.map(({ accountId }) => accountId)).toEqual([ONE, TWO, THREE]);
  });

  test('whose regions nobody may list cannot be planned', async () => {
    const world = emptyWorld();
    await planAudit(planning(world, { odd: { blind: [TWO] } }));
    expect(world.audits.get(RUN_ID)).toMatchObject({ accounts: [ONE, THREE], refused: [refusal(TWO, 'ec2:DescribeRegions')] });
  });

  test('whose regions nobody may list are planned by the regions that are wanted; that there may be others stays known', async () => {
    const world = emptyWorld();
    await planAudit(planning(world, { odd: { blind: [TWO] }, wantedRegions: ['eu-west-1'] }));
    expect(placesOf(world)?.filter((place) => place.startsWith(TWO))).toEqual([`${TWO} eu-west-1`, `${TWO} global`]);
    const unread = world.files.get(FILE)?.map(({ accountId, regionsUnread }) => `${accountId} ${regionsUnread?.operation}`);
    expect([...new Set(unread)]).toEqual([`${ONE} undefined`, `${TWO} ec2:DescribeRegions`, `${THREE} undefined`]);
    expect(world.runs.get(TWO)?.coverage?.gaps).toMatchObject([{ operation: 'ec2:DescribeRegions', cause: 'denied' }]);
  });

  test('that STS mixes up stop the plan: no account is scanned for another', async () => {
    const world = emptyWorld();
    const enter = () => Promise.reject(new Error('STS let us into another account'));
    await expect(planAudit(planning(world, { enter }))).rejects.toThrow('STS let us into another account');
    expect(world.audits.size).toBe(0);
  });
});

test('regions that are not wanted are left out, and those that are not enabled are reported', async () => {
  const world = emptyWorld();
  await planAudit(planning(world, { wantedRegions: ['eu-west-1', 'me-south-1'] }));
  expect(placesOf(world)).toEqual([ONE, TWO, THREE].flatMap((accountId) => [`${accountId} eu-west-1`, `${accountId} global`]));
  expect(world.runs.get(ONE)?.coverage).toMatchObject({ regionsNotEnabled: ['me-south-1'], regionsLeftOut: ['us-east-1'] });
});

describe('an organization', () => {
  const listing = (error: Error) =>
    async function* () {
      yield { accountId: ONE, name: '', status: 'active' } as const;
      throw error;
    };

  test('that may not be listed from here is for a person to put right', async () => {
    const error = Object.assign(new Error('organizations:ListAccounts: AccessDeniedException'), { name: 'OrganizationUnlisted' });
    await expect(planAudit(planning(emptyWorld(), { accounts: listing(error)() }))).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(/ListAccounts: AccessDeniedException.*delegated administrator.*"accounts" in posture.yaml/),
      cause: error,
    });
  });

  test('whose listing breaks off is not taken for smaller than it is', async () => {
    const world = emptyWorld();
    const error = Object.assign(new Error('slow down'), { name: 'TooManyRequestsException' });
    await expect(planAudit(planning(world, { accounts: listing(error)() }))).rejects.toBe(error);
    expect([world.audits.size, world.files.size]).toEqual([0, 0]);
  });

  test('is read no faster than its accounts are planned', async () => {
    let listed = 0;
    let ahead = 0;
    async function* accounts() {
      for (; listed < 500; listed += 1) yield { accountId: String(100000000000 + listed), name: '', status: 'active' } as const;
    }
    const world = emptyWorld();
    const options = planning(world, { accounts: accounts(), concurrency: 8 });
    const writeJobs = async (_file: unknown, jobs: AsyncIterable<Job>) => {
      let taken = 0;
      for await (const _job of jobs) ahead = Math.max(ahead, listed - Math.floor((taken += 1) / 3));
      return taken;
    };
    expect(await planAudit({ ...options, writeJobs })).toMatchObject({ jobs: { count: 1_500 } });
    // Besides: two groups of 25 whose records are being read, one that has been read, and two whose runs are being kept.
    expect(ahead).toBeLessThanOrEqual(8 + 5 * 25);
  });
});

describe('the turn', () => {
  test('is somebody else’s while that execution runs: this one is skipped, and does nothing', async () => {
    const world = Object.assign(emptyWorld(), { turn: OTHER, running: new Set([OTHER.executionArn]) });
    expect(await planAudit(planning(world))).toEqual({
      status: 'skipped',
      runId: RUN_ID,
      because: `the audit ${OTHER.runId} is still running: ${OTHER.executionArn}`,
    });
    expect([world.turn, world.runs.size, world.files.size, world.audits.size]).toEqual([OTHER, 0, 0, 0]);
  });

  test('is taken from an execution that has ended without giving it back', async () => {
    const world = Object.assign(emptyWorld(), { turn: OTHER });
    expect(await planAudit(planning(world))).toMatchObject({ status: 'planned' });
    expect(world.turn).toEqual({ runId: RUN_ID, executionArn: EXECUTION.id });
  });

  test('may be taken by a third one first', async () => {
    const third = { runId: 'third', executionArn: 'arn:third' };
    const world = Object.assign(emptyWorld(), { turn: OTHER, running: new Set([third.executionArn]) });
    const isRunning = async (arn: string) => {
      if (arn === OTHER.executionArn) world.turn = third;
      return world.running.has(arn);
    };
    expect(await planAudit(planning(world, { isRunning }))).toMatchObject({ status: 'skipped', because: expect.stringContaining('third') });
  });

  test('is not taken when nobody can say whether the other one runs', async () => {
    const world = Object.assign(emptyWorld(), { turn: OTHER });
    const isRunning = () => Promise.reject(new Error('throttled'));
    await expect(planAudit(planning(world, { isRunning }))).rejects.toThrow('throttled');
    expect(world.turn).toEqual(OTHER);
  });
});

describe('a plan that is interrupted and made again', () => {
  type Interrupt = (when: 'before' | 'after', nth: number) => void;
  const plan = async (world: AuditWorld, interrupt?: Interrupt) =>
    planAudit(planning(world, { odd: { closed: [TWO] }, concurrency: 1 }, interrupt));
  const abandoned = () => Object.assign(emptyWorld(), { turn: OTHER });

  test.each(['before', 'after'] as const)('ends as if nothing had happened, %s whichever call it was', async (at) => {
    const undisturbed = abandoned();
    let calls = 0;
    await plan(undisturbed, (_when, nth) => {
      calls = Math.max(calls, nth);
    });
    expect(calls).toBeGreaterThan(10);
    for (let stop = 1; stop <= calls; stop += 1) {
      const world = abandoned();
      const crash: Interrupt = (when, nth) => {
        if (when === at && nth === stop) throw new Error('the lights went out');
      };
      // The call that is refused anyway has no "after".
      await plan(world, crash).catch((error: Error) => expect(error.message).toBe('the lights went out'));
      await plan(world);
      expect(world).toEqual(undisturbed);
    }
  });
});

describe('the next round', () => {
  const unfinished: Job = {
    ...{ accountId: ONE, region: 'eu-west-1', runId: RUN_ID, startedAt: EXECUTION.startTime, regions: ['eu-west-1'] },
    round: 1,
  };
  async function nextRound(round: number, jobs: readonly Job[]) {
    const world = emptyWorld();
    const asked: string[] = [];
    async function* unfinishedJobs(runId: string) {
      asked.push(runId);
      yield* jobs;
    }
    const { execution, bucket, writeJobs } = planning(world);
    return { plan: await planNextRound({ execution, round, audits: { unfinishedJobs }, bucket, writeJobs }), world, asked };
  }

  test('has the jobs that are unfinished', async () => {
    const { plan, world, asked } = await nextRound(1, [unfinished]);
    const key = `runs/${RUN_ID}/jobs-1.json`;
    expect(plan).toEqual({
      ...{ status: 'planned', runId: RUN_ID, startedAt: EXECUTION.startTime, round: 1 },
      jobs: { bucket: 'jobs', key, count: 1 },
    });
    expect([asked, world.files.get(key)]).toEqual([[RUN_ID], [unfinished]]);
  });

  test('is not for those that failed in an earlier one', async () => {
    expect((await nextRound(2, [unfinished, { ...unfinished, round: 2 }])).world.files.get(`runs/${RUN_ID}/jobs-2.json`)).toEqual([
      { ...unfinished, round: 2 },
    ]);
  });

  test('is the end when nothing is unfinished', async () => {
    expect((await nextRound(3, [])).plan).toMatchObject({ round: 3, jobs: { count: 0 } });
  });

  test('does not come for ever', async () => {
    expect((await nextRound(100, [{ ...unfinished, round: 100 }])).plan).toMatchObject({ jobs: { count: 1 } });
    expect((await nextRound(101, [{ ...unfinished, round: 101 }])).plan).toMatchObject({ jobs: { count: 0 } });
  });
});
