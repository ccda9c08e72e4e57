import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { judgeFlowLogs } from '../../../checks/predicates/flow-logs.ts';
import type { FlowLog } from '../../../inventory/ec2/flow-log.ts';
import { identityOf } from '../example-resource.ts';

const identity = { ...identityOf('AWS::EC2::VPC'), id: 'vpc-1' };
const vpc = { isDefault: false, cidrs: ['10.0.0.0/16'], isShared: false };
const log: FlowLog = { id: 'fl-1', resourceId: 'vpc-1', active: true, delivery: 'SUCCESS', traffic: 'ALL' };
const of = (resourceId: string, changes: Partial<FlowLog> = {}): FlowLog => ({ ...log, id: `fl-${resourceId}`, resourceId, ...changes });

function judged(
  flowLogs: Iterable<FlowLog>,
  subnetIds: Iterable<string> = ['subnet-1', 'subnet-2'],
  interfaceIds: Iterable<string> = ['eni-1'],
) {
  return judgeFlowLogs({ identity, vpc, flowLogs, subnetIds, interfaceIds });
}

describe('rejected traffic of a VPC is recorded', () => {
  test.each<[string, readonly FlowLog[]]>([
    ['by a log of it', [log]],
    ['by a log of what is rejected alone', [{ ...log, traffic: 'REJECT' }]],
    ['by one log beside others that are of no use', [{ ...log, id: 'fl-0', active: false }, log]],
    ['by a log of each subnet', [of('subnet-1'), of('subnet-2')]],
  ])('%s', (_, flowLogs) => {
    expect(judged(flowLogs)).toEqual({ status: 'PASS' });
  });
});

describe('rejected traffic of a VPC is not recorded', () => {
  test.each<[string, readonly FlowLog[]]>([
    ['no flow log', []],
    ['flow logs of some subnets only', [of('subnet-1')]],
    ['flow logs of some subnets only', [of('eni-1')]],
    ['flow log of accepted traffic only', [{ ...log, traffic: 'ACCEPT' }]],
    ['flow log is not active', [{ ...log, active: false }]],
    ['flow log is not delivered', [{ ...log, delivery: 'FAILED' }]],
    [
      'flow log is not delivered',
      [
        { ...log, active: false },
        { ...log, id: 'fl-2', delivery: 'FAILED' },
      ],
    ],
    [
      'flow log is not active',
      [
        { ...log, active: false },
        { ...log, id: 'fl-2', traffic: 'ACCEPT' },
      ],
    ],
    ['flow log of accepted traffic only', [{ ...log, traffic: 'ACCEPT' }, of('subnet-1')]],
  ])('%s', (reason, flowLogs) => {
    expect(judged(flowLogs)).toMatchObject({ status: 'FAIL', reason });
  });

  test('by logs of subnets, where it has none', () => {
    expect(judged([], [])).toMatchObject({ status: 'FAIL' });
  });

  test('and the evidence is its logs, in an order of their own', () => {
    const logs = [of('subnet-1', { delivery: undefined, active: false }), of('other', { active: false })];
    expect(judged(logs)).toMatchObject({
      evidence: {
        flowLogs: [
          { id: 'fl-other', of: 'other', active: false, delivery: 'SUCCESS', traffic: 'ALL' },
          { id: 'fl-subnet-1', of: 'subnet-1', active: false, delivery: 'unknown', traffic: 'ALL' },
        ],
      },
    });
    expect(judged(logs.toReversed())).toEqual(judged(logs));
  });

  test('is LOW while nothing is in it, and only then', () => {
    expect(judged([], [], [])).toMatchObject({
      reason: 'no flow log, nothing in it',
      modifiers: [expect.objectContaining({ severity: 'LOW' })],
    });
    expect(judged([])).not.toHaveProperty('modifiers');
    expect(judged([], [], partial<string>([], 'ec2:DescribeNetworkInterfaces'))).not.toHaveProperty('modifiers');
  });
});

test.each<[string, () => unknown]>([
  ['whether it was delivered', () => judged([{ ...log, delivery: undefined }])],
  ['further logs', () => judged(partial<FlowLog>([], 'ec2:DescribeFlowLogs'))],
  ['further subnets', () => judged([of('subnet-1')], partial(['subnet-1'], 'ec2:DescribeSubnets'))],
])('where one is not told %s, nothing is said', (_, judge) => {
  expect(judge).toThrow(expect.objectContaining({ name: 'Unread' }));
});

test('a shared VPC is its owner’s to watch', () => {
  const shared = { identity, vpc: { ...vpc, isShared: true }, flowLogs: [], subnetIds: [], interfaceIds: [] };
  expect(judgeFlowLogs(shared)).toMatchObject({ status: 'NOT_APPLICABLE' });
});
