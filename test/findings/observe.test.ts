import { beforeEach, describe, expect, test, vi } from 'vitest';
import ebsEncryptionDefault from '../../checks/ec2/ebs-encryption-default.ts';
import { ready } from '../../findings/evaluate.ts';
import type { Bookmark } from '../../findings/job.ts';
import { observe, type TimeLimit } from '../../findings/observe.ts';
import { Listed, Unread } from '../../inventory/facet.ts';
import type { Resource, ResourceSource } from '../../inventory/reader.ts';
import { testSession } from '../inventory/session.ts';
import { arnOf, fakeChecks, fakeSources, refused, type Thing, TYPES, ticking, timeFor, type World } from './fake-scope.ts';
import { SCOPE } from './samples.ts';

const [GROUP, ACL] = TYPES;
const group = (id: string): Thing => ({ type: GROUP, id, status: 'FAIL' });
const acl = (id: string): Thing => ({ type: ACL, id, status: 'PASS' });
const whole = (...things: readonly Thing[]): World => ({ things, broken: [] });
const never = () => false;

function bookmark(change: Partial<Bookmark>): Bookmark {
  const usage = { calls: 0, throttles: 0, milliseconds: 0 };
  const sight = { resources: 0, evaluations: 0, unknown: 0, crashed: 0, incompleteTypes: [], gaps: [], usage };
  return { startedAt: '2026-11-20T00:00:00.000Z', done: [], judgedUpTo: {}, blind: [], sight, ...change };
}

async function look(world: World, limit?: TimeLimit) {
  const judged: string[] = [];
  const sources = fakeSources(
    () => world,
    ({ id }) => judged.push(id),
  );
  const observation = await observe({ session: testSession(), sources, checks: fakeChecks(), now: ticking() }, SCOPE, limit);
  return { ...observation, judged };
}

describe('a look that has all the time it needs', () => {
  test('judges everything, and says what there is', async () => {
    const { judged, finished, listed, resources, reached } = await look(whole(group('b'), group('a'), acl('c')));
    expect(judged).toEqual(['b', 'a', 'c']);
    expect(finished).toBe(true);
    expect(resources).toBe(3);
    expect(listed).toEqual(
      new Map([
        [GROUP, new Set(['b', 'a'].map((id) => arnOf(group(id))))],
        [ACL, new Set([arnOf(acl('c'))])],
      ]),
    );
    expect(reached).toEqual({ done: [GROUP, ACL], judgedUpTo: {} });
  });

  test('cannot say what there is of a listing that broke off', async () => {
    const { listed, incompleteTypes, evaluations } = await look({ things: [group('a')], broken: [GROUP] });
    expect([...listed.keys()]).toEqual([ACL]);
    expect(incompleteTypes).toEqual(new Set([GROUP]));
    expect(evaluations.map(({ status }) => status)).toEqual(['FAIL', 'UNKNOWN']);
  });
});

test('a bug in the listing of one type costs no other type its verdicts, and is counted', async () => {
  const session = testSession();
  const [broken, ...rest] = fakeSources(() => whole(group('a'), acl('b')));
  if (!broken) throw new Error('no source');
  const bug = { ...broken, list: async () => Promise.reject(new TypeError('x is not iterable')) };
  const { evaluations, incompleteTypes } = await observe({ session, sources: [bug, ...rest], checks: fakeChecks(), now: ticking() }, SCOPE);
  expect(incompleteTypes).toEqual(new Set([broken.type]));
  expect(evaluations).toMatchObject([
    { status: 'UNKNOWN', crashed: true, reason: `the listing of ${broken.type} itself failed: TypeError: x is not iterable` },
    { status: 'PASS' },
  ]);
  expect(session.coverage.gaps).toMatchObject([{ operation: `list ${broken.type}`, cause: 'failed' }]);
});

describe('a look that runs out of time', () => {
  test('stops in the order of ARNs, and remembers where', async () => {
    const { judged, finished, listed, reached, resources } = await look(whole(group('c'), group('a'), group('b')), {
      outOfTime: timeFor(2 + 2),
      bookmark: undefined,
    });
    expect(judged).toEqual(['a', 'b']);
    expect(resources).toBe(2);
    expect(finished).toBe(false);
    expect(reached).toEqual({ done: [ACL], judgedUpTo: { [GROUP]: arnOf(group('b')) } });
    expect([...listed.keys()]).toEqual([ACL]);
  });

  test('does not list what it cannot begin', async () => {
    const session = testSession();
    const untouchable = fakeSources(() => {
      throw new Error('listed');
    });
    const limit = { outOfTime: () => true, bookmark: bookmark({ judgedUpTo: { [ACL]: 'arn:x' } }) };
    const given = await observe({ session, sources: untouchable, checks: fakeChecks(), now: ticking() }, SCOPE, limit);
    expect(given).toMatchObject({ finished: false, evaluations: [], resources: 0, reached: { done: [], judgedUpTo: { [ACL]: 'arn:x' } } });
  });

  test('never parts resources of one ARN', async () => {
    const world = whole(group('a'), group('b'), group('b'), group('b'), group('c'));
    const { judged, reached } = await look(world, { outOfTime: timeFor(2 + 2), bookmark: undefined });
    expect(judged).toEqual(['a', 'b', 'b', 'b']);
    expect(reached.judgedUpTo).toEqual({ [GROUP]: arnOf(group('b')) });
  });

  test('ends what it has begun', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const looking = observe(
      {
        session: testSession(),
        sources: [slowSource({ a: promise, b: promise })],
        checks: [ready(ebsEncryptionDefault, new Date())],
        now: ticking(),
      },
      SCOPE,
      { outOfTime: timeFor(1 + 1), bookmark: undefined },
    );
    resolve();
    const { evaluations, finished } = await looking;
    expect(evaluations).toMatchObject([{ status: 'FAIL', resource: { id: 'a' } }]);
    expect(finished).toBe(false);
  });
});

describe('a look that waits for AWS when time is out', () => {
  const forEver = new Promise<void>(() => undefined);
  const checks = [...fakeChecks(), ready(ebsEncryptionDefault, new Date())];
  const looking = (sources: readonly ResourceSource[], outOfTime: () => boolean) =>
    observe({ session: testSession(), sources, checks, now: ticking() }, SCOPE, { outOfTime, bookmark: undefined });

  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  test('gives up a listing that does not end, and keeps what the others gave', async () => {
    const things = fakeSources(() => whole(group('a')));
    const [slow] = things.map((source) => ({
      ...source,
      type: 'AWS::EC2::RegionSettings' as const,
      list: () => forEver.then(() => new Listed([])),
    }));
    if (!slow) throw new Error('no source');
    let late = false;
    const look = looking([...things, slow], () => late);
    await vi.advanceTimersByTimeAsync(60_000);
    late = true;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await look).toMatchObject({ resources: 1, finished: false, reached: { done: TYPES, judgedUpTo: {} } });
  });

  test('gives up what does not come to a verdict, and all after it', async () => {
    const late = { now: false };
    const look = looking([slowSource({ a: Promise.resolve(), b: Promise.resolve(), c: forEver, d: Promise.resolve() })], () => late.now);
    await vi.advanceTimersByTimeAsync(60_000);
    late.now = true;
    await vi.advanceTimersByTimeAsync(20_000);
    const { evaluations, reached, finished } = await look;
    expect(evaluations.map(({ resource }) => resource.id)).toEqual(['a', 'b']);
    expect(reached).toEqual({ done: [], judgedUpTo: { 'AWS::EC2::RegionSettings': 'b' } });
    expect(finished).toBe(false);
  });

  test('does not part resources of one ARN because one of them takes too long', async () => {
    const slow = slowSource({ a: Promise.resolve(), b: Promise.resolve(), c: forEver });
    const sameArn: ResourceSource = {
      ...slow,
      list: async (...given) =>
        (await slow.list(...given)).map(({ identity, facet }) => ({
          facet,
          identity: { ...identity, arn: identity.id === 'a' ? 'a' : 'b' },
        })),
    };
    const late = { now: false };
    const look = looking([sameArn], () => late.now);
    await vi.advanceTimersByTimeAsync(1_000);
    late.now = true;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await look).toMatchObject({ resources: 1, reached: { judgedUpTo: { 'AWS::EC2::RegionSettings': 'a' } } });
  });

  test('waits a while for what it has begun', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const late = { now: false };
    const look = looking([slowSource({ a: promise, b: promise })], () => late.now);
    await vi.advanceTimersByTimeAsync(1_000);
    late.now = true;
    await vi.advanceTimersByTimeAsync(10_000);
    resolve();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await look).toMatchObject({ resources: 2, finished: true });
  });
});

/** Resources whose facets arrive some time. */
function slowSource(arrivals: Readonly<Record<string, Promise<void>>>): ResourceSource {
  const type = 'AWS::EC2::RegionSettings';
  const resources = Object.entries(arrivals).map(([id, arrival]): Resource => {
    const identity = { type, id, arn: id, ...SCOPE, partition: 'aws', tags: {} } as const;
    const value = { read: true, value: false } as const;
    let hasArrived = false;
    const late = arrival.then(() => {
      hasArrived = true;
      return value;
    });
    return { identity, facet: () => (hasArrived ? value : late) };
  });
  const only = () => Promise.reject(new Error('not asked here'));
  return {
    type,
    scope: 'regional',
    listCalls: [],
    onlyCalls: [],
    changes: [],
    facetCalls: {},
    list: async () => new Listed(resources),
    only,
  };
}

describe('a look that goes on from a bookmark', () => {
  test('judges what is left, and lists anew what was begun', async () => {
    const { judged, listed, finished, reached } = await look(whole(group('a'), group('b'), group('c'), acl('d')), {
      outOfTime: never,
      bookmark: bookmark({ done: [ACL], judgedUpTo: { [GROUP]: arnOf(group('b')) } }),
    });
    expect(judged).toEqual(['c']);
    expect(finished).toBe(true);
    expect(listed).toEqual(new Map([[GROUP, new Set(['a', 'b', 'c'].map((id) => arnOf(group(id))))]]));
    expect(reached).toEqual({ done: [ACL, GROUP], judgedUpTo: {} });
  });

  test('says once that a listing broke off', async () => {
    const world: World = { things: [group('a'), group('b')], broken: [GROUP] };
    const first = await look(world, { outOfTime: timeFor(2 + 1), bookmark: undefined });
    expect(first.evaluations.map(({ status }) => status)).toEqual(['FAIL', 'UNKNOWN']);
    const sight = { ...bookmark({}).sight, incompleteTypes: [...first.incompleteTypes] };
    const second = await look(world, { outOfTime: never, bookmark: bookmark({ ...first.reached, sight }) });
    expect(second.evaluations.map(({ status }) => status)).toEqual(['FAIL']);
    expect(second.finished).toBe(true);
  });
});

test('a refused listing is done with: it says UNKNOWN, and another round would not help', async () => {
  const sources = fakeSources(() => {
    throw new Unread(refused);
  });
  const limit = { outOfTime: never, bookmark: undefined };
  const { finished, incompleteTypes, evaluations } = await observe(
    { session: testSession(), sources, checks: fakeChecks(), now: ticking() },
    SCOPE,
    limit,
  );
  expect([finished, incompleteTypes.size, evaluations.length]).toEqual([true, 2, 2]);
});
