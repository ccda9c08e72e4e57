import { describe, expect, test } from 'vitest';
import { ACL, did, FACET, GROUP, group, noon, reactingWorld } from './reacting-world.ts';
import { SCOPE } from './samples.ts';
import { temporaryFile } from './temporary-file.ts';

const begin = () => reactingWorld(temporaryFile('findings.db'));
const opened = did('AuthorizeIngress', 0);
const closed = did('RevokeIngress', 10);
const deleted = did('DeleteGroup', 10, { gone: true });

/** A world in which sg-1 was opened at noon, which was told three seconds later. */
async function beginOpen() {
  const world = await begin();
  world.state.things = [group('FAIL')];
  await world.react(3, [opened]);
  return world;
}

describe('what somebody did to a resource', () => {
  test('opens a finding that names them, and is told at once', async () => {
    const world = await begin();
    world.state.things = [group('FAIL')];
    const reaction = await world.react(3, [opened]);
    expect(reaction).toMatchObject({ events: 1, looked: 1, detectionSeconds: [3], transitions: { opened: 1 } });
    expect(reaction.failures.size).toBe(0);
    const cause = { found: 'event', eventId: 'AuthorizeIngress-0', eventName: 'AuthorizeIngress', at: noon(0), actor: { name: 'ana' } };
    expect(await world.find()).toMatchObject({
      ...{ state: 'open', unannounced: true, observedAt: noon(3) },
      history: [{ kind: 'opened', runId: 'event-AuthorizeIngress-0', cause }],
    });
  });

  test('is judged by what is there, not by what the event says', async () => {
    const world = await begin();
    world.state.things = [group('PASS')];
    await world.react(3, [opened]);
    expect(await world.findings()).toEqual([]);
  });

  test('resolves the finding, and the one who mended it is named', async () => {
    const world = await beginOpen();
    world.state.things = [group('PASS')];
    await world.react(13, [closed]);
    expect(await world.find()).toMatchObject({
      state: 'resolved',
      history: [{}, { kind: 'resolved', cause: { eventName: 'RevokeIngress' } }],
    });
  });

  test('by deleting it resolves the finding', async () => {
    const world = await beginOpen();
    world.state.things = [];
    await world.react(13, [did('TagGroup', 11), deleted]);
    const history = [{}, { kind: 'resolved', reason: 'the resource is gone', cause: { eventName: 'DeleteGroup' } }];
    expect(await world.find()).toMatchObject({ state: 'resolved', history });
  });

  test('is of no account for other findings', async () => {
    const world = await begin();
    world.state.things = [group('FAIL'), group('FAIL', 'sg-2')];
    await world.react(3, [opened, did('Other', 0, { resourceId: 'sg-2' })]);
    world.state.things = [];
    await world.react(13, [deleted]);
    expect((await world.find('sg-2'))?.state).toBe('open');
  });

  test('is told with a name in an account that was never audited', async () => {
    const world = await begin();
    expect(await world.store.scopeRecord(SCOPE)).toBeUndefined();
    world.state.things = [group('FAIL')];
    await world.react(3, [opened]);
    expect((await world.find())?.unannounced).toBe(true);
  });

  test('does not resolve what an audit has seen since', async () => {
    const world = await beginOpen();
    await world.audited(60);
    world.state.things = [group('PASS')];
    await world.react(13, [closed]);
    expect((await world.find())?.state).toBe('open');
  });
});

describe('a deletion', () => {
  test('counts only if the answer was whole', async () => {
    const world = await beginOpen();
    Object.assign(world.state, { things: [], broken: [GROUP] });
    const { blind } = await world.react(13, [deleted]);
    expect((await world.find())?.state).toBe('open');
    expect(blind).toMatchObject([{ ...SCOPE, type: GROUP, reason: { cause: 'denied' } }]);
  });

  test('of a resource that is there again opens nothing in its name', async () => {
    const world = await begin();
    world.state.things = [group('FAIL')];
    await world.react(13, [deleted]);
    expect((await world.find())?.history[0]).not.toHaveProperty('cause');
  });

  test('is not concluded from a service that may not know of what was just made', async () => {
    const world = await beginOpen();
    world.state.things = [];
    await world.react(13, [did('TagGroup', 11)]);
    expect((await world.find())?.state).toBe('open');
    const [, again = []] = world.again;
    await world.react(73, [{ messageId: 'again', again }]);
    expect((await world.find())?.history.at(-1)).toMatchObject({ kind: 'resolved', reason: 'the resource is gone' });
  });

  test('does not follow from a change elsewhere', async () => {
    const world = await beginOpen();
    world.state.things = [];
    await world.react(13, [did('DeleteRoute', 10, { indirect: true })]);
    expect((await world.find())?.state).toBe('open');
  });
});

describe('an event that does not tell which resource', () => {
  const anything = did('Something', 10, { resourceId: '*' });
  const beginAudited = async () => {
    const world = await begin();
    await world.audited(-3_600);
    return world;
  };

  test('has all of the type looked at, and what is gone is found out', async () => {
    const world = await beginAudited();
    world.state.things = [group('FAIL'), group('FAIL', 'sg-2'), { type: ACL, id: 'acl-1', status: 'FAIL' }];
    await world.react(3, [opened, did('Other', 0, { resourceId: 'sg-2' }), did('Acl', 0, { resourceType: ACL, resourceId: 'acl-1' })]);
    world.state.things = [group('PASS', 'sg-2'), group('FAIL', 'sg-3')];
    world.asked.length = 0;
    await world.react(60, [anything]);
    expect(world.reads()).toEqual([`all of ${GROUP}`]);
    const states = (await world.findings()).map(({ resource, state }) => `${resource.id} ${state}`).sort();
    expect(states).toEqual(['acl-1 open', 'sg-1 resolved', 'sg-2 resolved', 'sg-3 open']);
  });

  test('finds out what fails again', async () => {
    const world = await beginOpen();
    await world.audited(-3_600);
    world.state.things = [group('PASS')];
    await world.react(13, [closed]);
    world.state.things = [group('FAIL')];
    await world.react(23, [did('Something', 20, { resourceId: '*' })]);
    expect(await world.find()).toMatchObject({ state: 'open', reopened: 1, history: [{}, {}, { kind: 'reopened' }] });
  });

  test('names whoever did it as no more than probable', async () => {
    const world = await beginAudited();
    world.state.things = [group('FAIL')];
    await world.react(13, [anything]);
    expect((await world.find())?.history).toMatchObject([{ cause: { eventName: 'Something', unsure: true } }]);
  });

  test('does not name somebody who touched the resource itself any less for it', async () => {
    const world = await beginAudited();
    world.state.things = [group('FAIL')];
    await world.react(13, [anything, did('Opened', 11)]);
    const [step] = (await world.find())?.history ?? [];
    expect(step?.cause).toMatchObject({ eventName: 'Opened' });
    expect(step?.cause).not.toHaveProperty('unsure');
  });

  test('leaves what was never audited to its first audit, that it may tell in one digest all that is wrong', async () => {
    const world = await begin();
    world.state.things = [group('FAIL')];
    expect(await world.react(13, [anything])).toMatchObject({ looked: 0, passedOver: 1 });
    const [again = []] = world.again;
    await world.react(73, [{ messageId: 'again', again }]);
    expect(world.asked).toEqual([]);
    expect(await world.findings()).toEqual([]);
  });

  test('is heeded a minute later when an audit has come to its end in between', async () => {
    const world = await begin();
    world.state.things = [group('FAIL')];
    await world.react(13, [anything]);
    await world.audited(9);
    const [again = []] = world.again;
    expect(await world.react(73, [{ messageId: 'again', again }])).toMatchObject({ transitions: { opened: 1 } });
  });

  describe('and changed something else', () => {
    const elsewhere = (seconds: number) => did('DeleteRoute', seconds, { resourceId: '*', indirect: true });

    test('has all of the type looked at once in a while, however many there are, and in the end for all of them', async () => {
      const world = await beginAudited();
      world.state.things = [group('PASS')];
      for (const second of [10, 12, 14, 16]) await world.react(second, [elsewhere(second - 1)]);
      expect(world.reads()).toHaveLength(1);
      world.state.things = [group('FAIL')];
      expect(world.again).toHaveLength(4);
      await world.react(76, [{ messageId: 'again', again: world.again.flat() }]);
      expect(world.reads()).toHaveLength(2);
      expect((await world.find())?.history).toMatchObject([{ kind: 'opened', cause: { at: noon(15), unsure: true } }]);
    });

    test('is looked into at once after that while', async () => {
      const world = await beginAudited();
      for (const second of [10, 41]) await world.react(second, [elsewhere(second - 1)]);
      expect(world.reads()).toHaveLength(2);
    });
  });

  test('is looked into at once if it has changed one of them itself', async () => {
    const world = await beginAudited();
    for (const second of [10, 12]) await world.react(second, [did('Something', second - 1, { resourceId: '*' })]);
    expect(world.reads()).toHaveLength(2);
  });
});

describe('several people at once', () => {
  const byBob = {
    userIdentity: { type: 'IAMUser', userName: 'bob', arn: 'arn:aws:iam::111122223333:user/bob', accountId: '111122223333' },
  };
  const causeOf = async (...arrivals: readonly ReturnType<typeof did>[]) => {
    const world = await begin();
    await world.audited(-3_600);
    world.state.things = [group('FAIL')];
    await world.react(5, arrivals);
    return (await world.find())?.history[0]?.cause;
  };
  const bobs = did('Opened', 1, {}, byBob);

  test('make the newest no more than probable', async () => {
    expect(await causeOf(did('Changed', 2), bobs)).toMatchObject({ eventName: 'Changed', unsure: true });
  });

  test.each([
    ['none', { resourceId: '*' }],
    ['something else', { indirect: true }],
    ['something else of which there are many', { indirect: true, resourceId: '*' }],
  ])('are named after the one who changed the resource itself, not after a later one who changed %s', async (_what, touch) => {
    expect(await causeOf(bobs, did('Changed', 2, touch))).toMatchObject({ eventName: 'Opened', actor: { name: 'bob' }, unsure: true });
  });

  test('may have been at it before an event that comes late', async () => {
    const world = await begin();
    world.state.things = [group('FAIL')];
    await world.react(700, [bobs]);
    expect((await world.find())?.history).toMatchObject([{ cause: { actor: { name: 'bob' }, unsure: true } }]);
  });

  test('are of no account for each other where they change different things', async () => {
    const cause = await causeOf(bobs, did('Changed', 2, { resourceId: 'sg-2' }), did('Tagged', 3, { facets: ['tags'] }));
    expect(cause).toMatchObject({ actor: { name: 'bob' } });
    expect(cause).not.toHaveProperty('unsure');
  });
});

describe('events', () => {
  test('of a batch that touch the same thing cost one look, and the newest is behind it', async () => {
    const world = await begin();
    world.state.things = [group('FAIL')];
    await world.react(3, [did('Third', 2), opened, did('Second', 1)]);
    expect(world.reads()).toEqual(['sg-1']);
    expect((await world.find())?.history).toMatchObject([{ cause: { eventName: 'Third' } }]);
  });

  test('of different resources of a type are read in one go', async () => {
    const world = await begin();
    world.state.things = [group('FAIL'), group('FAIL', 'sg-2')];
    await world.react(3, [opened, did('Other', 0, { resourceId: 'sg-2' })]);
    expect(world.reads()).toEqual(['sg-1 sg-2']);
    expect((await world.find('sg-2'))?.history).toMatchObject([{ cause: { eventName: 'Other' } }]);
  });

  test('that come twice change nothing, and nothing is read again', async () => {
    const world = await beginOpen();
    const before = await world.findings();
    expect(await world.react(5, [opened, opened])).toMatchObject({ looked: 0, passedOver: 1, transitions: { opened: 0 } });
    expect(world.reads()).toEqual(['sg-1']);
    expect(await world.findings()).toEqual(before);
  });

  test('that come late are passed over when somebody has looked since', async () => {
    const world = await beginOpen();
    expect(await world.react(6, [did('Late', 2)])).toMatchObject({ looked: 0, passedOver: 1 });
  });

  test('of the second in which somebody looked may not have been seen', async () => {
    const world = await beginOpen();
    expect(await world.react(6, [did('JustThen', 3)])).toMatchObject({ looked: 1 });
  });

  test('in the wrong order come to the same', async () => {
    const world = await begin();
    world.state.things = [group('PASS')];
    await world.react(13, [closed]);
    await world.react(14, [opened]);
    expect(await world.findings()).toEqual([]);
    expect(world.reads()).toEqual(['sg-1']);
  });

  test('without a time are looked into every time', async () => {
    const world = await begin();
    const timeless = did('Timeless', 0, {}, { eventTime: 'yesterday' });
    for (const second of [3, 4]) expect(await world.react(second, [timeless])).toMatchObject({ looked: 1, detectionSeconds: [] });
  });

  test('that say what they have changed wake the checks that rest on it, and no others', async () => {
    const world = await begin();
    world.state.things = [group('FAIL')];
    expect(await world.react(3, [did('Tagged', 0, { facets: ['tags'] })])).toMatchObject({ looked: 0 });
    expect(world.asked).toEqual([]);
    expect(await world.react(3, [did('Changed', 0, { facets: ['tags', FACET] })])).toMatchObject({ looked: 1, transitions: { opened: 1 } });
  });

  test('are not covered by a look at something less', async () => {
    const world = await begin();
    await world.react(3, [did('Changed', 0, { facets: [FACET] })]);
    expect(await world.react(4, [did('Again', 0, { facets: [FACET] })])).toMatchObject({ looked: 0 });
    expect(await world.react(5, [opened])).toMatchObject({ looked: 1 });
    expect(await world.react(6, [did('Again', 0, { facets: [FACET] })])).toMatchObject({ looked: 0 });
  });

  test('that touch types which nobody judges are judged themselves, and that is all', async () => {
    const world = await begin();
    await world.react(3, [did('RunInstances', 0, { resourceType: 'AWS::EC2::Instance' })], {
      judge: () => [Object({ check: { id: 'activity-launched' } })],
    });
    expect(world.kept).toEqual(['RunInstances-0']);
    expect(world.asked).toEqual([]);
  });
});

describe('what only an audit can judge', () => {
  const rootUnused = (needs: readonly string[]) => async () => {
    const world = await begin();
    const checks = world.world.checks.map((ready) => ({ ...ready, check: { ...ready.check, needs } }));
    const change = (touch: object) => world.react(3, [did('Changed', 0, touch)], { checks });
    return change;
  };

  test('is left alone when anything may have changed', async () => {
    const change = await rootUnused(['rootEvents', FACET])();
    expect(await change({})).toMatchObject({ looked: 0 });
    expect(await change({ facets: [FACET] })).toMatchObject({ looked: 0 });
  });

  test('is judged when an event names it', async () => {
    const change = await rootUnused(['rootEvents', FACET])();
    expect(await change({ facets: ['rootEvents'] })).toMatchObject({ looked: 1 });
  });
});

describe('a second look', () => {
  test('is asked for once per batch and thing, with who was behind the first', async () => {
    const world = await begin();
    await world.react(3, [opened, did('Second', 1)]);
    expect(world.again).toEqual([[expect.objectContaining({ cause: expect.objectContaining({ eventName: 'Second' }) })]]);
  });

  test('finds out what the first could not see yet', async () => {
    const world = await begin();
    world.state.things = [group('PASS')];
    await world.react(3, [opened]);
    world.state.things = [group('FAIL')];
    const [again = []] = world.again;
    await world.react(63, [{ messageId: 'again', again }]);
    expect((await world.find())?.history).toMatchObject([{ kind: 'opened', cause: { eventName: 'AuthorizeIngress', unsure: true } }]);
    expect(world.again).toHaveLength(1);
  });

  test('is not made when somebody has looked since all had settled', async () => {
    const world = await begin();
    await world.react(3, [opened]);
    const [again = []] = world.again;
    await world.react(50, [did('Another', 49)]);
    expect(await world.react(63, [{ messageId: 'again', again }])).toMatchObject({ looked: 0, passedOver: 1 });
  });

  test('is not asked for when the first comes late enough', async () => {
    const world = await begin();
    await world.react(45, [opened]);
    expect(world.again).toEqual([]);
  });

  test('is asked for when an earlier look came too soon and nobody has asked', async () => {
    const world = await begin();
    await world.react(100, [opened]);
    expect(world.again).toEqual([]);
    expect(await world.react(101, [did('JustBefore', 98)])).toMatchObject({ looked: 0 });
    expect(world.again).toHaveLength(1);
  });
});
