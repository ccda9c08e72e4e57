import { describe, expect, test } from 'vitest';
import { deniesWithoutMfa, obtainable, unmetConditions } from '../../../checks/predicates/permission-conditions.ts';
import { type PolicyStatement, toPolicyDocument } from '../../../inventory/policy-document.ts';

const OWN = '111122223333';
const FOREIGN = '444455556666';

describe('an Allow is there for any principal of the account', () => {
  test.each<[string, object]>([
    ['without conditions', {}],
    ['over TLS', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['over TLS, in capitals', { Bool: { 'aws:SecureTransport': 'True' } }],
    ['over TLS or not', { Bool: { 'aws:SecureTransport': ['false', 'true'] } }],
    ['not through a service', { Bool: { 'aws:ViaAWSService': 'false' } }],
    ['not through a service, in capitals', { Bool: { 'aws:ViaAWSService': 'False' } }],
    ['with MFA, where the request says anything of it', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }],
    ['with MFA, by a set that may be empty', { 'ForAllValues:Bool': { 'aws:MultiFactorAuthPresent': 'true' } }],
    ['from any address', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }],
    ['from any address of IPv6', { IpAddress: { 'aws:SourceIp': '::/0' } }],
    ['from any address, beside a narrower one', { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } }],
    ['of the own account', { StringEquals: { 'aws:PrincipalAccount': OWN } }],
    ['of the own account, whatever the case', { StringEqualsIgnoreCase: { 'aws:PrincipalAccount': OWN } }],
    ['of the own account, by a pattern', { StringLike: { 'aws:PrincipalAccount': OWN } }],
    ['on what is of the own account', { StringEquals: { 'aws:ResourceAccount': OWN } }],
    ["on what is of the caller's account", { StringEquals: { 'aws:ResourceAccount': `\${aws:PrincipalAccount}` } }],
    ["on what is of the caller's organization", { StringEquals: { 'aws:ResourceOrgID': `\${aws:PrincipalOrgID}` } }],
    ['of the own account, or another', { StringEquals: { 'aws:PrincipalAccount': [FOREIGN, OWN] } }],
    ['in any region', { StringLike: { 'aws:RequestedRegion': '*' } }],
    ['in any region, beside some', { StringLike: { 'aws:RequestedRegion': ['eu-*', '*'] } }],
    ['by any ARN', { ArnLike: { 'aws:PrincipalArn': '*' } }],
    ['by any ARN, with the operator for equal ones', { ArnEquals: { 'aws:PrincipalArn': '*' } }],
    ['with any tag, if there is one', { StringLikeIfExists: { 'aws:PrincipalTag/team': '**' } }],
    ['with any tags, by a set that may be empty', { 'ForAllValues:StringLike': { 'aws:TagKeys': '*' } }],
  ])('%s', (_, condition) => {
    expect(obtainable(allow(condition), OWN)).toBe('always');
  });
});

describe('an Allow is there after signing in with MFA', () => {
  test.each<[string, object]>([
    ['asked for plainly', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }],
    ['asked for in capitals', { Bool: { 'aws:MultiFactorAuthPresent': 'True' } }],
    ['asked for, or not', { Bool: { 'aws:MultiFactorAuthPresent': ['true', 'false'] } }],
    ['lately', { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }],
    ['lately, to the second', { NumericLessThanEquals: { 'aws:MultiFactorAuthAge': '3600' } }],
    ['at any time', { Null: { 'aws:MultiFactorAuthAge': 'false' } }],
    ['over TLS', { Bool: { 'aws:MultiFactorAuthPresent': 'true', 'aws:SecureTransport': 'true' } }],
    [
      'lately, and plainly asked for',
      { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, NumericLessThan: { 'aws:MultiFactorAuthAge': '9' } },
    ],
  ])('%s', (_, condition) => {
    expect(obtainable(allow(condition), OWN)).toBe('with-mfa');
  });
});

describe('an Allow is restricted', () => {
  test.each<[string, object]>([
    ['to requests without TLS', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['to requests of a service', { Bool: { 'aws:ViaAWSService': 'true' } }],
    ['to calls of services themselves', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }],
    ['to a network', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    ['to addresses within VPCs', { IpAddress: { 'aws:VpcSourceIp': '0.0.0.0/0' } }],
    ['to another account', { StringEquals: { 'aws:PrincipalAccount': FOREIGN } }],
    ["to the caller's account by another key", { StringEquals: { 'aws:SourceAccount': OWN } }],
    ['to what is of another organization', { StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } }],
    ['to callers of an organization', { StringEquals: { 'aws:PrincipalOrgID': `\${aws:PrincipalOrgID}` } }],
    ['to who has a certain tag', { StringLike: { 'aws:PrincipalTag/team': '*' } }],
    ['to a region', { StringLike: { 'aws:RequestedRegion': 'eu-*' } }],
    ['to a name that is a star, where stars are no pattern', { StringEquals: { 'aws:UserId': '*' } }],
    ['to all but an account', { StringNotEquals: { 'aws:PrincipalAccount': FOREIGN } }],
    ['to MFA long ago', { NumericGreaterThan: { 'aws:MultiFactorAuthAge': '3600' } }],
    ['to something young that is not MFA', { NumericLessThan: { 's3:max-keys': '10' } }],
    ['to sessions in which nobody used MFA', { Null: { 'aws:MultiFactorAuthAge': 'true' } }],
    ['to sessions that were opened without MFA', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }],
    ['to regions that end alike', { StringLike: { 'aws:RequestedRegion': '*-1' } }],
    ['to requests that carry a tag', { Null: { 'aws:RequestTag/team': 'false' } }],
    ['to MFA within a network', { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
  ])('%s', (_, condition) => {
    expect(obtainable(allow(condition), OWN)).toBe('restricted');
  });
});

test('what anybody can bring about is not among the conditions left', () => {
  const statement = allow({
    Bool: { 'aws:SecureTransport': 'true' },
    StringEquals: { 'aws:SourceVpc': 'vpc-1', 'aws:ResourceAccount': OWN },
  });
  expect(unmetConditions(statement, OWN).map(({ key }) => key)).toEqual(['aws:sourcevpc']);
});

describe('a Deny of sessions without MFA', () => {
  test.each<[string, object]>([
    ['of keys too', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }],
    ['of keys too, in capitals', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'False' } }],
    ['by the age that they lack', { Null: { 'aws:MultiFactorAuthAge': 'true' } }],
  ])('%s', (_, condition) => {
    expect(deniesWithoutMfa(deny(condition))).toBe(true);
  });

  test.each<[string, object]>([
    ['that is no more than a Deny', {}],
    ['that spares keys, whose requests lack it', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }],
    ['that is one of sessions with MFA', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }],
    ['that is one of all sessions', { BoolIfExists: { 'aws:MultiFactorAuthPresent': ['false', 'true'] } }],
    ['that asks for nothing', { BoolIfExists: { 'aws:MultiFactorAuthPresent': [] } }],
    ['that is one of plain HTTP', { BoolIfExists: { 'aws:SecureTransport': 'false' } }],
    ['that is one of sessions with an age', { Null: { 'aws:MultiFactorAuthAge': 'false' } }],
    ['that is one of requests without a tag', { Null: { 'aws:RequestTag/team': 'true' } }],
    ['that compares the age alone', { NumericGreaterThan: { 'aws:MultiFactorAuthAge': 'true' } }],
    ['from one network only', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' }, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
  ])('is not one %s', (_, condition) => {
    expect(deniesWithoutMfa(deny(condition))).toBe(false);
  });
});

function allow(condition: object): PolicyStatement {
  return statementOf('Allow', condition);
}

function deny(condition: object): PolicyStatement {
  return statementOf('Deny', condition);
}

function statementOf(Effect: string, Condition: object): PolicyStatement {
  const { statements } = toPolicyDocument({ Statement: [{ Effect, Action: 'iam:*', Resource: '*', Condition }] }, 'iam:GetPolicyVersion');
  const [statement] = statements;
  if (statement === undefined) throw new Error('no statement');
  return statement;
}
