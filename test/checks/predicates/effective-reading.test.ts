import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { readingOfEverything } from '../../../checks/predicates/effective-reading.ts';
import { policy, role } from '../../../checks/predicates/example-principals.ts';
import type { PolicyCondition, PolicyDocument, PolicyStatement } from '../../../inventory/policy-document.ts';

const ACCOUNT = '111122223333';
const may = (action: string, resource = '*', more: Partial<PolicyStatement> = {}): PolicyStatement => ({
  ...{ effect: 'Allow', actions: [action], resources: [resource], conditions: [] },
  ...more,
});
const MFA: PolicyCondition = { operator: 'bool', ifExists: false, key: 'aws:multifactorauthpresent', values: ['true'] };

function reading(statements: readonly PolicyStatement[], boundary?: PolicyDocument) {
  return readingOfEverything({ ...role('app', policy('other', may('s3:ListBucket')), policy('data', ...statements)), boundary });
}

describe('a role reads all', () => {
  test.each([
    ['s3:GetObject', '*', 'all objects of all buckets'],
    ['s3:*', 'arn:aws:s3:::*', 'all objects of all buckets'],
    ['dynamodb:Scan', `arn:aws:dynamodb:*:${ACCOUNT}:table/*`, 'all tables'],
    ['secretsmanager:Get*', `arn:aws:secretsmanager:*:${ACCOUNT}:secret:*`, 'all secrets'],
    ['ssm:GetParameter', `arn:aws:ssm:*:${ACCOUNT}:parameter/*`, 'all parameters'],
    ['sqs:ReceiveMessage', `arn:aws:sqs:*:${ACCOUNT}:*`, 'all queues'],
  ])('by %s on %s: %s', (action, resource, words) => {
    expect(reading([may(action, resource)])).toMatchObject({ words, evidence: { policy: 'data' } });
  });

  test.each<[string, readonly PolicyStatement[], PolicyDocument | undefined]>([
    ['of one bucket', [may('s3:GetObject', 'arn:aws:s3:::orders/*')], undefined],
    ['of buckets that begin alike', [may('s3:GetObject', 'arn:aws:s3:::orders-*')], undefined],
    ['of another account', [may('sqs:ReceiveMessage', 'arn:aws:sqs:*:444455556666:*')], undefined],
    ['with MFA, which a role has not', [may('s3:GetObject', '*', { conditions: [MFA] })], undefined],
    ['but what it is denied', [may('s3:GetObject'), may('s3:GetObject', '*', { effect: 'Deny' })], undefined],
    ['but what its boundary leaves out', [may('s3:GetObject')], { statements: [may('sqs:*')] }],
  ])('but not %s', (_, statements, boundary) => {
    expect(reading(statements, boundary)).toBeUndefined();
  });

  test('the evidence names the policy that allows it, not one that denies or allows something else', () => {
    const policies = [
      policy('no', may('s3:PutObject', '*', { effect: 'Deny' }), may('s3:GetObject', 'arn:aws:s3:::a', { effect: 'Deny' })),
      policy('yes', may('s3:ListBucket'), may('s3:Get*')),
    ];
    expect(readingOfEverything(role('app', ...policies))).toEqual({
      words: 'all objects of all buckets',
      evidence: { action: 's3:getobject', policy: 'yes' },
    });
  });
});

test('a policy that was not read leaves it open, unless the boundary leaves nothing to read', () => {
  const unread = { ...role('app'), policies: partial([policy('list', may('s3:ListBucket'))], 'iam:GetPolicyVersion') };
  expect(() => readingOfEverything(unread)).toThrow('iam:GetPolicyVersion was denied');
  expect(readingOfEverything({ ...unread, boundary: { statements: [may('ec2:*')] } })).toBeUndefined();
});
