import { describe, expect, test } from 'vitest';
import { outsiderNamed, worstOutsider } from '../../../checks/predicates/outsiders.ts';
import { policyOutsiders } from '../../../checks/predicates/resource-policy-verdict.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const HOME = { accountId: '111122223333', trustedAccounts: ['777788889999'] };
const FOREIGN = 'arn:aws:iam::444455556666:root';

describe('a name', () => {
  test.each([
    ['*', 'everyone'],
    ['all', 'everyone'],
    ['arn:aws:iam::*:root', 'everyone'],
    ['444455556666', 'account 444455556666'],
    [FOREIGN, 'account 444455556666'],
    ['arn:aws:sts::444455556666:assumed-role/ci/run', 'account 444455556666'],
    ['12345678901', 'account 012345678901'],
    ['arn:aws:organizations::444455556666:organization/o-a1b2c3d4e5', 'organization o-a1b2c3d4e5'],
    ['arn:aws:organizations::444455556666:ou/o-a1b2c3d4e5/ou-exam-aaaaaaaa', 'organization o-a1b2c3d4e5/ou-exam-aaaaaaaa'],
    ['o-a1b2c3d4e5', 'organization o-a1b2c3d4e5'],
    ['ou-exam-aaaaaaaa', 'organization ou-exam-aaaaaaaa'],
    ['ALL', 'everyone'],
    ['1111222233334', 'account 1111222233334'],
    ['something else', 'account something else'],
    ['demo-app', 'account demo-app'],
    ['x123', 'account x123'],
    ['123x', 'account 123x'],
    ['o-a1b2c3d4e5 and more', 'account o-a1b2c3d4e5 and more'],
    ['x'.repeat(100), `account ${'x'.repeat(40)}`],
  ])('%s stands for an outsider', (name, who) => {
    expect(outsiderNamed(name, HOME)?.who).toBe(who);
  });

  test.each([
    '111122223333',
    'arn:aws:iam::111122223333:role/app',
    '777788889999',
    'arn:aws:iam::777788889999:user/ana',
    's3.amazonaws.com',
    'ec2.amazonaws.com.cn',
    'guardduty.aws.internal',
    'mail.amazon.com',
    'AROAEXAMPLEEXAMPLE001',
    'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE',
  ])('%s stands for none', (name) => {
    expect(outsiderNamed(name, HOME)).toBeUndefined();
  });
});

test.each([
  's3.amazonaws.com.example.com',
  'evil/s3.amazonaws.com',
  'AROASHORT',
  'arn:aws:iam::cloudfront9:user/x',
])('%s only looks like one of AWS or of nobody', (name) => {
  expect(outsiderNamed(name, HOME)).toBeDefined();
});

test('everyone is worse than an account, and an account than an organization', () => {
  const organization = 'arn:aws:organizations::444455556666:organization/o-a1b2c3d4e5';
  expect(worstOutsider([organization, '444455556666', 'all'], HOME)?.kind).toBe('everyone');
  expect(worstOutsider([organization, '444455556666'], HOME)?.kind).toBe('account');
  expect(worstOutsider([organization], HOME)?.kind).toBe('organization');
  expect(worstOutsider([], HOME)).toBeUndefined();
});

describe('the policy of a resource', () => {
  test.each<[string, object | object[], readonly string[]]>([
    ['everyone', allow('*'), ['everyone']],
    ['everyone but one account', { ...allow('*'), Principal: undefined, NotPrincipal: { AWS: FOREIGN } }, ['everyone']],
    ['a foreign account beside our own', allow({ AWS: ['arn:aws:iam::111122223333:root', FOREIGN] }), ['account 444455556666']],
    ['users of a shared identity provider', allow({ Federated: 'accounts.google.com' }), ['everyone']],
    ['everyone of a foreign account', allow('*', { StringEquals: { 'aws:PrincipalAccount': '444455556666' } }), ['account 444455556666']],
    ['KMS for a foreign account', allow('*', { StringEquals: { 'kms:CallerAccount': '444455556666' } }), ['account 444455556666']],
    ['a topic for a foreign owner', allow('*', { StringEquals: { 'AWS:SourceOwner': '444455556666' } }), ['account 444455556666']],
    ['a condition that anyone can meet', allow('*', { Bool: { 'aws:SecureTransport': 'true' } }), ['everyone']],
    [
      'a mount target, if the key is there',
      allow('*', { BoolIfExists: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } }),
      ['everyone'],
    ],
    [
      'one open statement beside a closed one',
      [allow('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }), allow('*')],
      ['everyone'],
    ],
    ['everyone before an account', [allow({ AWS: FOREIGN }), allow('*')], ['everyone', 'account 444455556666']],
    ['a Deny of something else', [allow('*'), { ...allow('*'), Effect: 'Deny', Action: 'sqs:DeleteQueue' }], ['everyone']],
    ['a Deny that anyone escapes', [allow('*'), deny({ Bool: { 'aws:SecureTransport': 'false' } })], ['everyone']],
  ])('lets in outsiders: %s', (_, statements, who) => {
    expect(outsidersOf(statements).map((outsider) => outsider.who)).toEqual(who);
  });

  test.each<[string, object | object[]]>([
    ['a service', allow({ Service: 'events.amazonaws.com' })],
    ['our own account', allow({ AWS: '111122223333' })],
    ['a trusted account', allow({ AWS: 'arn:aws:iam::777788889999:role/ci' })],
    ['everyone of our organization', allow('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })],
    [
      'a foreign account, if it is of our organization',
      allow({ AWS: FOREIGN }, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
    ],
    ['everyone of our own account', allow('*', { StringEquals: { 'kms:CallerAccount': '111122223333' } })],
    ['a VPC endpoint', allow('*', { StringEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } })],
    ['a mount target', allow('*', { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } })],
    ['a Deny of all the same', [allow('*'), deny()]],
    ['a Deny of all but our organization', [allow('*'), deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })]],
    ['only a Deny', deny()],
  ])('lets in none: %s', (_, statements) => {
    expect(outsidersOf(statements)).toEqual([]);
  });

  test('is not judged where a statement names nobody', () => {
    expect(() => outsidersOf([{ Effect: 'Allow', Action: '*', Resource: '*' }])).toThrow(expect.objectContaining({ name: 'Unread' }));
  });
});

function allow(principal: unknown, condition?: object): object {
  return { Effect: 'Allow', Principal: principal, Action: 'sqs:*', Resource: '*', ...(condition && { Condition: condition }) };
}

function deny(condition?: object): object {
  return { ...allow('*', condition), Effect: 'Deny', Action: '*' };
}

function outsidersOf(statements: object | readonly object[]) {
  return policyOutsiders(toPolicyDocument(JSON.stringify({ Statement: statements }), 'test'), HOME);
}
