import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { sharedWithStrangers } from '../../../checks/predicates/bucket-shares.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';
import type { AclGrant, BucketFacets } from '../../../inventory/s3/bucket.ts';
import { identityOf } from '../example-resource.ts';

const OTHER = 'arn:aws:iam::444455556666:root';
const identity = identityOf('AWS::S3::Bucket');

function judged(statements: readonly object[], acl: Iterable<AclGrant> = [], trusted: readonly string[] = []) {
  const policy = statements.length === 0 ? undefined : toPolicyDocument({ Statement: statements }, 's3:GetBucketPolicy');
  const ownership: BucketFacets['ownership'] = 'ObjectWriter';
  return sharedWithStrangers({ policy, acl, ownership, identity }, trusted);
}

const allow = (Action: string | readonly string[], more: object = {}) => ({
  ...{ Effect: 'Allow', Principal: { AWS: OTHER }, Action, Resource: ['arn:aws:s3:::example-bucket', 'arn:aws:s3:::example-bucket/*'] },
  ...more,
});

describe('by policy', () => {
  test.each([
    ['s3:GetObject', 'its policy lets account 444455556666 read from it', undefined],
    ['s3:List*', 'its policy lets account 444455556666 read from it', undefined],
    ['S3:PUTOBJECT', 'its policy lets account 444455556666 write to it', undefined],
    ['s3:GetBucketLocation', 'its policy lets account 444455556666 use it', undefined],
    ['s3:PutBucketPolicy', 'its policy lets account 444455556666 administer it', 'HIGH'],
    ['s3:PutObject*', 'its policy lets account 444455556666 administer and write to it', 'HIGH'],
    ['s3:*', 'its policy lets account 444455556666 administer and write to and read from it', 'HIGH'],
  ])('%s', (action, reason, severity) => {
    const modifiers = severity === undefined ? undefined : [expect.objectContaining({ severity })];
    const verdict = judged([allow(action)]);
    expect(verdict).toMatchObject({ status: 'FAIL', reason });
    expect('modifiers' in verdict ? verdict.modifiers : undefined).toEqual(modifiers);
  });

  test.each([
    ['the account itself', { AWS: '111122223333' }],
    ['a role of the account', { AWS: 'arn:aws:iam::111122223333:role/x' }],
    ['a principal that is gone', { AWS: 'AROAEXAMPLEEXAMPLE123' }],
    ['a service', { Service: 'delivery.logs.amazonaws.com' }],
    ['load balancing', { AWS: 'arn:aws:iam::127311923021:root' }],
    ['an origin access identity', { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' }],
    ['everybody, of whom another check speaks', '*'],
  ])('%s is no stranger', (_who, Principal) => {
    expect(judged([allow('s3:GetObject', { Principal })])).toEqual({ status: 'PASS' });
  });

  test('a trusted account is none either, and hides no other', () => {
    const both = [allow('s3:GetObject'), allow('s3:GetObject', { Principal: { AWS: '777788889999' } })];
    expect(judged(both.slice(0, 1), [], ['444455556666'])).toEqual({ status: 'PASS' });
    expect(judged(both, [], ['444455556666'])).toMatchObject({ reason: expect.stringContaining('777788889999') });
  });

  test('whoever administers is told first, the others in the evidence', () => {
    const statements = [allow('s3:GetObject'), allow('s3:PutBucketAcl', { Principal: { AWS: '777788889999' } })];
    expect(judged(statements)).toMatchObject({ reason: 'its policy lets account 777788889999 administer it' });
    const readers = [allow('s3:GetObject'), allow('s3:GetObject', { Principal: { AWS: '777788889999' } })];
    expect(judged(readers)).toMatchObject({ evidence: { alsoSharedWith: ['account 777788889999'] } });
  });

  test('the evidence is the statement, and its conditions if it has any', () => {
    expect(judged([allow('s3:GetObject', { Sid: 'Share' })])).toMatchObject({ evidence: { statement: 'Share' } });
    expect(judged([allow('s3:GetObject')])).not.toHaveProperty('evidence.conditions');
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    expect(judged([allow('s3:GetObject', { Condition })])).toMatchObject({
      evidence: { conditions: ['bool aws:multifactorauthpresent true'] },
    });
  });

  test('of many others the evidence names twenty, and nobody twice', () => {
    const accounts = Array.from({ length: 25 }, (_, index) => `4444555500${index + 10}`);
    const verdict = judged(accounts.map((AWS) => allow('s3:GetObject', { Principal: { AWS } })));
    expect('evidence' in verdict && verdict.evidence.alsoSharedWith).toHaveLength(20);
    expect(judged([allow('s3:GetObject'), allow('s3:PutObject')])).not.toHaveProperty('evidence.alsoSharedWith');
  });

  test.each([
    ['of one of its own', { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } }, 'PASS'],
    ['of another account', { StringEquals: { 's3:DataAccessPointAccount': '444455556666' } }, 'FAIL'],
    ['of another account, by ARN', { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:444455556666:accesspoint/*' } }, 'FAIL'],
    ['of any account: public, of which another check speaks', { StringLike: { 's3:DataAccessPointAccount': '*' } }, 'PASS'],
  ])('everybody through access points %s', (_whose, Condition, status) => {
    expect(judged([allow('s3:GetObject', { Principal: '*', Condition })])).toMatchObject({ status });
  });
});

describe('by ACL', () => {
  const stranger = { grantee: 'account', account: '79a59d' } as const;
  test.each([
    ['READ', 'its ACL lets canonical user 79a59d read from it', undefined],
    ['READ_ACP', 'its ACL lets canonical user 79a59d use it', undefined],
    ['WRITE', 'its ACL lets canonical user 79a59d write to it', undefined],
    ['WRITE_ACP', 'its ACL lets canonical user 79a59d administer it', 'HIGH'],
    ['FULL_CONTROL', 'its ACL lets canonical user 79a59d administer and write to and read from it', 'HIGH'],
  ] as const)('%s', (permission, reason, severity) => {
    expect(judged([], [{ ...stranger, permission }])).toMatchObject({
      reason,
      ...(severity === undefined ? {} : { modifiers: [{ severity }] }),
    });
  });

  test('an account that is trusted by its canonical id is no stranger', () => {
    expect(judged([], [{ ...stranger, permission: 'READ' }], ['79a59d'])).toEqual({ status: 'PASS' });
  });

  test('whoever administers by it comes before whoever reads by the policy', () => {
    expect(judged([allow('s3:GetObject')], [{ ...stranger, permission: 'WRITE_ACP' }])).toMatchObject({
      reason: expect.stringContaining('ACL'),
    });
  });

  test('groups, the owner and AWS are no accounts', () => {
    const grantees = ['all-users', 'authenticated-users', 'log-delivery', 'aws', 'owner'] as const;
    const acl = grantees.map((grantee) => ({ grantee, account: '79a59d', permission: 'FULL_CONTROL' }) as const);
    expect(judged([], acl)).toEqual({ status: 'PASS' });
  });

  test('whoever administers is told before who reads, and what was granted is evidence', () => {
    const acl = [
      { ...stranger, permission: 'READ' },
      { grantee: 'account', account: 'b70c2e', permission: 'WRITE_ACP' },
    ] as const;
    expect(judged([], acl)).toMatchObject({
      reason: 'its ACL lets canonical user b70c2e administer it',
      evidence: { permission: 'WRITE_ACP' },
    });
  });

  test('a list that breaks off fails by what it began with, and passes nothing', () => {
    const grant = { ...stranger, permission: 'READ' } as const;
    expect(judged([], partial([grant], 's3:GetBucketAcl'))).toMatchObject({ status: 'FAIL' });
    expect(() => judged([], partial<AclGrant>([], 's3:GetBucketAcl'))).toThrow('s3:GetBucketAcl was denied');
  });
});
