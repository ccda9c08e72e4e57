import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { judgeEscalation } from '../../../checks/predicates/escalation-verdict.ts';
import { policy, role } from '../../../checks/predicates/example-principals.ts';
import type { AccountPrincipal } from '../../../inventory/iam/principals.ts';
import type { PolicyCondition } from '../../../inventory/policy-document.ts';

const MFA: PolicyCondition = { operator: 'bool', ifExists: false, key: 'aws:multifactorauthpresent', values: ['true'] };
const NOT_SEEN = 'service and resource control policies';
const ASSUME = may(['sts:AssumeRole']);
const ASSUME_WITH_MFA = may(['sts:AssumeRole'], [MFA]);
const ATTACH = may(['iam:AttachRolePolicy']);
const COMMAND = may(['ssm:SendCommand']);
const PUT_WITH_MFA = may(['iam:PutRolePolicy'], [MFA]);
const ADMIN = () => role('admin', may(['*']));

function judged(policies: readonly ReturnType<typeof may>[], principals: Iterable<AccountPrincipal> = []) {
  return judgeEscalation({ ...role('start', ...policies), principals });
}

describe('whoever can become administrator', () => {
  test('by itself, fails by that, whatever way there is over others', () => {
    expect(judged([ASSUME, may(['iam:PutRolePolicy'])], [ADMIN()])).toMatchObject({
      status: 'FAIL',
      reason: expect.stringMatching(/^may write an inline policy of its own/),
      evidence: { ways: [expect.objectContaining({ path: 'iam-put-on-role' })], notSeen: NOT_SEEN },
    });
  });

  test('over others alone, fails by that', () => {
    expect(judged([ASSUME], [ADMIN()])).toEqual({
      status: 'FAIL',
      reason: 'may assume role admin, which is an administrator',
      evidence: { route: expect.arrayContaining([{ who: 'role admin', end: 'is an administrator' }]), notSeen: NOT_SEEN },
    });
  });

  test('over others for certain, and by itself only under conditions, fails by the others', () => {
    expect(judged([ASSUME, COMMAND], [ADMIN()])).toMatchObject({ reason: 'may assume role admin, which is an administrator' });
  });

  test('by itself under conditions, is MEDIUM, with the way over others beside it', () => {
    expect(judged([PUT_WITH_MFA, ASSUME_WITH_MFA], [ADMIN()])).toMatchObject({
      reason: 'may, under conditions, write an inline policy of its own',
      evidence: { overOthers: { onlyIf: ['bool aws:multifactorauthpresent true'] }, notSeen: NOT_SEEN },
      modifiers: [expect.objectContaining({ severity: 'MEDIUM' })],
    });
    expect(judged([PUT_WITH_MFA])).not.toHaveProperty('evidence.overOthers');
  });

  test('over others under conditions, is MEDIUM', () => {
    expect(judged([ASSUME_WITH_MFA], [ADMIN()])).toMatchObject({
      reason: 'may, under conditions, assume role admin, which is an administrator',
      evidence: { onlyIf: ['bool aws:multifactorauthpresent true'], notSeen: NOT_SEEN },
      modifiers: [expect.objectContaining({ severity: 'MEDIUM' })],
    });
  });

  test('in no way, passes', () => {
    expect(judged([ASSUME], [role('build', may(['s3:*']))])).toEqual({ status: 'PASS' });
  });

  test('over principals that were not read, is told by what it can do itself under conditions', () => {
    expect(judged([PUT_WITH_MFA, ASSUME], partial([], 'iam:GetAccountAuthorizationDetails'))).toMatchObject({ status: 'FAIL' });
  });

  test('only over principals that were not read, cannot be judged', () => {
    expect(() => judged([ASSUME], partial([], 'iam:GetAccountAuthorizationDetails'))).toThrow(
      'iam:GetAccountAuthorizationDetails was denied',
    );
  });
});

test.each([
  [[PUT_WITH_MFA], ''],
  [[PUT_WITH_MFA, COMMAND], ', or take 1 other way'],
  [[PUT_WITH_MFA, COMMAND, may(['cloudformation:UpdateStack'])], ', or take 2 other ways'],
])('further ways are counted', (policies, more) => {
  expect(judged(policies)).toMatchObject({ reason: `may, under conditions, write an inline policy of its own${more}` });
});

test('a sure way is not told to depend on anything', () => {
  expect(judged([ATTACH])).not.toHaveProperty('modifiers');
});

function may(actions: readonly string[], conditions: readonly PolicyCondition[] = []) {
  return policy(actions.join(), { effect: 'Allow', actions, resources: ['*'], conditions });
}
