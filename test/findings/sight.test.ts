import { expect, test } from 'vitest';
import type { Sight } from '../../findings/job.ts';
import { addSights, mergeGaps, toSight } from '../../findings/sight.ts';
import type { Gap } from '../../inventory/coverage.ts';
import { fails, group, isUnknown, passes, SCOPE } from './samples.ts';

const gap = (operation: string, count: number, region = 'eu-west-1'): Gap => ({
  ...{ operation, cause: 'denied', permissions: [operation], region, message: `${operation}: denied`, count },
});
const usage = { calls: 10, throttles: 1, milliseconds: 500 };

test('a look is counted', () => {
  const crashed = { ...isUnknown(group('sg-4')), crashed: true };
  const look = {
    ...{ scope: SCOPE, observedAt: '', listed: new Map(), reached: { done: [], judgedUpTo: {} }, finished: true, resources: 4 },
    evaluations: [passes(group('sg-1')), fails(group('sg-2')), isUnknown(group('sg-3')), crashed],
    incompleteTypes: new Set(['AWS::EC2::SecurityGroup', 'AWS::EC2::NetworkAcl'] as const),
  };
  expect(toSight(look, [gap('ec2:DescribeVpcs', 2)], usage)).toEqual({
    ...{ resources: 4, evaluations: 4, unknown: 2, crashed: 1 },
    incompleteTypes: ['AWS::EC2::NetworkAcl', 'AWS::EC2::SecurityGroup'],
    ...{ gaps: [gap('ec2:DescribeVpcs', 2)], usage },
  });
});

test('two rounds are added up, and a refusal met in both is one', () => {
  const first: Sight = {
    ...{ resources: 4, evaluations: 8, unknown: 2, crashed: 1, usage },
    ...{ incompleteTypes: ['B', 'A'], gaps: [gap('ec2:DescribeVpcs', 2), gap('ec2:DescribeVpcs', 1, 'us-east-1')] },
  };
  const second: Sight = { ...first, incompleteTypes: ['B', 'C'], gaps: [gap('ec2:DescribeVpcs', 3), gap('iam:ListUsers', 1)] };
  expect(addSights(first, second)).toEqual({
    ...{ resources: 8, evaluations: 16, unknown: 4, crashed: 2, incompleteTypes: ['A', 'B', 'C'] },
    gaps: [gap('ec2:DescribeVpcs', 5), gap('ec2:DescribeVpcs', 1, 'us-east-1'), gap('iam:ListUsers', 1)],
    usage: { calls: 20, throttles: 2, milliseconds: 1_000 },
  });
});

test('a refusal for another cause is another one', () => {
  const throttled: Gap = { ...gap('ec2:DescribeVpcs', 1), cause: 'throttled' };
  expect(mergeGaps([gap('ec2:DescribeVpcs', 1), throttled])).toHaveLength(2);
});
