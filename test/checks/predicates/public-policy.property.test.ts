import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grantsToEveryone } from '../../../checks/predicates/public-policy.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';
import { strangersMay } from './bucket-policy-oracle.ts';
import type { RawPolicy, RawStatement } from './raw-policies.ts';

const USER = 'arn:aws:iam::111122223333:user/alice';
const [BUCKET, OBJECTS] = ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'];

type Conditions = NonNullable<RawStatement['Condition']>;

const principals = fc.constantFrom<Pick<RawStatement, 'Principal' | 'NotPrincipal'>>(
  ...([{ Principal: '*' }, { Principal: { AWS: ['*'] } }, { Principal: { AWS: [USER, '*'] } }, { Principal: { AWS: [USER] } }] as const),
  ...([
    { Principal: { Service: ['s3.amazonaws.com'] } },
    { Principal: { CanonicalUser: ['79a5'] } },
    { NotPrincipal: { AWS: [USER] } },
  ] as const),
  { NotPrincipal: { AWS: ['*'] } },
);

const actions = fc.constantFrom<Pick<RawStatement, 'Action' | 'NotAction'>>(
  ...[['s3:*'], ['*'], ['s3:Get*'], ['s3:GetObject'], ['S3:getobject', 's3:List*'], ['s3:PutObject'], ['s3:P*']].map((Action) => ({
    Action,
  })),
  ...[['s3:Get*', 's3:List*'], ['s3:PutObject'], ['s3:*']].map((NotAction) => ({ NotAction })),
);

const wholeResources = [[BUCKET], [OBJECTS], [BUCKET, OBJECTS], ['*'], ['arn:aws:s3:::*'], ['arn:aws:s3:::b*']];
const partResources = [
  ['arn:aws:s3:::b/public/*'],
  ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'],
  ['arn:aws-cn:s3:::b/*'],
  ['*/public/*'],
];
const resources = [...wholeResources, ...partResources].map((Resource) => ({ Resource }));
const notResources = [[OBJECTS], ['arn:aws:s3:::b/private/*'], ['arn:aws:s3:::other/*'], [BUCKET]].map((NotResource) => ({ NotResource }));

/** Conditions of an Allow, and of a Deny, that leave each other room: any one of each can be met by some stranger, or by none on its own. */
const allowConditions = [
  ...on(
    'aws:PrincipalOrgID',
    ['o-a1b2c3d4e5'],
    'StringEquals',
    'StringEqualsIfExists',
    'ForAnyValue:StringEquals',
    'ForAllValues:StringEquals',
  ),
  ...on('aws:PrincipalOrgID', ['o-*'], 'StringLike', 'StringLikeIfExists'),
  ...on('aws:PrincipalOrgPaths', ['o-a1b2c3d4e5/*'], 'ForAnyValue:StringLike', 'ForAllValues:StringLike'),
  ...on('aws:PrincipalOrgPaths', ['*'], 'ForAnyValue:StringLike'),
  ...on('aws:PrincipalAccount', ['111122223333'], 'StringEquals', 'StringEqualsIfExists', 'StringNotEquals'),
  ...on('aws:PrincipalArn', ['arn:aws:iam::111122223333:role/*'], 'ArnLike', 'StringLike', 'ArnLikeIfExists', 'ArnNotLike'),
  ...on('aws:PrincipalArn', ['arn:aws:iam::*:user/*'], 'ArnLike', 'StringLike'),
  ...on('aws:userid', ['AROAEXAMPLEEXAMPLE0:*'], 'StringLike'),
  ...on('aws:userid', ['*'], 'StringLike'),
  ...on('aws:SourceIp', ['203.0.113.0/24'], 'IpAddress', 'IpAddressIfExists', 'NotIpAddress'),
  ...on('aws:SourceIp', ['203.0.113.7', '0.0.0.0/1'], 'IpAddress'),
  ...on('aws:SourceIp', ['::/0'], 'IpAddress'),
  ...on('aws:SourceVpce', ['vpce-0own'], 'StringEquals', 'StringEqualsIfExists', 'StringNotEquals'),
  ...on('aws:SourceVpc', ['vpc-*'], 'StringLike'),
  ...on('aws:VpceAccount', ['111122223333'], 'StringEquals'),
  ...on('aws:SourceAccount', ['111122223333'], 'StringEquals'),
  ...on('aws:PrincipalIsAWSService', ['true'], 'Bool', 'BoolIfExists'),
  ...on('aws:SecureTransport', ['true'], 'Bool'),
  ...on('aws:Referer', ['https://example.com/'], 'StringEquals'),
  ...on('aws:PrincipalOrgID', ['false'], 'Null'),
];
const denyConditions = [
  ...on('aws:PrincipalOrgID', ['o-a1b2c3d4e5'], 'StringNotEquals', 'StringNotEqualsIfExists'),
  ...on('aws:PrincipalOrgPaths', ['o-a1b2c3d4e5/*'], 'ForAllValues:StringNotLike'),
  ...on('aws:SourceIp', ['203.0.113.0/24'], 'NotIpAddress', 'NotIpAddressIfExists', 'IpAddress'),
  ...on('aws:PrincipalIsAWSService', ['false'], 'BoolIfExists'),
  ...on('aws:SourceVpce', ['vpce-0own'], 'StringNotEquals', 'StringEquals'),
  ...on('aws:SecureTransport', ['false'], 'Bool'),
];
/** Of these, a Deny and an Allow can shut strangers out only together, which the analyser does not claim to see. */
const entangled = [
  ...on('aws:PrincipalIsAWSService', ['false'], 'Bool'),
  ...on('aws:PrincipalOrgPaths', ['o-a1b2c3d4e5/*'], 'ForAnyValue:StringNotLike'),
  ...on('aws:PrincipalOrgID', ['true', 'false'], 'Null'),
  ...on('aws:PrincipalArn', ['true'], 'Null'),
  ...on('aws:SourceIp', ['0.0.0.0/1'], 'NotIpAddress'),
];

const allow = statement('Allow', [...resources, ...notResources], allowConditions, 1);
const deny = statement('Deny', resources, denyConditions, 1);
const anyStatement = fc.oneof(
  statement('Allow', [...resources, ...notResources], [...allowConditions, ...entangled], 3),
  statement('Deny', [...resources, ...notResources], [...denyConditions, ...entangled, ...allowConditions], 2),
);

test('what the analyser calls public is what strangers can do, and nothing else', () => {
  const policies = fc.tuple(allow, fc.option(deny)).map(([first, second]) => ({ Statement: second ? [first, second] : [first] }));
  fc.assert(
    fc.property(policies, (policy) => {
      expect(analysed(policy)).toEqual({ read: strangersMay('read', policy), write: strangersMay('write', policy) });
    }),
    { numRuns: 2_000 },
  );
}, 60_000);

test('nothing that strangers can do escapes the analyser, however statements and conditions are combined', () => {
  const policies = fc.array(anyStatement, { minLength: 1, maxLength: 4 }).map((Statement) => ({ Statement }));
  fc.assert(
    fc.property(policies, (policy) => {
      const found = analysed(policy);
      expect(found.read || !strangersMay('read', policy)).toBe(true);
      expect(found.write || !strangersMay('write', policy)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
}, 60_000);

function analysed(policy: RawPolicy): { read: boolean; write: boolean } {
  const open = grantsToEveryone(toPolicyDocument(policy, 's3:GetBucketPolicy'), BUCKET).filter(({ conditional }) => !conditional);
  return { read: open.some(({ access }) => access === 'read'), write: open.some(({ access }) => access === 'write') };
}

function on(key: string, values: readonly string[], ...operators: readonly string[]): readonly Conditions[] {
  return operators.map((operator) => ({ [operator]: { [key]: values } }));
}

function statement(
  Effect: RawStatement['Effect'],
  places: readonly Pick<RawStatement, 'Resource' | 'NotResource'>[],
  conditions: readonly Conditions[],
  most: number,
): fc.Arbitrary<RawStatement> {
  const chosen = fc.uniqueArray(fc.constantFrom(...conditions), { maxLength: most, selector: (condition) => Object.keys(condition)[0] });
  return fc
    .tuple(principals, actions, fc.constantFrom(...places), chosen)
    .map(([who, what, where, when]) => ({ Effect, ...who, ...what, ...where, Condition: Object.assign({}, ...when) }));
}
