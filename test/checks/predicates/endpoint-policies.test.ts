import { describe, expect, test } from 'vitest';
import { endpointOpenings, failByEndpointPolicy } from '../../../checks/predicates/endpoint-policies.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const home = { accountId: '111122223333', trustedAccounts: ['222233334444'] };
const any = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const deny = (Condition: object, more: object = {}) => ({ ...any, Effect: 'Deny', Condition, ...more });
const document = (...Statement: readonly object[]) => toPolicyDocument(JSON.stringify({ Statement }), 'test');

function openTo(...statements: readonly object[]): readonly string[] {
  const { everyone, strangers } = endpointOpenings(document(...statements), home);
  return [...everyone, ...strangers].map(({ who }) => who);
}

const equals = (key: string, value: string | string[]) => ({ StringEquals: { [key]: value } });
const differs = (key: string, value: string | string[]) => ({ StringNotEquals: { [key]: value } });

describe('is open to everyone', () => {
  test.each<[string, readonly object[]]>([
    ['as AWS makes it', [any]],
    ['with "AWS": "*"', [{ ...any, Principal: { AWS: '*' } }]],
    [
      'in one of two statements',
      [
        { ...any, Condition: equals('aws:PrincipalOrgID', 'o-a1b2c3d4e5') },
        { ...any, Action: 's3:GetObject' },
      ],
    ],
    ['from our VPC', [{ ...any, Condition: equals('aws:SourceVpc', 'vpc-1') }]],
    ['through this endpoint', [{ ...any, Condition: equals('aws:SourceVpce', 'vpce-1') }]],
    ['through endpoints of our account', [{ ...any, Condition: equals('aws:VpceAccount', '111122223333') }]],
    ['where the caller owns the resource', [{ ...any, Condition: equals('aws:ResourceAccount', `\${aws:PrincipalAccount}`) }]],
    [
      'to resources of our organization, if they tell',
      [{ ...any, Condition: { StringEqualsIfExists: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } } }],
    ],
    ['to resources of any organization', [{ ...any, Condition: { StringLike: { 'aws:ResourceOrgID': 'o-*' } } }]],
    ['to every bucket by its ARN', [{ ...any, Resource: ['arn:aws:s3:::orders/*', 'arn:aws:s3:::*'] }]],
    ['to queues of any account', [{ ...any, Resource: 'arn:aws:sqs:*:*:orders' }]],
    ['to all but one bucket', [{ Effect: 'Allow', Principal: '*', Action: '*', NotResource: 'arn:aws:s3:::orders' }]],
    ['a Deny spares who comes from our VPC', [any, deny(differs('aws:SourceVpc', 'vpc-1'))]],
    ['a Deny is of reading alone', [any, deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'), { Action: 's3:Get*' })]],
    ['a Deny is of one bucket alone', [any, deny(differs('aws:PrincipalOrgID', 'o-a1b2c3d4e5'), { Resource: 'arn:aws:s3:::orders/*' })]],
    [
      'a Deny asks for two things at once',
      [any, deny({ ...differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'), StringLike: { 'aws:UserAgent': 'x' } })],
    ],
    ['a Deny spares what may not tell', [any, deny({ 'ForAnyValue:StringNotLike': { 'aws:ResourceOrgPaths': 'o-a1b2c3d4e5/*' } })]],
    [
      'a Deny is of all resources but one',
      [any, deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'), { Resource: undefined, NotResource: 'arn:aws:s3:::orders/*' })],
    ],
    [
      'a Deny is of all actions but one',
      [any, deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'), { Action: undefined, NotAction: 's3:GetObject' })],
    ],
    [
      'a Deny is of one of its two actions',
      [
        { ...any, Action: ['s3:GetObject', 's3:PutObject'] },
        deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'), { Action: 's3:GetObject' }),
      ],
    ],
    [
      'a Deny is of one of its two resources',
      [
        { ...any, Resource: ['arn:aws:s3:::*', 'arn:aws:sqs:*'] },
        deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'), { Resource: 'arn:aws:s3:::*' }),
      ],
    ],
    [
      'a Deny is of other actions than all but some',
      [
        { ...any, Action: undefined, NotAction: 's3:DeleteBucket' },
        deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'), { Action: 's3:GetObject' }),
      ],
    ],
    [
      'a Deny is of a part of all resources but some',
      [
        { ...any, Resource: undefined, NotResource: 'arn:aws:s3:::a' },
        deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'), { Resource: 'arn:aws:s3:::orders/*' }),
      ],
    ],
    [
      'an Allow that names resources of ours fences nothing else',
      [any, { ...any, Condition: equals('aws:ResourceOrgID', 'o-a1b2c3d4e5') }],
    ],
    ['to resources of ours or of any account', [{ ...any, Condition: { StringLike: { 'aws:ResourceAccount': ['111122223333', '*'] } } }]],
    ['to resources of none of our accounts', [{ ...any, Condition: differs('aws:ResourceAccount', '111122223333') }]],
    ['with a condition that is not on resources', [{ ...any, Condition: equals('aws:SourceVpc', '111122223333') }]],
    [
      'to resources of an organization whose path holds ours',
      [{ ...any, Condition: { 'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': '*o-a1b2c3d4e5/*' } } }],
    ],
    ['to queues of accounts that end alike', [{ ...any, Resource: 'arn:aws:sqs:*:*111122223333:orders' }]],
    ['to queues of accounts that begin alike', [{ ...any, Resource: 'arn:aws:sqs:*:111122223333*:orders' }]],
    ['to whatever is called like that in any service', [{ ...any, Resource: 'arn:aws:s*:::orders' }]],
    ['to whatever is called like that in services that end alike', [{ ...any, Resource: 'arn:aws:*s3:::orders' }]],
    ['to buckets that end alike', [{ ...any, Resource: 'arn:aws:s3:::*-orders' }]],
    ['a Deny of what is ours', [any, deny(equals('aws:ResourceOrgID', 'o-a1b2c3d4e5'))]],
  ])('%s', (_, statements) => {
    expect(openTo(...statements)).toContain('everyone');
  });
});

describe('is limited', () => {
  test.each<[string, readonly object[]]>([
    ['to callers of our organization', [{ ...any, Condition: equals('aws:PrincipalOrgID', 'o-a1b2c3d4e5') }]],
    ['to callers of our account', [{ ...any, Condition: equals('aws:PrincipalAccount', '111122223333') }]],
    ['to a role of ours', [{ ...any, Principal: { AWS: 'arn:aws:iam::111122223333:role/web' } }]],
    ['to an account that is trusted', [{ ...any, Principal: { AWS: '222233334444' } }]],
    ['to resources of our organization', [{ ...any, Condition: equals('aws:ResourceOrgID', 'o-a1b2c3d4e5') }]],
    [
      'to a part of our organization',
      [{ ...any, Condition: { 'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-1/*' } } }],
    ],
    ['to resources of two accounts', [{ ...any, Condition: equals('s3:ResourceAccount', ['111122223333', '222233334444']) }]],
    ['to a bucket with layers of images', [{ ...any, Resource: 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*' }]],
    ['to tables of our account', [{ ...any, Resource: 'arn:aws:dynamodb:*:111122223333:table/*' }]],
    ['by a Deny of what is not ours', [any, deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'))]],
    ['by a Deny of who is not ours', [any, deny(differs('aws:PrincipalOrgID', 'o-a1b2c3d4e5'))]],
    [
      'by a Deny that spares ours and services of AWS',
      [any, deny({ ...differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'), BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } })],
    ],
    [
      'by a Deny in other letters',
      [{ ...any, Action: 'S3:getobject' }, deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'), { Action: 's3:GETOBJECT' })],
    ],
    [
      'by a Deny of more than it allows',
      [
        { ...any, Action: ['s3:GetObject', 'sqs:SendMessage'], Resource: ['arn:aws:s3:::*', 'arn:aws:sqs:*'] },
        deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'), { Action: ['s3:*', 'sqs:*'], Resource: ['arn:aws:s3:::*', 'arn:aws:sqs:*'] }),
      ],
    ],
    [
      'by a Deny of all actions, where all but some are allowed',
      [{ ...any, Action: undefined, NotAction: 's3:DeleteBucket' }, deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'))],
    ],
    [
      'by a Deny of all resources, where all but some are allowed',
      [{ ...any, Resource: undefined, NotResource: 'arn:aws:s3:::a' }, deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'))],
    ],
    ['by a Deny that names no resource', [any, deny(differs('aws:ResourceOrgID', 'o-a1b2c3d4e5'), { Resource: undefined })]],
    ['by a Deny of everything', [any, { ...any, Effect: 'Deny' }]],
    ['to nothing', [deny({})]],
  ])('%s', (_, statements) => {
    expect(openTo(...statements)).toEqual([]);
  });
});

test('an account that is named and not trusted is told, unless it reaches only what is ours', () => {
  const theirs = { ...any, Principal: { AWS: '444455556666' } };
  expect(openTo(theirs)).toEqual(['account 444455556666']);
  expect(openTo({ ...theirs, Condition: equals('aws:ResourceAccount', '111122223333') })).toEqual([]);
});

test('the evidence is the statement as it is written', () => {
  const [found] = endpointOpenings(document({ ...any, Condition: equals('aws:SourceVpc', 'vpc-1') }), home).everyone;
  expect(found?.evidence).toMatchObject({ condition: ['stringequals aws:sourcevpc vpc-1'] });
});

test('the worst is told: everyone before everyone under conditions, and everyone before an account; which service it is, too', () => {
  const conditional = { ...any, Sid: 'conditional', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
  const theirs = { ...any, Principal: { AWS: '444455556666' } };
  const failure = failByEndpointPolicy(document(theirs, conditional, { ...any, Sid: 'open' }), 'com.amazonaws.eu-west-1.s3', home, ['s3']);
  expect(failure).toMatchObject({
    reason: 'its policy lets everyone reach whatever is in s3, whoever owns it',
    evidence: { service: 'com.amazonaws.eu-west-1.s3', sid: 'open' },
  });
  expect(failure).not.toHaveProperty('severity');
  expect(failByEndpointPolicy(document(theirs, conditional), 'com.amazonaws.eu-west-1.s3', home, ['s3'])?.evidence).toMatchObject({
    sid: 'conditional',
  });
});

test('a service of another name than those of AWS is told by its whole name', () => {
  expect(failByEndpointPolicy(document(any), 'aws.sagemaker.eu-west-1.notebook', home, [])?.reason).toBe(
    'its policy lets everyone reach whatever is in aws.sagemaker.eu-west-1.notebook, whoever owns it',
  );
});

test('a policy that is limited fails nothing', () => {
  expect(
    failByEndpointPolicy(
      document({ ...any, Condition: equals('aws:PrincipalOrgID', 'o-a1b2c3d4e5') }),
      'com.amazonaws.eu-west-1.s3',
      home,
      ['s3'],
    ),
  ).toBeUndefined();
});

test.each([
  ['com.amazonaws.eu-west-1.s3', [any], undefined],
  ['cn.com.amazonaws.cn-north-1.s3', [any], undefined],
  ['com.amazonaws.eu-west-1.monitoring', [any], 'LOW'],
  ['com.amazonaws.vpce.eu-west-1.vpce-svc-1', [any], 'LOW'],
  ['com.amazonaws.eu-west-1.s3', [{ ...any, Principal: { AWS: '444455556666' } }], 'LOW'],
  ['com.amazonaws.eu-west-1.s3', [{ ...any, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }], 'LOW'],
])('how bad it is depends on the service and on whom it lets in: %s %j', (serviceName, statements, severity) => {
  expect(failByEndpointPolicy(document(...statements), serviceName, home, ['s3'])?.severity).toBe(severity);
});
