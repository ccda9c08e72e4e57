import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/registry.ts';
import { EVENTS_DELIVERED, knownEventDelivery, readEventDelivery } from '../../findings/event-delivery.ts';
import type { Finding } from '../../findings/finding.ts';
import type { Sight } from '../../findings/job.ts';
import { NEVER, type ScopeRecord } from '../../findings/run.ts';
import { finding } from './samples.ts';

const SCOPE = { accountId: '111122223333', region: 'eu-west-1' };
const ARN = 'arn:aws:ec2:eu-west-1:111122223333:region-settings';
const NOW = new Date('2026-11-21T12:00:00.000Z');

const sight: Sight = {
  ...{ resources: 3, evaluations: 9, unknown: 0, crashed: 0, incompleteTypes: [], gaps: [] },
  usage: { calls: 5, throttles: 0, milliseconds: 900 },
};
const looked: ScopeRecord = { ...SCOPE, runId: 'run-1', seenAt: '2026-11-21T06:00:00.700Z', blindSince: {}, sight };
const refused: Sight = {
  ...sight,
  evaluations: 0,
  gaps: [{ operation: 'sts:AssumeRole', cause: 'denied', permissions: [], region: 'eu-west-1', message: 'no', count: 1 }],
};

interface Known {
  readonly record?: ScopeRecord;
  readonly heard?: string;
  readonly open?: Partial<Finding>;
}

/** What is made of what is known, and what was noted. */
async function deliveryOf({ record, heard, open }: Known) {
  const noted: string[] = [];
  const delivery = await readEventDelivery(
    {
      store: { scopeRecord: async () => record, finding: async () => open && finding(ARN, open) },
      reactions: {
        heartbeat: async () => heard,
        saveHeartbeat: async (_scope, at) => {
          noted.push(at);
        },
      },
      now: () => NOW,
    },
    SCOPE,
    ARN,
  );
  return { delivery, noted };
}

test('there is a check of that id', () => {
  expect(checks.map(({ id }) => id)).toContain(EVENTS_DELIVERED);
});

test('what the audit before did should have been heard, from the second on in which it began', async () => {
  const { delivery, noted } = await deliveryOf({ record: looked, heard: '2026-11-21T06:00:00.000Z' });
  expect(delivery).toEqual({ deployed: true, expectedSince: '2026-11-21T06:00:00.000Z', heardAt: '2026-11-21T06:00:00.000Z' });
  expect(noted).toEqual([]);
});

test('nothing is expected in the first look of all, which notes that listening has begun', async () => {
  const { delivery, noted } = await deliveryOf({});
  expect(delivery).toEqual({ deployed: true, expectedSince: undefined, heardAt: undefined });
  expect(noted).toEqual([NEVER]);
});

test('nothing is expected of an audit in which nobody listened yet', async () => {
  const { delivery, noted } = await deliveryOf({ record: looked });
  expect(delivery).toMatchObject({ expectedSince: undefined });
  expect(noted).toEqual([NEVER]);
});

test('whoever looks at the whole account learns the same, and leaves it to the look at the region to note that listening has begun', async () => {
  const store = { scopeRecord: async () => looked, finding: async () => undefined };
  const known = (heard: string | undefined) =>
    knownEventDelivery({ store, reactions: { heartbeat: async () => heard }, now: () => NOW }, SCOPE, ARN);
  const { delivery } = await deliveryOf({ record: looked, heard: '2026-11-21T06:00:00.000Z' });
  expect(await known('2026-11-21T06:00:00.000Z')).toEqual(delivery);
  expect(await known(undefined)).toEqual({ deployed: true, expectedSince: undefined, heardAt: undefined });
});

test('silence since listening began is no event', async () => {
  const { delivery } = await deliveryOf({ record: looked, heard: NEVER });
  expect(delivery).toEqual({ deployed: true, expectedSince: '2026-11-21T06:00:00.000Z', heardAt: undefined });
});

describe('nothing is expected of a look', () => {
  test.each<[string, ScopeRecord]>([
    ['that was less than twelve minutes ago', { ...looked, seenAt: '2026-11-21T11:48:00.001Z' }],
    ['that was refused', { ...looked, sight: refused }],
    ['that never came to anything', { ...looked, seenAt: NEVER }],
    ['from a command line, long before there was a deployment', { ...looked, sight: undefined }],
    ['from a command line, after an audit that began less than twelve minutes ago', { ...looked, sightRunId: '20261121T114900Z-3f2a' }],
    ['from a command line, after a run of which nobody knows when it was', { ...looked, sightRunId: 'run-0' }],
  ])('%s', async (_what, record) => {
    const { delivery } = await deliveryOf({ record, heard: '2026-11-20T06:00:00.000Z' });
    expect(delivery).toMatchObject({ expectedSince: undefined });
  });

  test('from a command line, but of the audit before it, lest nobody listen where somebody looks time and again', async () => {
    const record = { ...looked, seenAt: '2026-11-21T11:59:00.000Z', sightRunId: '20261121T060000Z-3f2a' };
    expect((await deliveryOf({ record, heard: NEVER })).delivery).toMatchObject({ expectedSince: '2026-11-21T06:00:00.000Z' });
  });

  test('but of one a while ago something is, even if audits follow each other as closely as they may', async () => {
    const { delivery } = await deliveryOf({ record: { ...looked, seenAt: '2026-11-21T11:46:00.000Z' }, heard: NEVER });
    expect(delivery).toMatchObject({ expectedSince: '2026-11-21T11:46:00.000Z' });
  });
});

describe('silence that is a finding already', () => {
  const soon = { ...looked, seenAt: '2026-11-21T11:59:00.000Z' };

  test('waits for a sign of life since it was found, however soon it is asked for', async () => {
    const open = { state: 'open' as const, openedAt: '2026-11-21T06:00:01.500Z' };
    const { delivery } = await deliveryOf({ record: soon, heard: '2026-11-20T06:00:00.000Z', open });
    expect(delivery).toMatchObject({ expectedSince: '2026-11-21T06:00:01.000Z', heardAt: '2026-11-20T06:00:00.000Z' });
  });

  test('is over once it is resolved', async () => {
    const open = { state: 'resolved' as const };
    expect((await deliveryOf({ record: soon, heard: '2026-11-20T06:00:00.000Z', open })).delivery).toMatchObject({
      expectedSince: undefined,
    });
  });
});
