import { describe, expect, test } from 'vitest';
import { planScopes } from '../../inventory/regions.ts';
import { ACCOUNT, fakeSession } from './fake-session.ts';

const planned = (answer: object, wanted?: readonly string[]) =>
  planScopes(fakeSession({ 'ec2:DescribeRegions': answer }, { regions: [] }).session, wanted);

describe('the regions of an account', () => {
  test('are scopes when they are enabled and wanted', async () => {
    const Regions = [
      { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
      { RegionName: 'eu-west-1', OptInStatus: 'opted-in' },
      { RegionName: 'me-south-1', OptInStatus: 'not-opted-in' },
    ];
    expect(await planned({ Regions }, ['eu-west-1'])).toEqual({
      scopes: ['global', 'eu-west-1'].map((region) => ({ accountId: ACCOUNT, region })),
      notEnabled: ['me-south-1'],
      leftOut: ['us-east-1'],
    });
  });

  test('are those that AWS names, however new', async () => {
    const Regions = [{ RegionName: 'antarctica-south-1', OptInStatus: 'opted-in' }];
    expect(await planned({ Regions })).toMatchObject({ scopes: [{ region: 'global' }, { region: 'antarctica-south-1' }] });
  });

  test.each([
    ['an empty body', {}],
    ['an empty list', { Regions: [] }],
    ['a region without a name', { Regions: [{ RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' }, {}] }],
  ])('are unread after %s, for every account has some', async (_what, answer) => {
    await expect(planned(answer)).rejects.toMatchObject({
      name: 'Unread',
      reason: { cause: 'malformed', operation: 'ec2:DescribeRegions' },
    });
  });
});
