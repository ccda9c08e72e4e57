import { describe, expect, test } from 'vitest';
import { bucketOpening } from '../../../checks/predicates/bucket-openings.ts';
import { exampleEvent } from '../activity/example-event.ts';

const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
const ANY_ACCOUNT = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
const READ = { Sid: 'Share', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::invoices/*' };

function opened(eventName: string, requestParameters: object) {
  return bucketOpening(
    exampleEvent({ eventSource: 's3.amazonaws.com', eventName, requestParameters: { bucketName: 'invoices', ...requestParameters } }),
    [],
  );
}
const byPolicy = (...Statement: readonly object[]) => opened('PutBucketPolicy', { bucketPolicy: { Statement } });
const byAcl = (acl: object) => opened('PutBucketAcl', acl);

describe('by its policy a bucket is opened', () => {
  test('to anyone who reads: the statement is evidence', () => {
    expect(byPolicy(READ)).toEqual({
      how: 'its policy lets anyone read from it',
      evidence: { sid: 'Share', action: 's3:GetObject', resource: 'arn:aws:s3:::invoices/*' },
    });
  });

  test('to a foreign account: the grant is evidence', () => {
    const opening = byPolicy({ ...READ, Principal: { AWS: '444455556666' } });
    expect(opening?.how).toBe('its policy lets in account 444455556666');
    expect(JSON.stringify(opening?.evidence)).toContain('s3:GetObject');
  });

  test('to nobody in this account', () => {
    expect(byPolicy({ ...READ, Principal: { AWS: '111122223333' } })).toBeUndefined();
  });

  test('to nobody where everyone must meet a condition that names callers', () => {
    expect(byPolicy({ ...READ, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })).toBeUndefined();
  });

  test.each([
    ['no action', { ...READ, Action: undefined }],
    ['an empty list of actions', { ...READ, Action: [] }],
    ['no resource', { ...READ, Resource: undefined }],
    ['an empty list of resources', { ...READ, Resource: [] }],
  ])('one cannot tell by a statement with %s', (_, statement) => {
    expect(() => byPolicy({ ...READ, Principal: { AWS: '111122223333' } }, statement)).toThrow(expect.objectContaining({ name: 'Unread' }));
  });
});

describe('by its ACL a bucket is opened', () => {
  test.each<[string, object, unknown]>([
    ['public-read', { 'x-amz-acl': 'public-read' }, { how: 'its ACL lets anyone read from it', evidence: { acl: 'public-read' } }],
    [
      'public-read-write',
      { 'x-amz-acl': 'public-read-write' },
      { how: 'its ACL lets anyone read from and write to it', evidence: { acl: 'public-read-write' } },
    ],
    [
      'authenticated-read',
      { 'x-amz-acl': 'authenticated-read' },
      { how: 'its ACL lets anyone read from it', evidence: { acl: 'authenticated-read' } },
    ],
    ['log-delivery-write', { 'x-amz-acl': 'log-delivery-write' }, undefined],
    ['bucket-owner-full-control', { 'x-amz-acl': 'bucket-owner-full-control' }, undefined],
    ['a header for a user', { 'x-amz-grant-read': ['id="79a59d"'] }, undefined],
    [
      'a header for everyone with an account, after one for a user',
      { 'x-amz-grant-read': ['id="79a59d"'], 'x-amz-grant-write-acp': [`id="79a59d", uri="${ANY_ACCOUNT}"`] },
      {
        how: 'its ACL lets in anyone with an AWS account',
        evidence: { grantee: 'AuthenticatedUsers', permission: 'x-amz-grant-write-acp' },
      },
    ],
    [
      'a grant, after one for a user',
      {
        AccessControlPolicy: {
          AccessControlList: {
            Grant: [
              { Grantee: { ID: '79a59d' }, Permission: 'FULL_CONTROL' },
              { Grantee: { URI: ALL_USERS }, Permission: 'WRITE' },
            ],
          },
        },
      },
      { how: 'its ACL lets in anyone', evidence: { grantee: 'AllUsers', permission: 'WRITE' } },
    ],
    [
      'a grant that does not tell what it permits',
      { AccessControlPolicy: { AccessControlList: { Grant: { Grantee: { URI: ALL_USERS } } } } },
      { how: 'its ACL lets in anyone', evidence: { grantee: 'AllUsers', permission: 'a permission' } },
    ],
    [
      'a grant by address',
      { AccessControlPolicy: { AccessControlList: { Grant: { Grantee: { EmailAddress: 'x@example.com' }, Permission: 'READ' } } } },
      undefined,
    ],
  ])('%s', (_, acl, expected) => {
    expect(byAcl(acl)).toEqual(expected);
  });
});
