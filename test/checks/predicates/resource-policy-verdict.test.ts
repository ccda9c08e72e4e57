import { describe, expect, test } from 'vitest';
import { judgeResourcePolicy } from '../../../checks/predicates/resource-policy-verdict.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const OWN = '111122223333';
const PARTNER = 'arn:aws:iam::444455556666:root';
const TRUSTED = 'arn:aws:iam::777788889999:role/ci';
const QUEUE = `arn:aws:sqs:eu-west-1:${OWN}:orders`;
const ORGANIZATION = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
const ACTIONS = { read: ['sqs:receivemessage'], write: ['sqs:sendmessage'], admin: ['sqs:addpermission', 'sqs:setqueueattributes'] };

describe('who may do what', () => {
  test.each<[string, object, readonly string[]]>([
    ['everything', { Action: 'sqs:*' }, ['admin', 'write', 'read']],
    ['one action, in any case', { Action: ['SQS:receivemessage'] }, ['read']],
    ['wildcards', { Action: 'sqs:?e*Message' }, ['write', 'read']],
    ['all but some', { Action: undefined, NotAction: ['sqs:Add*', 'sqs:Set*'] }, ['write', 'read']],
    ['an action that does not matter', { Action: 'sqs:ListQueueTags' }, []],
  ])('%s', (_, more, powers) => {
    expect(verdict({ ...allow('*'), ...more }).everyone).toMatchObject([{ who: 'everyone', powers, label: 'statement 1' }]);
  });

  test('accounts are told apart, with whether they are trusted and the statements that name them', () => {
    const { accounts, everyone } = verdict(
      { ...allow({ AWS: [PARTNER, OWN] }), Sid: 'Partner', Action: 'sqs:SendMessage' },
      { ...allow({ AWS: TRUSTED }), Action: 'sqs:ReceiveMessage' },
    );
    expect(everyone).toEqual([]);
    expect(accounts).toMatchObject([
      { account: '444455556666', who: 'account 444455556666', trusted: false, label: 'Partner', powers: ['write'] },
      { account: '777788889999', trusted: true, label: 'statement 2', powers: ['read'] },
    ]);
  });

  test('a canonical user is an account too', () => {
    expect(verdict(allow({ CanonicalUser: '79a59df900b949e5' })).accounts).toMatchObject([{ who: 'canonical user 79a59df900b949e5' }]);
  });

  test('a statement about another resource has no effect', () => {
    expect(verdict({ ...allow('*'), Resource: `${QUEUE}-2` }).everyone).toEqual([]);
    expect(verdict({ ...allow('*'), Resource: `arn:aws:sqs:*:*:or*` }).everyone).toHaveLength(1);
    expect(verdict({ ...allow('*'), Resource: undefined, NotResource: QUEUE }).everyone).toEqual([]);
  });
});

describe('conditions', () => {
  test.each<[string, object, readonly string[] | undefined]>([
    ['none', {}, []],
    ['TLS, which anybody can use', { Bool: { 'aws:SecureTransport': 'true' } }, []],
    [
      'a referrer, which anybody can claim',
      { StringLike: { 'aws:Referer': 'https://example.com/*' } },
      ['stringlike aws:referer https://example.com/*'],
    ],
    [
      'a service on the way',
      { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      ['stringequals kms:viaservice s3.eu-west-1.amazonaws.com'],
    ],
    ['a function URL', { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } }, ['stringequals lambda:functionurlauthtype AWS_IAM']],
    ['any organization', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }, ['stringlike aws:principalorgid o-*']],
    ['any source', { ArnLike: { 'aws:SourceArn': '*' } }, ['arnlike aws:sourcearn *']],
    ['half of the internet', { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }, ['ipaddress aws:sourceip 0.0.0.0/1']],
    ['an organization', ORGANIZATION, undefined],
    ['a bucket as source', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::uploads' } }, undefined],
    ['an office', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, undefined],
    ['a VPC endpoint', { StringEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } }, undefined],
    ['a mount target', { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } }, undefined],
  ])('for everybody: %s', (_, Condition, conditions) => {
    expect(verdict({ ...allow('*'), Condition }).everyone.map((one) => one.conditions)).toEqual(conditions ? [conditions] : []);
  });

  test.each<[string, object, readonly string[]]>([
    ['the own account, as KMS has it', { StringEquals: { 'kms:CallerAccount': OWN, 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com' } }, []],
    ['the own account as owner, as SNS has it', { StringEquals: { 'AWS:SourceOwner': OWN } }, []],
    ['another account', { StringEquals: { 'aws:SourceAccount': ['444455556666', OWN] } }, ['account 444455556666']],
    ['a role of another account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/*' } }, ['account 444455556666']],
    [
      'an account of an organization',
      { StringEquals: { 'aws:PrincipalAccount': '444455556666', 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      [],
    ],
  ])('that name accounts: %s', (_, Condition, accounts) => {
    const found = verdict({ ...allow('*'), Condition });
    expect(found.everyone).toEqual([]);
    expect(found.accounts.map(({ who }) => who)).toEqual(accounts);
  });

  test('two that name different accounts let in neither', () => {
    const Condition = { StringEquals: { 'aws:PrincipalAccount': OWN } };
    expect(verdict({ ...allow({ AWS: PARTNER }), Condition }).accounts).toEqual([]);
  });
});

describe('what is denied', () => {
  const open = allow('*');
  const partner = allow({ AWS: PARTNER });
  const unless = (Condition: object) => ({ ...open, Effect: 'Deny', Condition });

  test.each<[string, object, object, readonly string[]]>([
    ['to everybody', open, { ...open, Effect: 'Deny' }, []],
    ['outside the organization', open, unless({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }), []],
    ['outside the account', partner, unless({ StringNotEquals: { 'aws:PrincipalAccount': OWN } }), []],
    [
      'outside that very account, for everybody',
      open,
      unless({ StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } }),
      ['account 444455556666'],
    ],
    [
      'outside that very account, for it',
      partner,
      unless({ StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } }),
      ['account 444455556666'],
    ],
    [
      'outside an office: the account may call from there',
      partner,
      unless({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
      ['account 444455556666'],
    ],
    ['outside an office, for everybody', open, unless({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), []],
    [
      'to all but that account',
      open,
      { ...open, Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: PARTNER } },
      ['account 444455556666'],
    ],
    ['to all but the own account', partner, { ...open, Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: OWN } }, []],
    ['to that account', partner, { ...partner, Effect: 'Deny' }, []],
    [
      'to one user of it',
      partner,
      { ...open, Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::444455556666:user/eve' } },
      ['account 444455556666'],
    ],
    ['over plain HTTP', open, unless({ Bool: { 'aws:SecureTransport': 'false' } }), ['everyone']],
  ])('%s', (_, statement, denial, who) => {
    const { everyone, accounts } = verdict(statement, denial);
    expect([...everyone, ...accounts].map((one) => one.who)).toEqual(who);
  });

  test('takes away only the powers that it speaks of', () => {
    const denial = { ...open, Effect: 'Deny', Action: ['sqs:Set*', 'sqs:Add*', 'sqs:SendMessage'] };
    expect(verdict(open, denial).everyone).toMatchObject([{ powers: ['read'] }]);
    expect(verdict({ ...open, Action: 'sqs:SendMessage' }, denial).everyone).toEqual([]);
    expect(verdict(open, { ...open, Effect: 'Deny', Action: undefined, NotAction: 'sqs:SendMessage' }).everyone).toMatchObject([
      { powers: ['write'] },
    ]);
  });
});

describe('services', () => {
  const s3 = allow({ Service: 's3.amazonaws.com' });

  test.each<[string, object, readonly string[]]>([
    ['for whomever', {}, ['s3.amazonaws.com']],
    ['for any bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }, ['s3.amazonaws.com']],
    ['for one account', { StringEquals: { 'aws:SourceAccount': OWN } }, []],
    ['for one account, if the key is there', { StringEqualsIfExists: { 'aws:SourceAccount': OWN } }, ['s3.amazonaws.com']],
    ['for one bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::uploads' } }, []],
    ['for an organization', { StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }, []],
  ])('%s', (_, Condition, services) => {
    expect(verdict({ ...s3, Condition }).services.map(({ service }) => service)).toEqual(services);
  });
});

test('a policy with a statement that names nobody is not judged', () => {
  expect(() => verdict({ Effect: 'Allow', Action: '*', Resource: '*' })).toThrow(expect.objectContaining({ name: 'Unread' }));
});

function allow(Principal: unknown): object {
  return { Effect: 'Allow', Principal, Action: 'sqs:*', Resource: QUEUE };
}

function verdict(...statements: readonly object[]) {
  const policy = toPolicyDocument(JSON.stringify({ Statement: statements }), 'test');
  return judgeResourcePolicy(policy, { home: { accountId: OWN, trustedAccounts: ['777788889999'] }, arns: [QUEUE], actions: ACTIONS });
}
