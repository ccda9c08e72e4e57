import { describe, expect, test } from 'vitest';
import type { Raw } from './corpus.ts';
import { record } from './records.ts';
import { told } from './told-touches.ts';

type Row = readonly [name: string, request: unknown, response: unknown, ...touches: readonly string[]];

const ACCOUNT = '111122223333';
const OWN = `arn:aws:iam::${ACCOUNT}:policy/deploy`;
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const root = { userIdentity: { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT } };

function family(source: string, rows: readonly Row[], other: Raw = {}) {
  const cases = rows.map(([name, request, response, ...expected]) => ({ name, request, response, expected }));
  test.each(cases)('$name $request', ({ name, request, response, expected }) => {
    const call = { eventSource: source, awsRegion: 'us-east-1', eventName: name, requestParameters: request, responseElements: response };
    expect(told(record({ ...call, ...other }))).toEqual(expected);
  });
}

const IAM = 'iam.amazonaws.com';
const user = { userName: 'bob' };
const role = { roleName: 'deploy' };
const group = { groupName: 'admins' };

describe('users', () => {
  family(IAM, [
    ['CreateUser', user, { user: { userName: 'bob' } }, 'User bob'],
    ['CreateUser', user, null, 'User bob'],
    ['CreateUser', null, null, 'User *'],
    ['DeleteUser', user, null, '(Group *: members)', 'User bob gone'],
    ['UpdateUser', { ...user, newUserName: 'rob' }, null, '(Group *: members)', 'User bob', 'User rob'],
    ['PutUserPolicy', { ...user, policyName: 'p', policyDocument: '{}' }, null, 'User bob: policies'],
    ['AttachUserPolicy', { ...user, policyArn: ADMIN }, null, 'User bob: policies'],
    ['AttachUserPolicy', { ...user, policyArn: OWN }, null, `(ManagedPolicy ${OWN}: attachmentCount)`, 'User bob: policies'],
    ['DeleteUserPermissionsBoundary', user, null, 'User bob: boundary'],
    ['AddUserToGroup', { ...user, ...group }, null, 'Group admins: members', 'User bob: groups policies'],
    ['CreateAccessKey', user, { accessKey: { userName: 'bob', accessKeyId: 'AKIAEXAMPLE' } }, 'User bob: credentials'],
    ['CreateAccessKey', null, { accessKey: { userName: 'ana', accessKeyId: 'AKIAEXAMPLE' } }, 'User ana: credentials'],
    ['DeleteAccessKey', { accessKeyId: 'AKIAEXAMPLE' }, null, 'User ana: credentials'],
    ['ChangePassword', null, null, 'User ana: credentials'],
    ['CreateLoginProfile', { ...user, passwordResetRequired: true }, null, 'User bob: credentials'],
    [
      'EnableMFADevice',
      { ...user, serialNumber: 'arn' },
      null,
      `(Account ${ACCOUNT}: virtualMfaDevices)`,
      'User bob: credentials mfaDevices virtualMfaDevices',
    ],
    [
      'DeactivateMFADevice',
      { ...user, serialNumber: 'arn' },
      null,
      `(Account ${ACCOUNT}: virtualMfaDevices)`,
      'User bob: credentials mfaDevices virtualMfaDevices',
    ],
    ['UploadSSHPublicKey', user, null, 'User bob: -'],
    ['TagUser', { ...user, tags: [] }, null, 'User bob: -'],
  ]);

  test('a call by a role that names nobody may be about any', () => {
    const raw = { eventSource: IAM, eventName: 'DeleteAccessKey', userIdentity: { type: 'AssumedRole', accountId: ACCOUNT } };
    expect(told(record(raw))).toEqual(['User *: credentials']);
  });

  test('so may one whose caller is not told', () => {
    const raw = { eventSource: IAM, eventName: 'DeleteAccessKey', userIdentity: { accountId: ACCOUNT } };
    expect(told(record(raw))).toEqual([`Account *: rootCredentials rootEvents summary`, 'User *: credentials']);
  });
});

describe('groups', () => {
  family(IAM, [
    ['CreateGroup', group, null, 'Group admins'],
    ['DeleteGroup', group, null, '(User *: groups policies)', 'Group admins gone'],
    ['UpdateGroup', { ...group, newGroupName: 'ops' }, null, '(User *: groups policies)', 'Group admins', 'Group ops'],
    ['PutGroupPolicy', group, null, '(User *: policies)', 'Group admins: policies'],
    ['AttachGroupPolicy', { ...group, policyArn: ADMIN }, null, '(User *: policies)', 'Group admins: policies'],
    [
      'AttachGroupPolicy',
      { ...group, policyArn: OWN },
      null,
      `(ManagedPolicy ${OWN}: attachmentCount)`,
      '(User *: policies)',
      'Group admins: policies',
    ],
  ]);
});

describe('roles', () => {
  family(IAM, [
    ['CreateRole', role, { role: { roleName: 'deploy' } }, 'Role deploy'],
    [
      'CreateServiceLinkedRole',
      { aWSServiceName: 'x.amazonaws.com' },
      { role: { roleName: 'AWSServiceRoleForX' } },
      'Role AWSServiceRoleForX',
    ],
    ['CreateServiceLinkedRole', { aWSServiceName: 'x.amazonaws.com' }, null, 'Role *'],
    ['AcquireRole', { templateArn: 'arn' }, { role: { roleName: 'deploy' } }, 'Role deploy'],
    ['DeleteRole', role, null, 'Role deploy gone'],
    ['UpdateAssumeRolePolicy', { ...role, policyDocument: '{}' }, null, 'Role deploy: trustPolicy'],
    ['UpdateAssumeRolePolicy', {}, null, 'Role *: trustPolicy'],
    ['DetachRolePolicy', { ...role, policyArn: ADMIN }, null, 'Role deploy: policies'],
    ['PutRolePermissionsBoundary', role, null, 'Role deploy: boundary'],
    ['UpdateRole', role, null, 'Role deploy: -'],
  ]);
});

describe('managed policies', () => {
  const wearers = ['(Group *: policies)', '(Role *: boundary policies)', '(User *: boundary policies)'];
  family(IAM, [
    ['CreatePolicy', { policyName: 'deploy' }, { policy: { arn: OWN } }, `ManagedPolicy ${OWN}`],
    ['CreatePolicy', { policyName: 'deploy' }, null, 'ManagedPolicy *'],
    ['CreatePolicyVersion', { policyArn: OWN, setAsDefault: true }, null, ...wearers, `ManagedPolicy ${OWN}: document`],
    ['SetDefaultPolicyVersion', { policyArn: OWN, versionId: 'v1' }, null, ...wearers, `ManagedPolicy ${OWN}: document`],
    ['SetDefaultPolicyVersion', { policyArn: 'no ARN' }, null, ...wearers, 'ManagedPolicy *: document'],
    ['DeletePolicyVersion', { policyArn: OWN, versionId: 'v1' }, null, `ManagedPolicy ${OWN}: -`],
    ['DeletePolicy', { policyArn: OWN }, null, `ManagedPolicy ${OWN} gone`],
  ]);
});

describe('the root user', () => {
  const own = `Account ${ACCOUNT}: rootCredentials rootEvents summary`;
  family(
    IAM,
    [
      ['CreateAccessKey', null, { accessKey: { accessKeyId: 'AKIAEXAMPLE' } }, own],
      ['CreateAccessKey', null, { accessKey: { userName: 'root', accessKeyId: 'AKIAEXAMPLE' } }, own],
      ['DeleteAccessKey', { accessKeyId: 'AKIAEXAMPLE' }, null, own],
      ['DeleteAccessKey', { ...user, accessKeyId: 'AKIAEXAMPLE' }, null, 'User bob: credentials'],
      ['CreateLoginProfile', null, null, own],
      ['EnableMFADevice', { userName: 'AWS ROOT USER' }, null, `Account ${ACCOUNT}: rootCredentials rootEvents summary virtualMfaDevices`],
      ['DeactivateMFADevice', { serialNumber: 'arn' }, null, `Account ${ACCOUNT}: rootCredentials rootEvents summary virtualMfaDevices`],
    ],
    root,
  );
  family('signin.amazonaws.com', [['ConsoleLogin', null, { ConsoleLogin: 'Success' }, own]], { ...root, eventType: 'AwsConsoleSignIn' });
  family('signin.amazonaws.com', [['PasswordUpdated', null, { PasswordUpdated: 'Success' }, own]], {
    ...root,
    eventType: 'AwsConsoleSignIn',
  });
  family('signin.amazonaws.com', [['ConsoleLogin', null, { ConsoleLogin: 'Success' }]], { eventType: 'AwsConsoleSignIn' });
  family('signin.amazonaws.com', [['ConsoleLogin', null, { ConsoleLogin: 'Failure' }]], { ...root, eventType: 'AwsConsoleSignIn' });
});

describe('the account', () => {
  family(IAM, [
    ['UpdateAccountPasswordPolicy', { minimumPasswordLength: 8 }, null, `Account ${ACCOUNT}: passwordPolicy`],
    ['DeleteAccountPasswordPolicy', null, null, `Account ${ACCOUNT}: passwordPolicy`],
    ['CreateVirtualMFADevice', { virtualMFADeviceName: 'root' }, null, `(Account ${ACCOUNT}: virtualMfaDevices)`],
  ]);
  family('account.amazonaws.com', [
    ['PutAlternateContact', { alternateContactType: 'SECURITY' }, null, `Account ${ACCOUNT}: contacts`],
    ['PutContactInformation', { accountId: ACCOUNT }, null, `Account ${ACCOUNT}: contacts`],
    ['DeleteAlternateContact', { accountId: '222233334444', alternateContactType: 'SECURITY' }, null],
  ]);
  family('s3.amazonaws.com', [
    [
      'PutAccountPublicAccessBlock',
      { Host: [`${ACCOUNT}.s3-control.eu-west-1.amazonaws.com`], PublicAccessBlockConfiguration: { BlockPublicAcls: false } },
      null,
      '(AccessPoint *: accountPublicAccessBlock)',
      '(Bucket *: accountPublicAccessBlock policyIsPublic)',
      '(MultiRegionAccessPoint *: accountPublicAccessBlock)',
      '(Trail *: bucket)',
      `Account ${ACCOUNT}: publicAccessBlock`,
    ],
  ]);
});

describe('buckets', () => {
  const bucket = { bucketName: 'logs', Host: ['logs.s3.amazonaws.com'] };
  family('s3.amazonaws.com', [
    ['CreateBucket', bucket, null, '(Region us-east-1: macie)', '(Trail *: bucket)', 'Bucket logs'],
    ['DeleteBucket', bucket, null, '(Region us-east-1: macie)', '(Trail *: bucket)', 'Bucket logs gone'],
    [
      'PutBucketPolicy',
      { ...bucket, policy: [''], bucketPolicy: {} },
      null,
      '(AccessPoint *: bucketPolicy)',
      '(Trail *: bucket)',
      'Bucket logs: policy policyIsPublic',
    ],
    ['PutBucketAcl', { ...bucket, acl: [''] }, null, '(Trail *: bucket)', 'Bucket logs: acl'],
    [
      'DeleteBucketPublicAccessBlock',
      bucket,
      null,
      '(AccessPoint *: bucketPublicAccessBlock)',
      '(Trail *: bucket)',
      'Bucket logs: policyIsPublic publicAccessBlock',
    ],
    ['PutBucketOwnershipControls', bucket, null, '(Trail *: bucket)', 'Bucket logs: acl ownership'],
    ['PutBucketVersioning', bucket, null, '(Trail *: bucketMfaDelete)', 'Bucket logs: versioning'],
    ['PutBucketLogging', bucket, null, '(Trail *: bucketLogging)', 'Bucket logs: accessLogBucket'],
    ['DeleteBucketOwnershipControls', bucket, null, '(Trail *: bucket)', 'Bucket logs: acl ownership'],
    ['PutBucketLifecycle', bucket, null, 'Bucket logs: -'],
    ['PutBucketAcl', null, null, '(Trail *: bucket)', 'Bucket *: acl'],
  ]);
});

describe('access points', () => {
  const named = { name: 'press', Host: [`${ACCOUNT}.s3-control.us-east-1.amazonaws.com`] };
  const byArn = { name: `arn:aws:s3:us-east-1:${ACCOUNT}:accesspoint/press` };
  family('s3.amazonaws.com', [
    ['CreateAccessPoint', { ...named, CreateAccessPointRequest: { Bucket: 'logs' } }, null, 'AccessPoint press'],
    ['DeleteAccessPoint', named, null, 'AccessPoint press gone'],
    ['PutAccessPointPolicy', { ...named, PutAccessPointPolicyRequest: { Policy: '{}' } }, null, 'AccessPoint press: policy'],
    ['PutAccessPointPolicy', byArn, null, 'AccessPoint press: policy'],
    ['DeleteAccessPointPolicy', named, null, 'AccessPoint press: policy'],
    ['DeleteAccessPointPolicy', null, null, 'AccessPoint *: policy'],
    ['CreateMultiRegionAccessPoint', { CreateMultiRegionAccessPointRequest: {} }, null, 'MultiRegionAccessPoint *'],
    ['PutMultiRegionAccessPointPolicy', null, null, 'MultiRegionAccessPoint *: -'],
  ]);
});

describe('trails', () => {
  const account = `(Account ${ACCOUNT}: monitoring trails)`;
  const arn = `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/main`;
  const others = 'arn:aws:cloudtrail:us-east-1:999999999999:trail/organization';
  family('cloudtrail.amazonaws.com', [
    ['CreateTrail', { name: 'main', s3BucketName: 'logs' }, { trailARN: arn }, account, 'Trail main'],
    ['UpdateTrail', { name: arn }, { trailARN: arn }, account, 'Trail main: bucket bucketLogging bucketMfaDelete status trail'],
    ['StopLogging', { name: 'main' }, null, account, 'Trail main: status'],
    ['StopLogging', { name: arn }, null, account, 'Trail main: status'],
    ['StopLogging', { name: others }, null, account],
    ['StopLogging', null, null, account, 'Trail *: status'],
    ['DeleteTrail', { name: arn }, null, account, 'Trail main gone'],
    ['PutEventSelectors', { trailName: 'main', eventSelectors: [] }, null, account, 'Trail main: managementEvents objectEvents'],
    ['AddTags', { resourceId: arn, tagsList: [] }, null, 'Trail main: -'],
    ['AddTags', { resourceId: arn.replace('trail/', 'eventdatastore/'), tagsList: [] }, null],
  ]);
});
