import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../findings/finding.ts';
import type { Bookmark } from '../../findings/job.ts';
import type { Observation } from '../../findings/observe.ts';
import type { ScopeRecord } from '../../findings/run.ts';
import { type ScopeScan, scanScope } from '../../findings/scan-scope.ts';
import { addSights, toSight } from '../../findings/sight.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import type { FindingStore } from '../../findings/store.ts';
import type { ResourceType, Scope } from '../../inventory/resource.ts';
import { testSession } from '../inventory/session.ts';
import { arnOf, fakeChecks, fakeSources, REGION, type Thing, TYPES, ticking, timeFor, type World } from './fake-scope.ts';
import { collect } from './samples.ts';

const [GROUP, ACL] = TYPES;
const group = (id: string, status: Thing['status'] = 'FAIL'): Thing => ({ type: GROUP, id, status });
const whole = (...things: readonly Thing[]): World => ({ things, broken: [] });
const FOREVER = Number.POSITIVE_INFINITY;

const folder = mkdtempSync(join(tmpdir(), 'posture-scans-'));
let store: FindingStore;
beforeAll(async () => {
  store = await openSqliteStore(join(folder, 'findings.db'));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

let accounts = 0;

/** An account of its own for each test, in one store. */
function freshScope(): Scope {
  return { accountId: String((accounts += 1)).padStart(12, '0'), region: REGION };
}

interface Round {
  readonly world: World;
  /** How many resources, or beginnings of types, there is time for. */
  readonly steps: number;
}

interface Scanned {
  readonly scope: Scope;
  /** One scan: each round goes on from the last one's bookmark; the last round given has all the time it needs. */
  readonly scan: (runId: string, ...rounds: readonly Round[]) => Promise<readonly ScopeScan[]>;
  readonly findings: () => Promise<readonly Finding[]>;
  readonly record: () => Promise<ScopeRecord | undefined>;
}

function scans(): Scanned {
  const scope = freshScope();
  const now = ticking();
  const session = testSession();
  const round = (runId: string, { world, steps }: Round, bookmark: Bookmark | undefined): Promise<ScopeScan> => {
    const sightOf = (observation: Observation) => toSight(observation, [], { calls: 1, throttles: 0, milliseconds: 1 });
    return scanScope({
      ...{ session, sources: fakeSources(() => world), checks: fakeChecks(), now, scope, store, runId, announce: true },
      rounds: {
        ...{ bookmark, outOfTime: timeFor(steps) },
        toSight: (observation) => (bookmark ? addSights(bookmark.sight, sightOf(observation)) : sightOf(observation)),
      },
    });
  };
  return {
    scope,
    async scan(runId, ...rounds) {
      const given: ScopeScan[] = [];
      let bookmark: Bookmark | undefined;
      for (const [index, each] of rounds.entries()) {
        const scan = await round(runId, index === rounds.length - 1 ? { ...each, steps: FOREVER } : each, bookmark);
        given.push(scan);
        if (scan.status === 'done') break;
        bookmark = scan.bookmark;
      }
      return given;
    },
    findings: () => collect(store.findings(scope)),
    record: () => store.scopeRecord(scope),
  };
}

/** What a finding came to, whatever the time was. */
function fateOf({ resource, checkId, state, severity, reason, reopened, history, version, unannounced }: Finding) {
  const steps = history.map((entry) => `${entry.kind} ${entry.runId} ${entry.reason}`);
  return { resource: `${resource.type} ${resource.id}`, checkId, state, severity, reason, reopened, version, steps, unannounced };
}

const fates = (findings: readonly Finding[]) =>
  findings.map(fateOf).sort((a, b) => `${a.checkId}${a.resource}`.localeCompare(`${b.checkId}${b.resource}`));

describe('a scan in several rounds', () => {
  test('does not take for gone what it has not come to yet', async () => {
    const { scan, findings } = scans();
    const world = whole(group('a'), group('b'), group('c'));
    await scan('run-1', { world, steps: FOREVER });
    const rounds = await scan('run-2', { world, steps: 3 }, { world, steps: 2 }, { world, steps: FOREVER });
    expect(rounds.map(({ status }) => status)).toEqual(['unfinished', 'unfinished', 'done']);
    expect((await findings()).map(({ state, version }) => [state, version])).toEqual([
      ['open', 1],
      ['open', 1],
      ['open', 1],
    ]);
  });

  test('finds out what is gone when it has seen the rest', async () => {
    const { scan, findings } = scans();
    await scan('run-1', { world: whole(group('a'), group('b'), group('c')), steps: FOREVER });
    const left = whole(group('b'), group('c'));
    const [first, second] = await scan('run-2', { world: left, steps: 3 }, { world: left, steps: FOREVER });
    expect(first?.transitions).toEqual([]);
    expect(second?.transitions.map(({ kind, finding }) => [kind, finding.resource.id])).toEqual([['resolved', 'a']]);
    expect((await findings()).filter(({ state }) => state === 'open')).toHaveLength(2);
  });

  test('was seen when it began, and is blind where any round was', async () => {
    const { scan, record } = scans();
    const seen = await scan('run-1', { world: whole(), steps: FOREVER });
    const world = whole(group('a', 'UNKNOWN'), group('b'));
    const [first, second] = await scan('run-2', { world, steps: 3 }, { world, steps: FOREVER });
    expect(await record()).toMatchObject({
      ...{ runId: 'run-2', firstRunId: 'run-1' },
      ...{ seenAt: first?.observation.observedAt, lookedAt: second?.observation.observedAt },
      blindSince: { 'securitygroup-closed': seen[0]?.observation.observedAt },
      tally: { 'securitygroup-closed': [0, 1, 1, 0] },
      sight: { resources: 2, evaluations: 2, unknown: 1, usage: { calls: 2, milliseconds: 2 } },
    });
  });

  test('outdates a look that began before its last round', async () => {
    const { scan, scope, findings } = scans();
    const world = whole(group('a'));
    await scan('run-1', { world, steps: FOREVER });
    const [first, last] = await scan('run-2', { world, steps: 1 }, { world, steps: FOREVER });
    const between = new Date(Date.parse(first?.observation.observedAt ?? '') + 1);
    expect(between.toISOString() < (last?.observation.observedAt ?? '')).toBe(true);
    const late = await scanScope({
      ...{ session: testSession(), sources: fakeSources(() => whole(group('a', 'PASS'))), checks: fakeChecks() },
      ...{ now: () => between, scope, store, runId: 'run-3', announce: true },
    });
    expect(late.transitions).toEqual([]);
    expect((await findings()).map(({ state }) => state)).toEqual(['open']);
  });
});

describe('the first look at a scope', () => {
  test('announces nothing singly, in none of its rounds', async () => {
    const { scan, findings } = scans();
    const world = whole(group('a'), group('b'));
    await scan('run-1', { world, steps: 3 }, { world, steps: FOREVER });
    expect((await findings()).map(({ unannounced }) => unannounced)).toEqual([false, false]);
  });

  test('is followed by one that does', async () => {
    const { scan, findings, record } = scans();
    await scan('run-1', { world: whole(), steps: FOREVER });
    await scan('run-2', { world: whole(group('a')), steps: FOREVER });
    expect((await findings()).map(({ unannounced }) => unannounced)).toEqual([true]);
    expect((await record())?.firstRunId).toBe('run-1');
  });
});

const things = fc.uniqueArray(
  fc.record({
    type: fc.constantFrom(...TYPES),
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    status: fc.constantFrom('FAIL', 'PASS', 'UNKNOWN'),
  }),
  // Some share an ARN, with another status.
  { maxLength: 10, selector: ({ type, id, status }) => `${type} ${id} ${status}` },
);
const worlds: fc.Arbitrary<World> = fc.record({ things, broken: fc.subarray([...TYPES]) });
const wholeWorlds: fc.Arbitrary<World> = things.map((all) => ({ things: all, broken: [] }));
const cuts = fc.array(fc.nat(5), { maxLength: 8 });

function expectRightlyResolved({ broken }: World, type: ResourceType, there: readonly Thing[]): void {
  expect(there.filter(({ status }) => status !== 'PASS')).toEqual([]);
  if (there.length === 0) expect(broken).not.toContain(type);
}

describe('wherever a scan is cut', () => {
  test('it ends as if it had not been', async () => {
    await fc.assert(
      fc.asyncProperty(wholeWorlds, worlds, cuts, async (before, after, steps) => {
        const [uncut, cut] = [scans(), scans()];
        for (const each of [uncut, cut]) await each.scan('run-1', { world: before, steps: FOREVER });
        await uncut.scan('run-2', { world: after, steps: FOREVER });
        await cut.scan('run-2', ...steps.map((many) => ({ world: after, steps: many })), { world: after, steps: FOREVER });
        expect(fates(await cut.findings())).toEqual(fates(await uncut.findings()));
        const [expected, record] = [await uncut.record(), await cut.record()];
        expect(Object.keys(record?.blindSince ?? {})).toEqual(Object.keys(expected?.blindSince ?? {}));
        expect({ ...record?.sight, usage: undefined }).toEqual({ ...expected?.sight, usage: undefined });
        expect(record?.tally).toEqual(expected?.tally);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test('nothing is resolved that was there and not well when its round looked, whatever comes and goes between the rounds', async () => {
    const rounds = fc.array(fc.record({ world: worlds, steps: fc.nat(5) }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(wholeWorlds, rounds, async (before, given) => {
        const { scan, findings, scope } = scans();
        await scan('run-1', { world: before, steps: FOREVER });
        const looks = await scan('run-2', ...given);
        const worldAt = new Map(looks.map(({ observation }, index) => [observation.observedAt, given[index]?.world]));
        for (const { resource, resolvedAt, state } of await findings()) {
          const isThis = (thing: Thing) => arnOf(thing, scope.accountId) === resource.arn;
          const world = resolvedAt === undefined ? undefined : worldAt.get(resolvedAt);
          if (world) expectRightlyResolved(world, resource.type, world.things.filter(isThis));
          const isGoneForGood = given.every((round) => !round.world.things.some(isThis) && round.world.broken.length === 0);
          if (isGoneForGood) expect(state).toBe('resolved');
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

test('types have nothing to do with each other', async () => {
  const { scan, findings } = scans();
  const world: World = { things: [group('a'), { type: ACL, id: 'a', status: 'FAIL' }], broken: [] };
  await scan('run-1', { world, steps: FOREVER });
  await scan('run-2', { world: { things: [group('a')], broken: [] }, steps: 2 }, { world: whole(group('a')), steps: FOREVER });
  expect((await findings()).map(({ resource, state }) => [resource.type, state]).sort()).toEqual([
    [ACL, 'resolved'],
    [GROUP, 'open'],
  ]);
});
