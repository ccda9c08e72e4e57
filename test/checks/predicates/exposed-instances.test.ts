import { describe, expect, test } from 'vitest';
import { refuse } from '../../../checks/check.ts';
import { instance, stopped } from '../../../checks/predicates/example-instances.ts';
import { exposed } from '../../../checks/predicates/example-networks.ts';
import { policy, role } from '../../../checks/predicates/example-principals.ts';
import { answersWithoutToken, judgeExposedAnd, powerOf } from '../../../checks/predicates/exposed-instances.ts';
import type { Openings } from '../../../checks/predicates/openings.ts';
import { toServices } from '../../../checks/predicates/ports.ts';
import { reachableServices } from '../../../checks/predicates/reachability.ts';
import type { PolicyStatement } from '../../../inventory/policy-document.ts';

describe('credentials are had without a token', () => {
  test.each([
    ['enabled', 'optional', true],
    ['enabled', 'required', false],
    ['disabled', 'optional', false],
    ['disabled', 'required', false],
  ] as const)('from an endpoint that is %s, with tokens %s: %s', (endpoint, tokens, expected) => {
    expect(answersWithoutToken({ endpoint, tokens, hopLimit: 1 })).toBe(expected);
  });
});

describe('the power of a role', () => {
  const may = (...actions: readonly string[]): PolicyStatement => ({ effect: 'Allow', actions, resources: ['*'], conditions: [] });
  const powerBy = (statement: PolicyStatement) => powerOf(role('web', policy('own', statement)));

  test('is that of an administrator, or that to become one', () => {
    expect(powerBy(may('*'))).toMatchObject({
      reason: 'is an administrator',
      evidence: { role: expect.stringMatching(/role\/web$/), grantedBy: [{ policy: 'own' }] },
    });
    expect(powerBy(may('iam:PutRolePolicy'))).toMatchObject({
      reason: 'may write an inline policy of its own',
      evidence: { role: expect.stringMatching(/role\/web$/), path: 'iam-put-on-role' },
    });
  });

  test('is none where it reads, or depends on something else', () => {
    expect(powerBy(may('s3:*'))).toBeUndefined();
    expect(powerBy(may('ssm:SendCommand'))).toBeUndefined();
  });
});

describe('an instance that is exposed and weak', () => {
  const open = reachableServices(() => [exposed], toServices({ '22': 'SSH' }));
  const closed: Openings = { found: [], undecided: undefined };
  const weak = { reason: 'unpatched', evidence: { missing: 3 } };
  const judged = (openings: () => Openings, weakness: () => typeof weak | undefined, of = instance) =>
    judgeExposedAnd(openings, weakness, of, ({ reason }) => `exposed and ${reason}`);

  test('fails, with what proves both', () => {
    expect(
      judged(
        () => open,
        () => weak,
      ),
    ).toEqual({
      status: 'FAIL',
      reason: 'exposed and unpatched',
      evidence: { missing: 3, paths: [expect.objectContaining({ interface: 'eni-1', ports: '22' })] },
    });
  });

  test('is LOW while it is stopped', () => {
    expect(
      judged(
        () => open,
        () => weak,
        stopped,
      ),
    ).toMatchObject({
      reason: 'exposed and unpatched, when started',
      modifiers: [expect.objectContaining({ severity: 'LOW' })],
    });
  });

  test.each<[string, () => Openings, () => typeof weak | undefined]>([
    ['closed', () => closed, () => weak],
    ['strong', () => open, () => undefined],
    ['strong, whatever was not read of the network', () => refuse('ec2:DescribeNetworkAcls'), () => undefined],
    ['closed, whatever was not read of it', () => closed, () => refuse('ssm:DescribeInstancePatchStates')],
  ])('is not one that is %s', (_, openings, weakness) => {
    expect(judged(openings, weakness)).toEqual({ status: 'PASS' });
  });

  test('cannot be told where what was not read decides', () => {
    const undecided = { ...closed, undecided: reachableServices(() => refuse('ec2:DescribeNetworkInterfaces'), []).undecided };
    expect(() =>
      judged(
        () => undecided,
        () => weak,
      ),
    ).toThrow('ec2:DescribeNetworkInterfaces was denied');
    expect(() =>
      judged(
        () => open,
        () => refuse('ssm:DescribeInstancePatchStates'),
      ),
    ).toThrow('ssm:DescribeInstancePatchStates was denied');
  });
});
