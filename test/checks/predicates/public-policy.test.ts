import { describe, expect, test } from 'vitest';
import { grantsToEveryone, type PolicyGrant } from '../../../checks/predicates/public-policy.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const BUCKET = 'arn:aws:s3:::example-bucket';
const OBJECTS = `${BUCKET}/*`;
const ALLOW = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: OBJECTS };
const DENY = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [BUCKET, OBJECTS] };

describe('who is everybody', () => {
  test.each([
    { Principal: '*' },
    { Principal: { AWS: '*' } },
    { Principal: { AWS: ['*'] } },
    { Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] } },
    { Principal: { AWS: '*', Service: 'cloudfront.amazonaws.com' } },
    { Principal: { Federated: 'graph.facebook.com' } },
    { Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::111122223333:user/alice' } },
  ])('$Principal $NotPrincipal', (who) => {
    expect(accessOf({ ...ALLOW, ...who })).toEqual(['read']);
  });

  test.each([
    { Principal: { AWS: 'arn:aws:iam::444455556666:root' } },
    { Principal: { AWS: '444455556666' } },
    { Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2EXAMPLE' } },
    { Principal: { Service: 'cloudfront.amazonaws.com' } },
    { Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' } },
    { Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/corporate' } },
    { Principal: undefined, NotPrincipal: { AWS: '*' } },
  ])('but not $Principal $NotPrincipal', (who) => {
    expect(grants({ ...ALLOW, ...who })).toEqual([]);
  });

  test('nor is nobody', () => {
    expect(grants({ ...ALLOW, Principal: undefined })).toEqual([]);
    expect(accessOf(ALLOW, { ...DENY, Principal: undefined })).toEqual(['read']);
  });

  test('nor does a Deny grant anything', () => {
    expect(grants(DENY)).toEqual([]);
    expect(accessOf(ALLOW, { ...DENY, Action: 's3:PutObject', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })).toEqual(['read']);
  });

  test('nor does what is for an account count where something else is for everybody', () => {
    expect(accessOf(ALLOW, { ...ALLOW, Principal: { AWS: '444455556666' }, Action: 's3:PutObject' })).toEqual(['read']);
  });
});

test('what is left out is not reached, whatever else is left out', () => {
  const without = (...NotResource: readonly string[]) => accessOf({ ...ALLOW, Resource: undefined, NotResource });
  expect(without('arn:aws:s3:::other-bucket/*', OBJECTS)).toEqual([]);
  expect(without('arn:aws:s3:::other-bucket/*', `${BUCKET}/private/*`)).toEqual(['read']);
});

test('what is done to a bucket is not done to its objects', () => {
  expect(accessOf({ ...ALLOW, Action: 's3:ListBucket' })).toEqual([]);
  expect(accessOf({ ...ALLOW, Resource: BUCKET })).toEqual([]);
});

describe('what everybody may do', () => {
  test.each([
    ['s3:GetObject', ['read']],
    ['S3:GETOBJECT', ['read']],
    ['s3:Get*', ['read']],
    ['s3:ListBucket', ['read']],
    ['s3:GetObjectAcl', ['read']],
    ['s3:PutObject', ['write']],
    ['s3:p*', ['write']],
    ['s3:PutObjectAcl', ['write']],
    ['s3:PutBucketPolicy', ['write']],
    ['s3:DeleteObject', ['write']],
    ['s3:ReplicateObject', ['write']],
    ['s3:RestoreObject', ['write']],
    ['s3:AbortMultipartUpload', ['write']],
    ['s3:ObjectOwnerOverrideToBucketOwner', ['write']],
    ['s3:BypassGovernanceRetention', ['write']],
    ['s3:*Object', ['read', 'write']],
    ['s3:?etObject', ['read']],
    ['s3:*', ['read', 'write']],
    ['*', ['read', 'write']],
    ['s3:GetSomethingOfNextYear', ['read']],
    ['s3:PutSomethingOfNextYear*', ['write']],
    ['sqs:*', []],
  ])('%s is %j', (Action, access) => {
    expect(accessOf({ ...ALLOW, Action, Resource: [BUCKET, OBJECTS] })).toEqual(access);
  });

  test.each([
    [['s3:PutObject'], ['read', 'write']],
    [['s3:Get*', 's3:List*'], ['write']],
    [
      ['s3:Put*', 's3:Delete*', 's3:Create*', 's3:Update*', 's3:*ag*', 's3:*epl*', 's3:*Obj*', 's3:Abort*', 's3:By*', 's3:Pause*'],
      ['read'],
    ],
    [['s3:*'], []],
  ])('everything but %j is %j', (NotAction, access) => {
    expect(accessOf({ ...ALLOW, Action: undefined, NotAction, Resource: [BUCKET, OBJECTS] })).toEqual(access);
  });
});

describe('where', () => {
  test.each([
    { Resource: '*' },
    { Resource: 'arn:aws:s3:::*' },
    { Resource: 'arn:aws:s3:::example-*' },
    { Resource: `${BUCKET}/public/*` },
    { Resource: `${BUCKET}/index.html` },
    { Resource: `${BUCKET}/home/\${aws:username}/*` },
    { Resource: '*/public/*' },
    { Resource: undefined, NotResource: `${BUCKET}/private/*` },
    { Resource: undefined, NotResource: 'arn:aws:s3:::another-bucket/*' },
  ])('objects of this bucket: $Resource $NotResource', (where) => {
    expect(accessOf({ ...ALLOW, ...where })).toEqual(['read']);
  });

  test.each([
    { Resource: BUCKET },
    { Resource: 'arn:aws:s3:::another-bucket/*' },
    { Resource: 'arn:aws:s3:::example-bucket-2/*' },
    { Resource: 'arn:aws-cn:s3:::example-bucket/*' },
    { Resource: undefined, NotResource: OBJECTS },
    { Resource: undefined, NotResource: '*' },
  ])('elsewhere: $Resource $NotResource', (where) => {
    expect(grants({ ...ALLOW, ...where })).toEqual([]);
  });

  test('a bucket of another partition is found by its own ARN', () => {
    const policy = toPolicyDocument({ Statement: { ...ALLOW, Resource: 'arn:aws-cn:s3:::example-bucket/*' } }, 's3:GetBucketPolicy');
    expect(grantsToEveryone(policy, 'arn:aws-cn:s3:::example-bucket')).toHaveLength(1);
  });
});

describe('conditions that hold strangers back', () => {
  test.each([
    { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { StringEquals: { 'AWS:principalorgid': ['o-a1b2c3d4e5', 'o-f6g7h8i9j0'] } },
    { StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': 'O-A1B2C3D4E5' } },
    { 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*'] } },
    { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
    { StringEqualsIfExists: { 'aws:PrincipalAccount': '111122223333' } },
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } },
    { ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::111122223333:role/*' } },
    { ArnEquals: { 'aws:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE' } },
    { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::source-bucket' } },
    { StringLike: { 'aws:SourceArn': 'arn:aws:config:*:111122223333:*' } },
    { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    { StringEquals: { 'aws:SourceOwner': '111122223333' } },
    { StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } },
    { StringEquals: { 'aws:SourceVpc': 'vpc-91237329' } },
    { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
    { StringEquals: { 'aws:VpceAccount': '111122223333' } },
    { IpAddress: { 'aws:SourceIp': '52.1.2.0/24' } },
    { IpAddress: { 'aws:SourceIp': '203.0.113.7' } },
    { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '2001:db8::/32'] } },
    { StringLike: { 'aws:userid': 'AROAEXAMPLEEXAMPLE0:*' } },
    { StringLike: { 's3:DataAccessPointArn': 'arn:aws:s3:us-west-2:123456789012:accesspoint/*' } },
    { StringEquals: { 's3:DataAccessPointAccount': '123456789012' } },
    { StringEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:eu-west-1:111122223333:key/1' } },
    { Bool: { 'aws:PrincipalIsAWSService': 'true' } },
    { StringEquals: { 'aws:PrincipalServiceName': 'cloudtrail.amazonaws.com' } },
    { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, Bool: { 'aws:SecureTransport': 'true' } },
    { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, Null: { 'aws:PrincipalOrgID': 'false' } },
    { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' }, Null: { 'aws:PrincipalOrgPaths': false } },
  ])('%j', (Condition) => {
    expect(grants({ ...ALLOW, Condition })).toMatchObject([{ conditional: true }]);
  });
});

describe('conditions that anybody can meet', () => {
  test.each<object>([
    { StringLike: { 'aws:PrincipalOrgID': '*' } },
    { StringEquals: { 'aws:PrincipalOrgID': '*' } },
    { StringEquals: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5', `\${aws:PrincipalOrgID}`] } },
    { StringLike: { 'aws:PrincipalArn': '*' } },
    { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam:*:111122223333:role/*' } },
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } },
    { ArnLike: { 'aws:SourceArn': '*' } },
    { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } },
    { StringLike: { 'aws:userid': '*' } },
    { StringLike: { 'aws:userid': 'AROA*' } },
    { StringEquals: { 'aws:userid': 'anonymous' } },
    { StringLike: { 'aws:SourceVpce': '*' } },
    { StringLike: { 'aws:SourceVpc': 'vpc-*' } },
    { StringLike: { 'aws:SourceVpc': ['vpc-91237329', 'vpc-?'] } },
    { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
    { IpAddressIfExists: { 'aws:SourceIp': '203.0.113.0/24' } },
    { BoolIfExists: { 'aws:PrincipalIsAWSService': 'true' } },
    { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
    { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { Null: { 'aws:PrincipalOrgID': 'false' } },
    { Null: { 'aws:SourceVpce': 'false' } },
    { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { StringNotLike: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
    { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
    { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/1'] } },
    { IpAddress: { 'aws:SourceIp': '52.0.0.0/7' } },
    { IpAddress: { 'aws:SourceIp': '2000::/3' } },
    { IpAddress: { 'aws:SourceIp': '2001:d00::/31' } },
    { IpAddress: { 'aws:VpcSourceIp': '10.1.2.3' } },
    { StringEquals: { 'aws:ResourceAccount': '111122223333' } },
    { StringEquals: { 's3:ResourceAccount': '111122223333' } },
    { StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } },
    { StringLike: { 'aws:Referer': 'https://example.com/*' } },
    { StringEquals: { 'aws:UserAgent': 'secret' } },
    { Bool: { 'aws:SecureTransport': 'true' } },
    { Bool: { 'aws:ViaAWSService': 'true' } },
    { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
    { StringEquals: { 'aws:PrincipalType': 'User' } },
    { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } },
    { StringEquals: { constructor: 'x' } },
  ])('%j', (Condition) => {
    expect(grants({ ...ALLOW, Condition })).toMatchObject([{ conditional: false }]);
  });
});

describe('a Deny takes the grant away', () => {
  test.each([
    {},
    { Resource: '*' },
    { Action: 's3:Get*', Resource: OBJECTS },
    { Action: undefined, NotAction: 's3:PutObject' },
    { Resource: undefined, NotResource: 'arn:aws:s3:::another-bucket/*' },
    { Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } },
    { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
    {
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    },
    { Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
    { Condition: { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } } },
  ])('$Action $NotAction $Resource $NotResource $Condition', (deny) => {
    expect(grants(ALLOW, { ...DENY, ...deny })).toEqual([]);
  });
});

describe('a Deny that leaves strangers a way in is as none', () => {
  test.each([
    { Action: 's3:PutObject' },
    { Action: undefined, NotAction: 's3:GetObject' },
    { Resource: BUCKET },
    { Resource: `${BUCKET}/private/*` },
    { Resource: `${BUCKET}/\${aws:username}/*` },
    { Resource: undefined, NotResource: `${BUCKET}/public/*` },
    { Principal: { AWS: 'arn:aws:iam::444455556666:root' } },
    { Principal: undefined, NotPrincipal: { AWS: '*' } },
    { Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } } },
    { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
    { Condition: { StringNotLike: { 'aws:PrincipalOrgID': 'o-*' } } },
    { Condition: { 'ForAnyValue:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } } },
    { Condition: { NotIpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } },
    { Condition: { Null: { 'aws:PrincipalOrgID': 'true' } } },
    { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, Bool: { 'aws:SecureTransport': 'false' } } },
  ])('$Action $NotAction $Resource $NotResource $Condition', (deny) => {
    expect(accessOf(ALLOW, { ...DENY, ...deny })).toEqual(['read']);
  });

  test('what it spares is still granted, whatever else it spares', () => {
    const spared = ['arn:aws:s3:::other-bucket/*', `${BUCKET}/public/*`];
    expect(accessOf(ALLOW, { ...DENY, Resource: undefined, NotResource: spared })).toEqual(['read']);
    expect(accessOf(ALLOW, { ...DENY, Resource: undefined })).toEqual(['read']);
  });

  test('what it does not cover is still granted, and named', () => {
    const everything = { ...ALLOW, Action: 's3:*', Resource: [BUCKET, OBJECTS] };
    const [read] = grants(everything, { ...DENY, Resource: OBJECTS });
    expect(read).toMatchObject({ access: 'read', action: 's3:*', resource: BUCKET });
  });
});

describe('a grant names', () => {
  test('its statement by Sid, and the pattern that grants', () => {
    expect(grants({ ...ALLOW, Sid: 'Website', Action: ['s3:ListBucket', 's3:Get*'] })).toEqual([
      { access: 'read', statement: 'Website', action: 's3:Get*', resource: OBJECTS, conditional: false },
    ]);
  });

  test('the part of the bucket that it reaches, not all that the policy speaks of', () => {
    expect(grants({ ...ALLOW, Resource: '*' })).toMatchObject([{ resource: OBJECTS }]);
    expect(grants({ ...ALLOW, Resource: `${BUCKET}/public/*` })).toMatchObject([{ resource: `${BUCKET}/public/*` }]);
  });

  test('its statement by place where there is no Sid', () => {
    expect(grants({ ...DENY, Action: 's3:DeleteBucket' }, ALLOW)).toMatchObject([{ statement: 'statement 2' }]);
  });
});

function grants(...Statement: readonly object[]): readonly PolicyGrant[] {
  const [only] = Statement;
  const document = JSON.stringify({ Version: '2012-10-17', Statement: Statement.length === 1 ? only : Statement });
  return grantsToEveryone(toPolicyDocument(document, 's3:GetBucketPolicy'), BUCKET);
}

function accessOf(...statements: readonly object[]): readonly string[] {
  return grants(...statements).map(({ access }) => access);
}
