import { describe, expect, test } from 'vitest';
import { admitOnlyNamedCallers, spareOnlyNamedCallers } from '../../../checks/predicates/conditions.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const ORGANIZATION = 'o-a1b2c3d4e5';

function conditionsOf(Condition: object) {
  const [statement] = toPolicyDocument(
    { Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition } },
    'test',
  ).statements;
  return statement?.conditions ?? [];
}

describe('an Allow to everybody admits', () => {
  test.each<[string, object]>([
    ['one account', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }],
    ['one of two accounts', { StringEquals: { 'aws:PrincipalAccount': ['111122223333', '444455556666'] } }],
    ['one account, which every request tells', { StringEqualsIfExists: { 'aws:PrincipalAccount': '111122223333' } }],
    ['one organization', { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }],
    ['paths of one organization', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/*` } }],
    ['roles of one account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }],
    ['roles of one account, by text', { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }],
    ['sessions of one account, by text', { StringLike: { 'aws:PrincipalArn': 'arn:aws:sts::111122223333:assumed-role/*' } }],
    ['topics of one account in any region', { StringLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } }],
    ['sessions of one role', { StringLike: { 'aws:userid': 'AROAEXAMPLEEXAMPLE12:*' } }],
    [
      'an endpoint that every request must name',
      { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' }, Null: { 'aws:SourceVpce': 'false' } },
    ],
    ['services of AWS', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }],
  ])('only %s', (_, condition) => {
    expect(admitOnlyNamedCallers(conditionsOf(condition))).toBe(true);
  });

  test.each<[string, object]>([
    ['without a condition', {}],
    ['of no account', { StringEquals: { 'aws:PrincipalAccount': [] } }],
    ['of an empty name', { StringEquals: { 'aws:PrincipalOrgID': '' } }],
    ['of one account or any', { StringLike: { 'aws:PrincipalAccount': ['111122223333', '*'] } }],
    ['of any organization', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': '*' } }],
    ['of any organization whose path holds the name', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `*/${ORGANIZATION}/*` } }],
    ['of any session whose name holds the id of a role', { StringLike: { 'aws:userid': '*:AROAEXAMPLEEXAMPLE12:*' } }],
    ['of anonymous callers', { StringLike: { 'aws:userid': 'Anonymous' } }],
    [
      'of sessions whose text before the account is anything',
      { StringLike: { 'aws:PrincipalArn': 'arn:aws:sts:*:111122223333:assumed-role/*' } },
    ],
    ['of a role in any account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } }],
    ['of a role in an account whose number is more than one', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*111122223333:role/*' } }],
    ['of a role in an account whose number goes on', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333*:role/*' } }],
    [
      'that tell another key than the one that may be absent',
      { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' }, Null: { 'aws:SourceVpc': 'false' } },
    ],
    ['that do not tell an endpoint', { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' }, Null: { 'aws:SourceVpce': 'true' } }],
    [
      'that tell no endpoint but one',
      { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' }, StringNotEquals: { 'aws:SourceVpce': 'false' } },
    ],
    ['from other organizations', { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }],
    ['with a header that any caller can send', { StringEquals: { 'aws:Referer': 'https://example.com' } }],
    ['with a key that AWS does not have', { StringEquals: { constructor: 'x' } }],
  ])('callers nobody named %s', (_, condition) => {
    expect(admitOnlyNamedCallers(conditionsOf(condition))).toBe(false);
  });
});

describe('a Deny to everybody', () => {
  test.each<[string, object]>([
    ['all but one organization', { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }],
    ['all but one organization, told or not', { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION } }],
    ['all but services', { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }],
    ['everybody', {}],
  ])('denies %s', (_, condition) => {
    expect(spareOnlyNamedCallers(conditionsOf(condition))).toBe(true);
  });

  test.each<[string, object]>([
    ['who does not tell whether it is a service', { Bool: { 'aws:PrincipalIsAWSService': 'false' } }],
    ['who is no service', { BoolIfExists: { 'aws:PrincipalIsAWSService': 'true' } }],
    ['who comes by TLS', { BoolIfExists: { 'aws:SecureTransport': 'false' } }],
    ['who does not come from there', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    ['whose paths are not told', { 'ForAnyValue:StringNotLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/*` } }],
    ['whose second key nobody named', { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION, 'aws:UserAgent': 'x' } }],
  ])('spares one %s', (_, condition) => {
    expect(spareOnlyNamedCallers(conditionsOf(condition))).toBe(false);
  });
});
