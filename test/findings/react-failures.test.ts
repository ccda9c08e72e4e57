import { describe, expect, test, vi } from 'vitest';
import { Unread } from '../../inventory/facet.ts';
import { ACL, did, GROUP, group, noon, reactingWorld, refusal } from './reacting-world.ts';
import { ACCOUNT, SCOPE } from './samples.ts';
import { temporaryFile } from './temporary-file.ts';

const begin = () => reactingWorld(temporaryFile('findings.db'));
const opened = did('AuthorizeIngress', 0);
const closed = did('RevokeIngress', 10);

/** A world in which sg-1 was opened at noon, which was told three seconds later. */
async function beginOpen() {
  const world = await begin();
  world.state.things = [group('FAIL')];
  await world.react(3, [opened]);
  return world;
}

describe('a refusal', () => {
  test('for want of permission changes nothing, is reported once, and does not come again', async () => {
    const world = await beginOpen();
    world.state.refusing = 'denied';
    const reaction = await world.react(13, [closed, did('Other', 11, { resourceId: 'sg-2' })]);
    expect(reaction.failures.size).toBe(0);
    expect(reaction.blind).toMatchObject([{ ...SCOPE, type: GROUP, reason: { operation: 'ec2:DescribeThings' } }]);
    expect((await world.find())?.state).toBe('open');
    expect(world.asked).toContain(`leave ${ACCOUNT}`);
  });

  test('of what came late is met by a second look, which may be let in by another role', async () => {
    const world = await beginOpen();
    Object.assign(world.state, { refusing: 'unsupported', things: [group('PASS')] });
    await world.react(100, [closed]);
    const [, again = []] = world.again;
    expect(again).toMatchObject([{ cause: { eventName: 'RevokeIngress' } }]);
    world.state.refusing = undefined;
    await world.react(160, [{ messageId: 'again', again }]);
    expect((await world.find())?.state).toBe('resolved');
  });

  test('of a second look is met by no third', async () => {
    const world = await beginOpen();
    const [again = []] = world.again;
    world.state.refusing = 'denied';
    await world.react(63, [{ messageId: 'again', again }]);
    expect(world.again).toHaveLength(1);
  });

  test.each(['throttled', 'timeout', 'failed'] as const)('that may pass (%s) has the message come again', async (cause) => {
    const world = await beginOpen();
    world.state.refusing = cause;
    const acl = did('Acl', 10, { resourceType: ACL, resourceId: 'acl-1' });
    expect([...(await world.react(13, [closed, acl])).failures.keys()].sort()).toEqual([acl.messageId, closed.messageId].sort());
    Object.assign(world.state, { refusing: undefined, things: [group('PASS')] });
    expect((await world.react(400, [closed, acl])).failures.size).toBe(0);
    expect((await world.find())?.state).toBe('resolved');
  });

  test('that will be the same next time does not have the message come again', async () => {
    const world = await beginOpen();
    const { reason } = refusal('failed');
    const sources = world.world.sources.map((source) => ({
      ...source,
      only: () => Promise.reject(new Unread({ ...reason, lasting: true })),
    }));
    const { failures, blind } = await world.react(13, [closed], { sources });
    expect([failures.size, blind.length]).toEqual([0, 1]);
    expect((await world.find())?.state).toBe('open');
  });

  test('costs no message anything that has not asked', async () => {
    const world = await begin();
    world.state.things = [group('FAIL')];
    const sources = world.world.sources.map((source) =>
      source.type === ACL ? { ...source, only: () => Promise.reject(refusal('throttled')) } : source,
    );
    const acl = did('Acl', 0, { resourceType: ACL, resourceId: 'acl-1' });
    const both = did('Both', 0, [{}, { resourceType: ACL, resourceId: 'acl-1' }]);
    const { failures } = await world.react(3, [opened, acl, both], { sources });
    expect([...failures.keys()].sort()).toEqual([acl.messageId, both.messageId].sort());
    expect((await world.find())?.state).toBe('open');
  });

  test('of one facet leaves that finding as it is', async () => {
    const world = await beginOpen();
    world.state.things = [group('UNKNOWN')];
    expect((await world.react(13, [closed])).blind).toHaveLength(1);
    expect((await world.find())?.state).toBe('open');
  });

  test('that does not come in time fails its messages alone', async () => {
    const world = await begin();
    world.state.things = [group('FAIL')];
    const never = new Promise<never>(() => undefined);
    const sources = world.world.sources.map((source) => (source.type === ACL ? { ...source, only: () => never } : source));
    const acl = did('Acl', 0, { resourceType: ACL, resourceId: 'acl-1' });
    let isKept = false;
    const saveLook: typeof world.reactions.saveLook = async (...given) => {
      await world.reactions.saveLook(...given);
      isKept = true;
    };
    const reactions = { ...world.reactions, saveLook };
    const { failures } = await world.react(3, [acl, opened], { sources, reactions, outOfTime: () => isKept });
    expect([...failures]).toEqual([[acl.messageId, expect.objectContaining({ name: 'OutOfTime' })]]);
    expect(await world.findings()).toHaveLength(1);
  });

  test('that comes when time has long been out saves nothing: it may be no longer true', async () => {
    const world = await beginOpen();
    const answer = Promise.withResolvers<void>();
    const sources = world.world.sources.map((source) => ({
      ...source,
      only: async (...given: Parameters<typeof source.only>) => {
        await answer.promise;
        return source.only(...given);
      },
    }));
    world.state.things = [group('PASS')];
    const read = vi.fn(world.store.finding);
    const store = { ...world.store, finding: read };
    expect((await world.react(13, [closed], { sources, store, outOfTime: () => true })).failures.size).toBe(1);
    answer.resolve();
    await vi.waitFor(() => expect(read).toHaveBeenCalled());
    await read.mock.results[0]?.value;
    await new Promise((resolve) => setImmediate(resolve));
    expect((await world.find())?.state).toBe('open');
  });

  test.each([
    ['denied', 1],
    ['unsupported', 1],
    ['no-data', 0],
    ['other-account', 0],
  ] as const)('has the account entered anew if it may be due to how it was entered (%s)', async (cause, times) => {
    const world = await beginOpen();
    world.state.refusing = cause;
    await world.react(13, [closed]);
    expect(world.asked.filter((what) => what.startsWith('leave'))).toHaveLength(times);
  });

  test('by a bug of ours in a source fails its messages alone', async () => {
    const world = await begin();
    const sources = world.world.sources.map((source) =>
      source.type === ACL ? { ...source, only: () => Promise.reject(new TypeError('a bug')) } : source,
    );
    const acl = did('Acl', 0, { resourceType: ACL, resourceId: 'acl-1' });
    expect([...(await world.react(3, [opened, acl], { sources })).failures.keys()]).toEqual([acl.messageId]);
  });
});

describe('an account', () => {
  const judge = () => [Object({ check: { id: 'activity-opened' } })];

  test('is entered once for a batch', async () => {
    const world = await begin();
    await world.react(3, [opened, did('Acl', 0, { resourceType: ACL, resourceId: 'acl-1' }), did('Elsewhere', 0, { region: 'eu-west-2' })]);
    expect(world.asked.filter((what) => what.startsWith('enter'))).toEqual([`enter ${ACCOUNT}`]);
  });

  test('that does not let us in is reported, and what was done there is kept', async () => {
    const world = await begin();
    world.state.locked = 'denied';
    const reaction = await world.react(3, [opened], { judge });
    expect(reaction.failures.size).toBe(0);
    expect(reaction.blind).toMatchObject([{ accountId: ACCOUNT, region: 'global', reason: { operation: 'sts:AssumeRole' } }]);
    expect(world.kept).toEqual(['AuthorizeIngress-0']);
  });

  test('that cannot be reached has its messages come again, and no others', async () => {
    const world = await begin();
    const elsewhere = did('Elsewhere', 0, {}, { recipientAccountId: '444455556666' });
    const { failures } = await world.react(3, [opened, elsewhere], {
      enter: async (accountId) => (accountId === ACCOUNT ? world.world.enter(accountId) : Promise.reject(refusal('timeout'))),
    });
    expect([...failures.keys()]).toEqual([elsewhere.messageId]);
  });

  test('that is not audited is not entered, and what was done there is kept', async () => {
    const world = await begin();
    expect((await world.react(3, [did('Foreign', 0, {}, { recipientAccountId: '999999999999' })], { judge })).failures.size).toBe(0);
    expect(world.asked).toEqual([]);
    expect(world.kept).toEqual(['Foreign-0']);
  });
});

describe('a message', () => {
  test('that cannot be judged fails alone', async () => {
    const world = await begin();
    world.state.things = [group('FAIL')];
    const poison = did('Poison', 0);
    const touchesOf: typeof world.world.touchesOf = (event) => {
      if (event.name === 'Poison') throw new TypeError('a bug');
      return world.world.touchesOf(event);
    };
    const { failures } = await world.react(3, [poison, opened], { touchesOf });
    expect([...failures.keys()]).toEqual([poison.messageId]);
    expect(await world.findings()).toHaveLength(1);
  });

  test('whose activities cannot be kept comes again, but is looked into', async () => {
    const world = await begin();
    world.state.things = [group('FAIL')];
    const judge = () => [Object({ check: { id: 'activity-opened' } })];
    const { failures } = await world.react(3, [opened], { judge, keep: () => Promise.reject(new Error('the table is gone')) });
    expect([...failures.keys()]).toEqual([opened.messageId]);
    expect(await world.findings()).toHaveLength(1);
  });

  test('that is a sign of life says so, and nothing else', async () => {
    const world = await begin();
    const reaction = await world.react(9, [did('Heartbeat', 5), did('Heartbeat', 2)]);
    expect(reaction).toMatchObject({ events: 0, looked: 0 });
    expect(await world.reactions.heartbeat(SCOPE)).toBe(noon(5));
    expect([...world.kept, ...world.asked]).toEqual([]);
  });

  test('names a check that failed by a bug', async () => {
    const world = await begin();
    const judge = () => [Object({ check: { id: 'activity-odd' }, crash: new TypeError('a bug') })];
    expect((await world.react(3, [opened], { judge })).crashed).toEqual(['activity-odd']);
  });
});
