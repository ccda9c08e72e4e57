import { expect, test } from 'vitest';
import type { Finding } from '../../findings/finding.ts';
import { did, group, noon, reactingWorld } from './reacting-world.ts';
import { temporaryFile } from './temporary-file.ts';

const arrivals = [
  did('AuthorizeIngress', 0),
  did('Other', 1, { resourceId: 'sg-2' }),
  did('Something', 2, { resourceId: '*' }),
  did('Heartbeat', 3),
];

type World = Awaited<ReturnType<typeof reactingWorld>>;

async function begin(): Promise<World> {
  const world = await reactingWorld(temporaryFile('findings.db'));
  world.state.things = [group('FAIL'), group('FAIL', 'sg-2'), group('PASS', 'sg-3')];
  await world.audited(-3_600);
  return world;
}

/** Everything that is written, from a step on, fails: as when the function is killed there. What was begun at the same time has come to its end or not. */
function dying(world: World, step: number) {
  let left = step;
  const dead = new Error('killed');
  const alive =
    <Given extends readonly unknown[], Result>(work: (...given: Given) => Promise<Result>) =>
    (...given: Given): Promise<Result> =>
      left-- > 0 ? work(...given) : Promise.reject(dead);
  const { store, reactions, world: whole } = world;
  return {
    store: { ...store, save: alive(store.save) },
    reactions: { ...reactions, saveLook: alive(reactions.saveLook), saveHeartbeat: alive(reactions.saveHeartbeat) },
    lookAgain: alive(whole.lookAgain),
    used: () => step - left,
  };
}

/** What a reaction leaves behind, but for the times at which it looked. */
async function left(world: World): Promise<unknown> {
  const findings = (await world.findings()).map(({ id, state, version, unannounced, history }: Finding) => ({
    ...{ id, state, version, unannounced },
    history: history.map(({ kind, runId, cause }) => ({ kind, runId, cause })),
  }));
  const again = new Set(world.again.flat().map(({ touch, cause }) => `${touch.resourceId} ${cause.eventId}`));
  const heartbeat = await world.reactions.heartbeat({ accountId: '111122223333', region: 'eu-west-1' });
  return { findings: findings.sort((a, b) => (a.id < b.id ? -1 : 1)), again: [...again].sort(), heartbeat };
}

test('a reaction that is killed at any write comes to the same when its messages come again', async () => {
  const whole = await begin();
  const counting = dying(whole, Number.MAX_SAFE_INTEGER);
  expect((await whole.react(10, arrivals, counting)).failures.size).toBe(0);
  const expected = await left(whole);
  expect(expected).toMatchObject({ findings: [{ version: 1 }, { version: 1 }], heartbeat: noon(3) });
  expect(counting.used()).toBeGreaterThan(5);

  for (let step = 0; step < counting.used(); step += 1) {
    const world = await begin();
    const { failures } = await world.react(10, arrivals, dying(world, step));
    expect(failures.size).toBeGreaterThan(0);
    const again = arrivals.filter(({ messageId }) => failures.has(messageId));
    expect((await world.react(20, again)).failures.size).toBe(0);
    expect(await left(world)).toEqual(expected);
    // Nobody need have been told that some had failed.
    expect((await world.react(30, arrivals)).failures.size).toBe(0);
    expect(await left(world)).toEqual(expected);
  }
});

test('reactions to the same messages at the same time save each step once', async () => {
  const world = await begin();
  await Promise.all(Array.from({ length: 5 }, () => world.react(10, arrivals)));
  expect((await world.findings()).map(({ version, history }) => [version, history.length])).toEqual([
    [1, 1],
    [1, 1],
  ]);
});
