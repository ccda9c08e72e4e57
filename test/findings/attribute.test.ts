import { describe, expect, test } from 'vitest';
import { causesOf } from '../../findings/attribute.ts';
import type { Transition, TransitionKind } from '../../findings/finding.ts';
import { NEVER } from '../../findings/run.ts';
import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { ChangeLookup, SoughtChange } from '../../inventory/events/lookup.ts';
import { toEvent } from '../../inventory/events/to-event.ts';
import { Unread } from '../../inventory/facet.ts';
import { record } from '../inventory/events/records.ts';
import { testSession } from '../inventory/session.ts';
import { fakeChecks, refused } from './fake-scope.ts';
import { at, finding } from './samples.ts';

const NOON = new Date(at(12));

function step(
  id: string,
  kind: TransitionKind = 'opened',
  change: Parameters<typeof finding>[1] = {},
  before?: Transition['before'],
): Transition {
  return { kind, before, finding: finding(id, { observedAt: at(12), ...change }) };
}

function event(id = 'e-1'): CloudTrailEvent | undefined {
  return toEvent(record({ eventID: id, requestParameters: { groupId: 'sg-1' } }));
}

interface Given {
  readonly lookUp?: ChangeLookup;
  readonly sightedAt?: string;
  readonly now?: () => Date;
  readonly outOfTime?: () => boolean;
}

async function causes(
  transitions: readonly Transition[],
  { lookUp, sightedAt = at(8), now = () => NOON, outOfTime = () => false }: Given = {},
) {
  const sought: SoughtChange[] = [];
  const given = await causesOf(transitions, {
    ...{ session: testSession(), checks: fakeChecks(), sightedAt: () => sightedAt, now, outOfTime },
    lookUp: async (session, change, maySend) => {
      sought.push(change);
      return lookUp ? lookUp(session, change, maySend) : event();
    },
  });
  return { given, sought, ids: sought.map(({ resource }) => resource.id) };
}

test('a step gets the event that was found as its probable cause', async () => {
  const transition = step('sg-1');
  const { given } = await causes([transition]);
  expect(given.get(transition.finding.id)).toMatchObject({
    found: 'lookup',
    eventId: 'e-1',
    eventName: 'AuthorizeSecurityGroupIngress',
    eventSource: 'ec2.amazonaws.com',
    at: '2026-11-21T08:00:00.000Z',
    region: 'eu-west-1',
    actor: { kind: 'user', name: 'ana' },
  });
});

test('a step of which nothing is found has none', async () => {
  expect((await causes([step('sg-1')], { lookUp: async () => undefined })).given.size).toBe(0);
});

describe('which steps are asked about', () => {
  test('the worst first, those that ended last, and those that are told to nobody not at all', async () => {
    const { ids } = await causes([
      step('sg-changed', 'changed', { severity: 'CRITICAL' }),
      step('sg-resolved', 'resolved', { severity: 'CRITICAL' }),
      step('sg-low', 'opened', { severity: 'LOW' }),
      step('sg-high', 'reopened', { severity: 'HIGH' }),
      step('sg-critical', 'escalated', { severity: 'CRITICAL' }),
    ]);
    expect(ids).toEqual(['sg-critical', 'sg-high', 'sg-low', 'sg-resolved']);
  });

  test('twenty at most', async () => {
    const many = Array.from({ length: 30 }, (_, index) => step(`sg-${index}`));
    expect((await causes(many)).ids).toHaveLength(20);
  });

  test('two of one resource once, if their checks rest on the same', async () => {
    const transitions = [step('sg-1', 'opened', { id: 'one' }), step('sg-1', 'opened', { id: 'two' })];
    const { given, ids } = await causes(transitions);
    expect(ids).toEqual(['sg-1']);
    expect([...given.keys()]).toEqual(['one', 'two']);
  });
});

describe('what is asked', () => {
  test('what happened before the look, since the finding was last seen otherwise', async () => {
    const { sought } = await causes([step('sg-1'), step('sg-2', 'reopened', {}, finding('sg-2', { observedAt: at(9) }))]);
    expect(sought).toMatchObject([
      { since: new Date(at(4)), until: NOON, gone: false },
      { since: new Date(at(5)), until: NOON, gone: false },
    ]);
  });

  test('nothing from before the last look that saw it otherwise: what time alone has brought about is nobody to blame for', async () => {
    const { sought } = await causes([step('sg-1', 'resolved', {}, finding('sg-1', { observedAt: at(1) }))], { sightedAt: at(10) });
    expect(sought).toMatchObject([{ since: new Date(at(6)) }]);
  });

  test('everything that is kept, where nobody could judge before', async () => {
    expect((await causes([step('sg-1')], { sightedAt: NEVER })).sought).toMatchObject([{ since: new Date(0) }]);
  });

  test('of a resource that is gone, its deletion', async () => {
    const [opening] = finding('sg-1').history;
    if (!opening) throw new Error('a finding has a history');
    const history = [opening, { ...opening, kind: 'resolved' as const, reason: 'the resource is gone' }];
    expect((await causes([step('sg-1', 'resolved', { state: 'resolved', history })])).sought).toMatchObject([{ gone: true }]);
  });
});

describe('the budget', () => {
  test('is of forty requests', async () => {
    let asked = 0;
    const lookUp: ChangeLookup = async (_session, _sought, maySend) => {
      for (let request = 0; request < 5; request += 1) if (maySend()) asked += 1;
      return undefined;
    };
    await causes(
      Array.from({ length: 20 }, (_, index) => step(`sg-${index}`)),
      { lookUp },
    );
    expect(asked).toBe(40);
  });

  test('is of half a minute', async () => {
    let seconds = 0;
    const now = () => new Date(NOON.getTime() + (seconds += 10) * 1000);
    const allowed: boolean[] = [];
    const lookUp: ChangeLookup = async (_session, _sought, maySend) => {
      allowed.push(maySend());
      return undefined;
    };
    await causes([step('sg-1'), step('sg-2'), step('sg-3'), step('sg-4')], { lookUp, now });
    expect(allowed).toEqual([true, true, false, false]);
  });

  test('is nothing when the scan is out of time', async () => {
    const lookUp: ChangeLookup = async (_session, _sought, maySend) => (maySend() ? event() : undefined);
    expect((await causes([step('sg-1')], { lookUp, outOfTime: () => true })).given.size).toBe(0);
  });

  test('does not wait for an answer that does not come', async () => {
    const first = step('sg-1', 'opened', { severity: 'CRITICAL' });
    let over = false;
    const lookUp: ChangeLookup = async (_session, { resource }) => {
      if (resource.id === 'sg-1') return event();
      over = true;
      return new Promise(() => undefined);
    };
    const { given } = await causes([first, step('sg-2')], { lookUp, outOfTime: () => over });
    expect([...given.keys()]).toEqual([first.finding.id]);
  });
});

describe('a refusal', () => {
  test('ends the questions to that region, and to no other', async () => {
    const elsewhere = step('bucket', 'opened', { severity: 'LOW' });
    const moved = { ...elsewhere, finding: { ...elsewhere.finding, resource: { ...elsewhere.finding.resource, region: 'us-east-1' } } };
    const lookUp: ChangeLookup = async (_session, { resource }) => {
      if (resource.region === 'eu-west-1') throw new Unread(refused);
      return event();
    };
    const { given, ids } = await causes([step('sg-1'), step('sg-2'), moved], { lookUp });
    expect(ids).toEqual(['sg-1', 'bucket']);
    expect([...given.keys()]).toEqual([moved.finding.id]);
  });

  test('that is a bug of ours is thrown', async () => {
    const lookUp: ChangeLookup = () => Promise.reject(new TypeError('a bug'));
    await expect(causes([step('sg-1')], { lookUp })).rejects.toThrow('a bug');
  });
});
