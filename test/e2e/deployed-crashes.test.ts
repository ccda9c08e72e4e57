import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Invoke } from '../../emulator/running-deployment.ts';
import type { Item } from '../../findings/dynamodb-items.ts';
import { toRunId } from '../../findings/plan-audit.ts';
import { deployWorld, HUB, HUB_REGION, type World } from './deployed-world.ts';
import { ageClaims, CONFIG, drift, driftingHub, timeless, toSteps } from './drifting-hub.ts';
import { type DriftingReaction, functionOf, openReaction, ROLES, reactingAs } from './drifting-reaction.ts';

const NOW = Date.now();

/** What an audit has left behind, without times, ids of runs and counts of calls. */
interface Outcome {
  readonly status: string;
  readonly items: readonly unknown[];
  readonly objects: readonly string[];
  /** What was told, and how often. */
  readonly told: readonly string[];
}

let world: World;
/** The table before the audit that is disturbed. */
let before: readonly Item[];
let undisturbed: Outcome;
/** Calls of that audit by the role that made them. */
let calls: ReadonlyMap<string, readonly string[]>;
let reaction: DriftingReaction;
let audits = 0;

beforeAll(async () => {
  world = await deployWorld({
    config: CONFIG,
    regions: [HUB_REGION, 'us-east-1'],
    accounts: [driftingHub()],
    members: [],
    beforeRetry: () => ageClaims(world),
    unvalidated: true,
  });
  await run();
  await drift(world.aws);
  before = await world.items();
  world.aws.calls.reset();
  undisturbed = await run();
  calls = callsByRole();
  reaction = await openReaction(world, before);
}, 300_000);

afterAll(() => world?.stop());

const oneByOne = pLimit(1);

/** A scan at a time, so that calls have an order; and before a retry, what the service's pauses are for has happened. */
const steadily: Invoke = (_name, _payload, call) =>
  oneByOne(async () => {
    try {
      return await call();
    } catch (error) {
      await world.running.confirmations.drain();
      await ageClaims(world);
      throw error;
    }
  });

/** Runs an audit and tells what it changed. */
async function run(): Promise<Outcome> {
  audits += 1;
  const name = `audit-${audits}`;
  const startTime = new Date(NOW - 3_600_000 + Math.min(audits, 2) * 60_000).toISOString();
  const { outcome } = await world.running.audit({ name, startTime, invoke: steadily });
  await world.running.deliver();
  const id = toRunId(startTime, `${world.running.deployment.stateMachine.arn.replace(':stateMachine:', ':execution:')}:${name}`);
  const items = (await world.items()).map((item) => timeless(item, [id])).toSorted(byKey);
  return { status: outcome.status, items, objects: await world.objects(), told: (await world.running.messages()).flatMap(toSteps).sort() };
}

function byKey(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

/** Everything is put back, and what that puts into the stream is passed over. */
async function rewind(): Promise<void> {
  await world.restore(before);
  await world.running.stream.skip();
  world.aws.faults.clear();
}

const FUNCTIONS = ['plan', 'scan', 'summarize', 'notify', 'confirm'] as const;
const IN_THE_ACCOUNT = 'plan and scan, in the audited account';
/** Sessions are named after the run. */
const AS_MEMBER = { callerArn: `arn:aws:sts::${HUB}:assumed-role/cloud-posture-audit/*` };

/**
 * The calls after which a kill is tried: the first of each operation; in an audited account, where all of them are reads, the first of each service.
 * With POSTURE_KILLS=all every one, which takes many minutes.
 */
function killsAmong(made: readonly string[], isOnlyReading = false): readonly number[] {
  const kinds = made.map((name) => (isOnlyReading ? (name.split(':')[0] ?? name) : name));
  return kinds.flatMap((kind, index) => (process.env.POSTURE_KILLS === 'all' || kinds.indexOf(kind) === index ? index + 1 : []));
}

function callsByRole(): ReadonlyMap<string, readonly string[]> {
  const named = (list: ReturnType<World['aws']['calls']['list']>) => list.map(({ name }) => name);
  const own = FUNCTIONS.map((name) => [name, named(world.aws.calls.list({ callerArn: world.running.function(name).callerArn }))] as const);
  return new Map([...own, [IN_THE_ACCOUNT, named(world.aws.calls.list(AS_MEMBER))]]);
}

/** Runs the audit again, in which the nth call of a function is done, and its answer never heard. */
async function disturbed(caller: string, nth: number): Promise<Outcome & { readonly killed: number }> {
  await rewind();
  let killed = 0;
  const victims = FUNCTIONS.filter((name) => (caller === IN_THE_ACCOUNT ? name === 'plan' || name === 'scan' : name === caller));
  const unheard = () => {
    killed += 1;
    for (const name of victims) world.running.function(name).lambda.kill();
  };
  world.aws.faults.add({ ...callsOf(caller), nth, kind: { unheard } });
  return { ...(await run()), killed };
}

function callsOf(caller: string): { readonly callerArn: string } {
  return caller === IN_THE_ACCOUNT ? AS_MEMBER : world.running.function(caller);
}

test('the audit that is to be disturbed changes, tells and confirms something', () => {
  expect(undisturbed.status).toBe('SUCCEEDED');
  expect(undisturbed.told.filter((step) => step.startsWith('alone'))).toHaveLength(2);
  expect(undisturbed.told.filter((step) => step.startsWith('digest'))).not.toHaveLength(0);
  expect(undisturbed.told.filter((step) => step === 'a digest')).toHaveLength(1);
  for (const made of calls.values()) expect(made.length).toBeGreaterThan(2);
});

describe.each([...FUNCTIONS, IN_THE_ACCOUNT])('killed after a call of %s', (caller) => {
  test('every audit ends as if nothing had happened, and tells everything once', { timeout: 300_000 }, async () => {
    const made = calls.get(caller) ?? [];
    for (const nth of killsAmong(made, caller === IN_THE_ACCOUNT)) {
      const { killed, ...outcome } = await disturbed(caller, nth);
      const where = `after call ${nth} of ${made.length}, ${made[nth - 1]}`;
      expect(killed, where).toBe(1);
      expect(outcome, where).toEqual(undisturbed);
    }
  });
});

test('the reaction that is to be disturbed tells what was opened, and what was stopped', () => {
  const { signs, told, looksAgain } = reaction.undisturbed;
  expect(signs).toEqual([]);
  expect(told).toEqual([expect.stringMatching(/^activity: activity-cloudtrail-tampered /), expect.stringMatching(/^alone: opened /)]);
  expect(looksAgain).toBe(true);
  for (const role of ROLES) expect(reaction.callsOf(role).length).toBeGreaterThan(1);
});

describe.each(ROLES)('killed after a call of %s', (role) => {
  test('every reaction ends as if nothing had happened, and tells everything once', { timeout: 300_000 }, async () => {
    const made = reaction.callsOf(role);
    for (const nth of killsAmong(made)) {
      let killed = 0;
      const unheard = () => {
        killed += 1;
        world.running.function(functionOf(role)).lambda.kill();
      };
      const { signs, told, state, looksAgain } = await reaction.disturbed({ ...reactingAs(world, role), nth, kind: { unheard } });
      const where = `after call ${nth} of ${made.length}`;
      expect(killed, where).toBe(1);
      expect({ signs, told, looksAgain }, where).toMatchObject({ signs: [], told: reaction.undisturbed.told, looksAgain: true });
      expect(state, where).toBe(reaction.undisturbed.state);
    }
  });
});
