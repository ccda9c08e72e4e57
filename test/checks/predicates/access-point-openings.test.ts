import { describe, expect, test } from 'vitest';
import { type AccessPointExposure, openAccessPoint } from '../../../checks/predicates/access-point-openings.ts';
import type { PolicyDocument } from '../../../inventory/policy-document.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';
import { identityOf } from '../example-resource.ts';

const OFF = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
const identity = identityOf('AWS::S3::AccessPoint');
const HERE = identity.arn;
const ANYBODY = [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${HERE}/object/*` }];
const OBJECTS = 'arn:aws:s3:::example-bucket/*';

function documentOf(Statement: readonly object[]): PolicyDocument {
  return toPolicyDocument({ Statement }, 's3:GetBucketPolicy');
}

function judged(policy: readonly object[], bucketPolicy: readonly object[] | undefined, more: Partial<AccessPointExposure> = {}) {
  return openAccessPoint(
    {
      ...{ identity, accountPublicAccessBlock: OFF, publicAccessBlock: OFF, bucketPublicAccessBlock: OFF },
      accessPoint: { bucketName: 'example-bucket', networkOrigin: 'Internet' },
      policy: documentOf(policy),
      bucketPolicy: bucketPolicy && documentOf(bucketPolicy),
      ...more,
    },
    [],
  );
}

const letIn = (Condition: object = {}, more: object = {}) => [
  { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: OBJECTS, Condition, ...more },
];

describe('everybody by the policy of the access point', () => {
  test.each<[string, readonly object[] | undefined, 'CRITICAL' | 'MEDIUM' | 'LOW']>([
    ['leaves it to the access points of its account', letIn({ StringEquals: { 's3:DataAccessPointAccount': '111122223333' } }), 'CRITICAL'],
    ['leaves it to this access point', letIn({ ArnEquals: { 's3:DataAccessPointArn': HERE } }), 'CRITICAL'],
    [
      'leaves it to all access points',
      letIn({ ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:111122223333:accesspoint/*' } }),
      'CRITICAL',
    ],
    ['is public itself', letIn(), 'CRITICAL'],
    ['lets another account in', letIn({}, { Principal: { AWS: '444455556666' } }), 'MEDIUM'],
    ['has no policy', undefined, 'LOW'],
    ['leaves it to another access point', letIn({ ArnEquals: { 's3:DataAccessPointArn': `${HERE}-2` } }), 'LOW'],
    ['leaves it to access points of VPCs', letIn({ StringEquals: { 's3:AccessPointNetworkOrigin': 'VPC' } }), 'LOW'],
    ['asks for the organization', letIn({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }), 'LOW'],
    ['lets its own account in', letIn({}, { Principal: { AWS: '111122223333' } }), 'LOW'],
    ['is about another bucket', letIn({}, { Resource: 'arn:aws:s3:::another/*' }), 'LOW'],
    [
      'denies what does not come through a VPC',
      [...letIn(), ...letIn({ StringNotEquals: { 's3:AccessPointNetworkOrigin': 'VPC' } }, { Effect: 'Deny' })],
      'LOW',
    ],
  ])('where the bucket %s', (_bucket, bucketPolicy, severity) => {
    const verdict = judged(ANYBODY, bucketPolicy);
    expect(verdict).toMatchObject({ status: 'FAIL', reason: 'its policy lets everyone read from it' });
    const modifiers = 'modifiers' in verdict ? verdict.modifiers : undefined;
    expect(modifiers?.at(-1)?.severity ?? 'CRITICAL').toBe(severity);
  });

  test.each(['accountPublicAccessBlock', 'publicAccessBlock', 'bucketPublicAccessBlock'] as const)('is closed by %s', (level) => {
    expect(judged(ANYBODY, letIn(), { [level]: { ...OFF, restrictPublicBuckets: true } })).toEqual({ status: 'PASS' });
    const others = { ...OFF, blockPublicPolicy: true, ignorePublicAcls: true, blockPublicAcls: true };
    expect(judged(ANYBODY, letIn(), { [level]: others })).toMatchObject({ status: 'FAIL' });
  });
});

test.each([
  ['conditions that its requests always meet', { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } }, 'FAIL'],
  ['conditions that its requests never meet', { StringEquals: { 's3:DataAccessPointAccount': '444455556666' } }, 'PASS'],
  ['a condition on the caller', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, 'PASS'],
  ['an operator that does not fit', { NumericEquals: { 's3:DataAccessPointAccount': '1' } }, 'FAIL'],
])('everybody under %s', (_what, Condition, status) => {
  expect(judged([{ ...ANYBODY[0], Condition }], letIn())).toMatchObject({ status });
});

test('a statement about another access point lets nobody in here', () => {
  expect(judged([{ ...ANYBODY[0], Resource: `${HERE}-2/object/*` }], letIn())).toEqual({ status: 'PASS' });
});
