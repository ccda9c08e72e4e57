import { describe, expect, test } from 'vitest';
import type { Place } from '../../../inventory/call.ts';
import { patchStateCalls, readOperatingSystem, readPatchState } from '../../../inventory/ssm/managed-instance.ts';
import { refusalOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, pages, refused } from '../fake-session.ts';

const information = { InstanceId: 'i-1', PingStatus: 'Online', PlatformName: 'Ubuntu', PlatformVersion: '22.04' };
const state = {
  InstanceId: 'i-1',
  MissingCount: 0,
  FailedCount: 0,
  Operation: 'Install',
  OperationEndTime: new Date('2026-03-02T04:00:00Z'),
};

function placeWith(answers: Answers) {
  const { session, sent } = fakeSession({
    'ssm:DescribeInstanceInformation': { InstanceInformationList: [information] },
    'ssm:DescribeInstancePatchStates': { InstancePatchStates: [state] },
    ...answers,
  });
  const place: Place = { session, scope: { accountId: ACCOUNT, region: 'eu-central-1' }, declared: patchStateCalls };
  return { place, sent };
}

const denied = () => {
  throw refused('AccessDeniedException');
};

describe('the operating system', () => {
  test('is known of an instance that has lost its connection', async () => {
    const { place } = placeWith({
      'ssm:DescribeInstanceInformation': pages(
        { InstanceInformationList: [] },
        { InstanceInformationList: [{ ...information, PingStatus: 'ConnectionLost' }] },
      ),
    });
    expect(await readOperatingSystem(place, 'i-1', 'all')).toEqual({ name: 'Ubuntu', version: '22.04' });
  });

  test.each([
    ['an instance that SSM does not manage', 'i-2', information],
    ['an instance that has not reported it', 'i-1', { ...information, PlatformVersion: undefined }],
  ])('of %s is no data', async (_, id, reported) => {
    const { place } = placeWith({ 'ssm:DescribeInstanceInformation': { InstanceInformationList: [reported] } });
    const reason = await refusalOf(() => readOperatingSystem(place, id, 'all'));
    expect(reason).toMatchObject({ cause: 'no-data', operation: 'ssm:DescribeInstanceInformation', permissions: [] });
  });

  test('is refused, not absent, where the listing breaks off before the instance', async () => {
    const { place } = placeWith({ 'ssm:DescribeInstanceInformation': pages({ InstanceInformationList: [information] }, {}) });
    expect(await readOperatingSystem(place, 'i-1', 'all')).toMatchObject({ name: 'Ubuntu' });
    expect(await refusalOf(() => readOperatingSystem(place, 'i-2', 'all'))).toMatchObject({ cause: 'malformed' });
  });
});

describe('the patch state', () => {
  test('of all managed instances of the region is asked in batches of fifty, without hybrid nodes', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `i-${String(index).padStart(3, '0')}`);
    const managed = [...ids, 'mi-1'].map((InstanceId) => ({ InstanceId }));
    const { place, sent } = placeWith({
      'ssm:DescribeInstanceInformation': { InstanceInformationList: managed },
      'ssm:DescribeInstancePatchStates': ({ InstanceIds }) => ({
        InstancePatchStates: Array.isArray(InstanceIds) ? InstanceIds.map((InstanceId) => ({ ...state, InstanceId })) : [],
      }),
    });
    for (const id of ids) expect(await readPatchState(place, id, 'all')).toMatchObject({ missing: 0, endedAt: '2026-03-02T04:00:00.000Z' });
    const asked = sent.filter(({ operation }) => operation === 'ssm:DescribeInstancePatchStates').map(({ input }) => input.InstanceIds);
    expect(asked).toEqual([ids.slice(0, 50), ids.slice(50, 100), ids.slice(100)]);
  });

  test('that there is none of is no data', async () => {
    const { place } = placeWith({ 'ssm:DescribeInstancePatchStates': { InstancePatchStates: [] } });
    const reason = await refusalOf(() => readPatchState(place, 'i-1', 'all'));
    expect(reason).toMatchObject({ cause: 'no-data', operation: 'ssm:DescribeInstancePatchStates', permissions: [] });
  });

  test('of an instance that SSM does not manage is no data, and not asked for', async () => {
    const { place, sent } = placeWith({});
    expect(await refusalOf(() => readPatchState(place, 'i-2', 'all'))).toMatchObject({ cause: 'no-data' });
    expect(sent.map(({ operation }) => operation)).toEqual(['ssm:DescribeInstanceInformation']);
  });

  test('has counts that may be missing one by one', async () => {
    const { place } = placeWith({});
    const patched = await readPatchState(place, 'i-1', 'all');
    expect(patched.missing).toBe(0);
    expect(() => patched.criticalNonCompliant).toThrow('CriticalNonCompliantCount');
  });

  test.each([
    ['ssm:DescribeInstanceInformation'],
    ['ssm:DescribeInstancePatchStates'],
  ])('is unread where %s is denied', async (operation) => {
    const { place } = placeWith({ [operation]: denied });
    expect(await refusalOf(() => readPatchState(place, 'i-1', 'all'))).toMatchObject({
      cause: 'denied',
      operation,
      permissions: [operation],
    });
  });
});
