import { describe, expect, test } from 'vitest';
import { asReadThrough } from '../../../checks/predicates/access-point-conditions.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const POINT = { arn: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/data', accountId: '111122223333', networkOrigin: 'Internet' };

function left(Effect: 'Allow' | 'Deny', Condition: object) {
  const document = toPolicyDocument({ Statement: { Effect, Principal: '*', Action: '*', Resource: '*', Condition } }, 'test');
  return asReadThrough(document, POINT).statements.map(({ conditions }) => conditions.map(({ key }) => key));
}

describe('of a policy, read through an access point,', () => {
  test.each<[string, object, boolean]>([
    ['its account', { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } }, true],
    ['one of several accounts', { StringEquals: { 's3:DataAccessPointAccount': ['444455556666', '111122223333'] } }, true],
    ['another account', { StringEquals: { 's3:DataAccessPointAccount': '444455556666' } }, false],
    ['all but its account', { StringNotEquals: { 's3:DataAccessPointAccount': '111122223333' } }, false],
    ['all but another account', { StringNotEquals: { 's3:DataAccessPointAccount': '444455556666' } }, true],
    ['its ARN', { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:*:accesspoint/data' } }, true],
    ['another ARN', { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:*:accesspoint/other' } }, false],
    ['all but access points for a VPC', { StringNotEquals: { 's3:AccessPointNetworkOrigin': 'VPC' } }, true],
    ['access points for a VPC', { StringEquals: { 's3:AccessPointNetworkOrigin': 'VPC' } }, false],
  ])('a statement on %s stands or falls: %j %s', (_, condition, stands) => {
    expect(left('Allow', condition)).toEqual(stands ? [[]] : []);
    expect(left('Deny', condition)).toEqual(stands ? [[]] : []);
  });

  test('a condition that cannot be decided is met by an Allow and not by a Deny', () => {
    const condition = { 'ForAllValues:NumericEquals': { 's3:DataAccessPointAccount': '111122223333' } };
    expect(left('Allow', condition)).toEqual([[]]);
    expect(left('Deny', condition)).toEqual([]);
  });

  test('other conditions stay', () => {
    const condition = { StringEquals: { 's3:DataAccessPointAccount': '111122223333', 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
    expect(left('Allow', condition)).toEqual([['aws:principalorgid']]);
  });
});
