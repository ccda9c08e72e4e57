import { describe, expect, test } from 'vitest';
import type { ExampleEvent } from '../../../checks/activity.ts';
import { activityChecks, judgeActivity } from '../../../checks/activity-registry.ts';
import type { Params } from '../../../checks/check.ts';
import { exampleEvent } from './example-event.ts';

const SHARED = { eventSource: 'ec2.amazonaws.com', eventName: 'ModifyImageAttribute' };
const BUCKET = { bucketName: 'invoices' };
const READ = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::invoices/*' };

describe('accounts that the team trusts', () => {
  const trust = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'sts:AssumeRole', Resource: '*' }],
  });
  const grantee = { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: '*', Resource: '*' };

  test.each<[string, ExampleEvent]>([
    ['image-shared', { ...SHARED, requestParameters: { launchPermission: { add: { items: [{ userId: '444455556666' }] } } } }],
    [
      'snapshot-shared',
      {
        eventSource: 'ec2.amazonaws.com',
        eventName: 'ModifySnapshotAttribute',
        requestParameters: { createVolumePermission: { add: { items: [{ userId: '444455556666' }] } } },
      },
    ],
    [
      'database-snapshot-shared',
      { eventSource: 'rds.amazonaws.com', eventName: 'ModifyDBSnapshotAttribute', requestParameters: { valuesToAdd: ['444455556666'] } },
    ],
    [
      'iam-trust-opened',
      {
        eventSource: 'iam.amazonaws.com',
        eventName: 'UpdateAssumeRolePolicy',
        requestParameters: { roleName: 'ci', policyDocument: trust.replace(',"Resource":"*"', '') },
      },
    ],
    [
      'bucket-opened',
      {
        eventSource: 's3.amazonaws.com',
        eventName: 'PutBucketPolicy',
        requestParameters: { ...BUCKET, bucketPolicy: { Statement: [grantee] } },
      },
    ],
    [
      'resource-policy-opened',
      {
        eventSource: 'kms.amazonaws.com',
        eventName: 'PutKeyPolicy',
        requestParameters: { keyId: 'k', policy: JSON.stringify({ Statement: [grantee] }) },
      },
    ],
  ])('are no outsiders to %s', (name, example) => {
    expect(judge(name, example, { trustedAccounts: [] })?.reason).toContain('444455556666');
    expect(judge(name, example, { trustedAccounts: ['444455556666'] })).toBeUndefined();
  });
});

describe('a share', () => {
  test.each([
    [[{ userId: '444455556666' }, { group: 'all' }], 'CRITICAL'],
    [[{ userId: '444455556666' }], 'HIGH'],
    [[{ organizationalUnitArn: 'arn:aws:organizations::444455556666:ou/o-a1b2c3d4e5/ou-exam-aaaaaaaa' }], 'MEDIUM'],
  ])('is as bad as the worst whom it lets in: %j', (items, severity) => {
    const requestParameters = { imageId: 'ami-1', launchPermission: { add: { items } } };
    expect(judge('image-shared', { ...SHARED, requestParameters })?.severity).toBe(severity);
  });

  test.each([{}, { add: {} }, { add: { items: [] } }])('that neither adds nor removes anybody cannot be judged: %j', (launchPermission) => {
    const requestParameters = { imageId: 'ami-1', attributeType: 'launchPermission', launchPermission };
    expect(() => judge('image-shared', { ...SHARED, requestParameters })).toThrow(expect.objectContaining({ name: 'Unread' }));
  });

  test('names at most twenty of those whom it lets in, and none of our own', () => {
    const items = [{ userId: '111122223333' }, ...Array.from({ length: 30 }, (_, index) => ({ userId: `4444555566${index + 10}` }))];
    const told = judge('image-shared', { ...SHARED, requestParameters: { launchPermission: { add: { items } } } });
    expect(told?.evidence.sharedWith).toHaveLength(20);
    expect(told?.evidence.sharedWith).not.toContain('111122223333');
  });
});

describe('a bucket', () => {
  test.each<[string, object[]]>([
    [
      'closed to everyone by a Deny',
      [READ, { ...READ, Effect: 'Deny', Action: 's3:*', Resource: ['arn:aws:s3:::invoices', 'arn:aws:s3:::invoices/*'] }],
    ],
    ['open to addresses of ours alone', [{ ...READ, Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } }]],
  ])('%s is not opened', (_, statements) => {
    expect(judgePolicy(statements)).toBeUndefined();
  });

  test('is opened by one open statement beside a closed one', () => {
    const closed = { ...READ, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } };
    expect(judgePolicy([closed, { ...READ, Action: 's3:PutObject' }])?.reason).toBe('bucket invoices: its policy lets anyone write to it');
  });

  test.each([
    ['a canned name that nobody knows', { 'x-amz-acl': 'public' }],
    ['a header that names nobody', { 'x-amz-grant-read': 'everyone' }],
    ['a grant that names nobody', { AccessControlPolicy: { AccessControlList: { Grant: [{ Permission: 'READ' }] } } }],
  ])('cannot be judged by %s', (_, acl) => {
    expect(() =>
      judge('bucket-opened', { eventSource: 's3.amazonaws.com', eventName: 'PutBucketAcl', requestParameters: { ...BUCKET, ...acl } }),
    ).toThrow(expect.objectContaining({ name: 'Unread' }));
  });

  test('is opened by a grant among others that cannot be read', () => {
    const Grant = [
      { Permission: 'READ' },
      { Grantee: { URI: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' }, Permission: 'WRITE' },
    ];
    const requestParameters = { ...BUCKET, AccessControlPolicy: { AccessControlList: { Grant } } };
    const told = judge('bucket-opened', { eventSource: 's3.amazonaws.com', eventName: 'PutBucketAcl', requestParameters });
    expect(told?.reason).toBe('bucket invoices: its ACL lets in anyone with an AWS account');
  });
});

test('a new database of which neither request nor answer tells whether it is public, cannot be judged', () => {
  const created = {
    eventSource: 'rds.amazonaws.com',
    eventName: 'CreateDBInstance',
    requestParameters: { dBInstanceIdentifier: 'orders' },
  };
  expect(() => judge('database-made-public', created)).toThrow(expect.objectContaining({ name: 'Unread' }));
});

function judgePolicy(statements: readonly object[]) {
  const requestParameters = { ...BUCKET, bucketPolicy: { Statement: statements } };
  return judge('bucket-opened', { eventSource: 's3.amazonaws.com', eventName: 'PutBucketPolicy', requestParameters });
}

function judge(name: string, example: ExampleEvent, params?: Params) {
  const check = activityChecks.find(({ id }) => id === `activity-${name}`);
  if (check === undefined) throw new Error(`no check ${name}`);
  return judgeActivity(check, exampleEvent(example), { ...check.params, ...params });
}
