import { ACCOUNT, type Answers, pages } from '../fake-session.ts';

/** IAM as AWS describes it: users first, what they refer to on the next page, documents URL-encoded. */
export function policyText(action: string): string {
  return encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] }));
}

export function allowing(action: string): object {
  return { statements: [{ effect: 'Allow', actions: [action], resources: ['*'], conditions: [] }] };
}

export const CREATED = new Date('2026-01-02T03:04:05Z');

export function arn(resource: string): string {
  return `arn:aws:iam::${ACCOUNT}:${resource}`;
}

const attached = (name: string) => ({ PolicyName: name, PolicyArn: arn(`policy/${name}`) });

export const alice = {
  UserName: 'alice',
  Arn: arn('user/alice'),
  Path: '/',
  CreateDate: CREATED,
  UserPolicyList: [{ PolicyName: 'inline', PolicyDocument: policyText('s3:*') }],
  AttachedManagedPolicies: [attached('deploy')],
  GroupList: ['developers'],
  PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn('policy/limit') },
  Tags: [{ Key: 'team', Value: 'web' }],
};

export const bob = { UserName: 'bob', Arn: arn('user/bob'), Path: '/', CreateDate: CREATED, GroupList: [], AttachedManagedPolicies: [] };

export const developers = {
  GroupName: 'developers',
  Arn: arn('group/developers'),
  Path: '/',
  CreateDate: CREATED,
  GroupPolicyList: [{ PolicyName: 'extra', PolicyDocument: policyText('sqs:*') }],
  AttachedManagedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
};

const trust = { Statement: { Effect: 'Allow', Principal: { AWS: 'AROAEXAMPLE' }, Action: 'sts:AssumeRole' } };

export const robot = {
  RoleName: 'robot',
  Arn: arn('role/service-role/robot'),
  Path: '/service-role/',
  CreateDate: CREATED,
  AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)),
  RolePolicyList: [],
  AttachedManagedPolicies: [attached('deploy')],
  RoleLastUsed: { LastUsedDate: new Date('2026-05-06T07:08:09Z'), Region: 'us-east-1' },
};

/** Whom the robot's role trusts, as a policy document. */
export const robotTrust = {
  statements: [
    {
      effect: 'Allow',
      principals: { aws: ['AROAEXAMPLE'], service: [], federated: [], canonicalUser: [] },
      actions: ['sts:AssumeRole'],
      conditions: [],
    },
  ],
};

export function managed(name: string, action: string) {
  return {
    PolicyName: name,
    Arn: arn(`policy/${name}`),
    Path: '/',
    AttachmentCount: 2,
    DefaultVersionId: 'v2',
    PolicyVersionList: [
      { VersionId: 'v3', Document: policyText('*'), IsDefaultVersion: false },
      { VersionId: 'v2', Document: policyText(action), IsDefaultVersion: true },
    ],
  };
}

export const readOnlyAccess = { ...managed('ReadOnlyAccess', '*:Get*'), Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' };

const first = { UserDetailList: [alice, bob], GroupDetailList: [], RoleDetailList: [], Policies: [] };

export const REPORT_HEADER =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,' +
  'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';

const never = 'false,N/A,N/A,N/A,N/A';

export const REPORT = [
  REPORT_HEADER,
  `<root_account>,${arn('root')},2020-01-01T00:00:00+00:00,not_supported,2026-02-03T04:05:06+00:00,not_supported,not_supported,true,${never},${never},true,2020-01-01T00:00:00+00:00,false,N/A`,
  `alice,${arn('user/alice')},2026-01-02T03:04:05+00:00,true,no_information,2026-01-02T03:04:05+00:00,N/A,false,true,2026-01-03T00:00:00+00:00,2026-06-01T00:00:00+00:00,us-east-1,s3,false,2025-01-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,false,N/A`,
].join('\n');

export const REPORTED_AT = '2026-11-21T06:00:00.000Z';

/** Inline, attached and through the group. */
export const policiesOfAlice = [
  { name: 'inline', via: 'direct', document: allowing('s3:*') },
  { name: 'deploy', arn: arn('policy/deploy'), via: 'direct', document: allowing('ec2:*') },
  { name: 'extra', via: { group: 'developers' }, document: allowing('sqs:*') },
  { name: 'ReadOnlyAccess', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', via: { group: 'developers' }, document: allowing('*:Get*') },
];

/** The account's users, groups and roles, as what each of them may come to act as. */
export const principals = [
  {
    ...inIam('AWS::IAM::User', 'user/alice', { team: 'web' }),
    policies: policiesOfAlice,
    ...{ boundary: allowing('s3:Get*'), trustPolicy: undefined },
  },
  { ...inIam('AWS::IAM::User', 'user/bob'), policies: [], boundary: undefined, trustPolicy: undefined },
  {
    ...inIam('AWS::IAM::Group', 'group/developers'),
    policies: [
      { name: 'extra', via: 'direct', document: allowing('sqs:*') },
      { name: 'ReadOnlyAccess', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', via: 'direct', document: allowing('*:Get*') },
    ],
    ...{ boundary: undefined, trustPolicy: undefined },
  },
  {
    ...inIam('AWS::IAM::Role', 'role/service-role/robot'),
    policies: [{ name: 'deploy', arn: arn('policy/deploy'), via: 'direct', document: allowing('ec2:*') }],
    boundary: undefined,
    trustPolicy: robotTrust,
  },
];

function inIam(type: string, path: string, tags = {}): object {
  const id = path.slice(path.lastIndexOf('/') + 1);
  return { identity: { type, arn: arn(path), id, accountId: ACCOUNT, region: 'global', partition: 'aws', tags } };
}

/** Everything that readers of IAM ask, on an account with two users, a group, a role and two policies of its own. */
export const iamAnswers: Answers = {
  'iam:GetAccountAuthorizationDetails': pages(first, {
    UserDetailList: [],
    GroupDetailList: [developers],
    RoleDetailList: [robot],
    Policies: [managed('deploy', 'ec2:*'), managed('limit', 's3:Get*'), readOnlyAccess],
  }),
  'iam:GenerateCredentialReport': { State: 'COMPLETE' },
  'iam:GetCredentialReport': { Content: new TextEncoder().encode(REPORT), GeneratedTime: new Date(REPORTED_AT) },
  'iam:ListVirtualMFADevices': pages(
    { VirtualMFADevices: [{ SerialNumber: arn('mfa/root'), User: { Arn: arn('root') } }] },
    { VirtualMFADevices: [{ SerialNumber: arn('mfa/phone'), User: { Arn: alice.Arn } }] },
  ),
  'iam:ListMFADevices': pages(
    { MFADevices: [{ SerialNumber: arn('mfa/phone') }, { SerialNumber: arn('u2f/user/alice/key-ABC') }] },
    { MFADevices: [{ SerialNumber: 'GAHT12345678' }, { SerialNumber: arn('sms-mfa/alice') }] },
  ),
};
