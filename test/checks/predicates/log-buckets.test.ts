import { describe, expect, test } from 'vitest';
import { receivesAccessLogs } from '../../../checks/predicates/log-buckets.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';
import type { BucketFacets } from '../../../inventory/s3/bucket.ts';

const ARN = 'arn:aws:s3:::logs';
const PUT = { Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject', Resource: `${ARN}/*` };
const PLAIN: Pick<BucketFacets, 'acl' | 'ownership' | 'policy'> = { acl: [], ownership: 'ObjectWriter', policy: undefined };
const READER = { ...PUT, Principal: { AWS: '111122223333' }, Action: 's3:GetObject' };

describe('a bucket is made for access logs by its policy', () => {
  test.each<[string, object | readonly object[]]>([
    ['in the words of the documentation', PUT],
    ['for every action', { ...PUT, Action: 's3:*' }],
    ['for one action among others', { ...PUT, Action: ['s3:GetObject', 'S3:PutObject'] }],
    ['for a part of it', { ...PUT, Resource: `${ARN}/access/*` }],
    ['for it among other buckets', { ...PUT, Resource: ['arn:aws:s3:::other/*', `${ARN}/*`] }],
    ['in one statement of two', [READER, PUT]],
  ])('%s', (_, Statement) => {
    expect(receivesAccessLogs({ ...PLAIN, policy: policy(Statement) }, ARN)).toBe(true);
  });

  test.each<[string, object]>([
    ['which denies', { ...PUT, Effect: 'Deny' }],
    ['which is for another service', { ...PUT, Principal: { Service: 'cloudtrail.amazonaws.com' } }],
    ['which is for nobody', { ...PUT, Principal: undefined }],
    ['which lets it read', { ...PUT, Action: 's3:GetObject' }],
    ['which says what it may not', { ...PUT, Action: undefined, NotAction: 's3:DeleteObject' }],
    ['which is about another bucket', { ...PUT, Resource: 'arn:aws:s3:::other/*' }],
    ['which says what it is not about', { ...PUT, Resource: undefined, NotResource: 'arn:aws:s3:::other/*' }],
  ])('but not by one %s', (_, Statement) => {
    expect(receivesAccessLogs({ ...PLAIN, policy: policy(Statement) }, ARN)).toBe(false);
  });
});

describe('a bucket is made for access logs by its ACL', () => {
  test.each([
    ['log-delivery', 'WRITE', true],
    ['log-delivery', 'FULL_CONTROL', true],
    ['log-delivery', 'READ', false],
    ['log-delivery', 'READ_ACP', false],
    ['all-users', 'WRITE', false],
    ['owner', 'FULL_CONTROL', false],
  ] as const)('that grants %s %s: %s', (grantee, permission, expected) => {
    expect(receivesAccessLogs({ ...PLAIN, acl: [{ grantee, permission }] }, ARN)).toBe(expected);
  });

  test('unless its ownership switches ACLs off', () => {
    const acl = [{ grantee: 'log-delivery', permission: 'WRITE' }] as const;
    expect(receivesAccessLogs({ ...PLAIN, acl, ownership: 'BucketOwnerEnforced' }, ARN)).toBe(false);
  });
});

test('an ordinary bucket is not', () => {
  expect(receivesAccessLogs(PLAIN, ARN)).toBe(false);
  expect(receivesAccessLogs({ ...PLAIN, policy: policy(READER) }, ARN)).toBe(false);
});

function policy(Statement: object | readonly object[]) {
  return toPolicyDocument(JSON.stringify({ Statement }), 's3:GetBucketPolicy');
}
