import { describe, expect, test } from 'vitest';
import { assumesAnyRole } from '../../../checks/predicates/role-assumption.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';
import { identityOf } from '../example-resource.ts';

const ASSUME = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };
const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const NETWORK = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
const IN_NETWORK = 'ipaddress aws:sourceip 203.0.113.0/24';

test('every role, with the statements that allow it and no others', () => {
  expect(judged(READ, ASSUME, { ...ASSUME, Effect: 'Deny', Resource: 'arn:aws:iam::111122223333:role/admin' })).toEqual({
    reason: 'allows to assume every role',
    evidence: { allows: [{ effect: 'Allow', action: ['sts:AssumeRole'], resource: ['*'] }] },
    modifiers: [],
  });
});

test.each<[string, object]>([
  ['whose session carries a tag', { StringLike: { 'aws:RequestTag/team': '*' } }],
  ['with an external id', { StringEquals: { 'sts:ExternalId': 'x-1' } }],
  ['without MFA', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }],
  ['in a region, which the caller chooses', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }],
])('every role, %s', (_, Condition) => {
  expect(judged({ ...ASSUME, Condition })).toMatchObject({ reason: 'allows to assume every role', modifiers: [] });
});

describe('every role, under conditions', () => {
  test('of the Allow', () => {
    expect(judged({ ...ASSUME, Condition: NETWORK })).toEqual({
      reason: 'allows to assume every role, under conditions',
      evidence: { allows: [expect.objectContaining({ condition: [IN_NETWORK] })], onlyIf: [IN_NETWORK] },
      modifiers: [{ severity: 'MEDIUM', because: 'only under conditions' }],
    });
  });

  test('after MFA, of which keys say nothing', () => {
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    expect(judged({ ...ASSUME, Condition })?.evidence).toMatchObject({ onlyIf: ['bool aws:multifactorauthpresent true'] });
  });

  test('of a Deny', () => {
    expect(judged(ASSUME, { ...ASSUME, Effect: 'Deny', Condition: NETWORK })).toMatchObject({
      evidence: { allows: [{ effect: 'Allow' }], unless: [IN_NETWORK] },
    });
    expect(judged(ASSUME, { ...ASSUME, Effect: 'Deny', Condition: NETWORK })?.evidence).not.toHaveProperty('onlyIf');
  });
});

test.each<[string, readonly object[]]>([
  ['one that is named', [{ ...ASSUME, Resource: 'arn:aws:iam::111122223333:role/deploy' }]],
  ['those of a path', [{ ...ASSUME, Resource: 'arn:aws:iam::111122223333:role/ci/*' }]],
  ['those of another account', [{ ...ASSUME, Resource: 'arn:aws:iam::444455556666:role/*' }]],
  ['those with a tag', [{ ...ASSUME, Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } }]],
  ['those with a tag, by the key of IAM', [{ ...ASSUME, Condition: { StringEquals: { 'iam:ResourceTag/team': 'red' } } }]],
  ['none, as all are denied', [ASSUME, { ...ASSUME, Effect: 'Deny' }]],
  ['none', [READ]],
])('not every role: %s', (_, statements) => {
  expect(judged(...statements)).toBeUndefined();
});

function judged(...Statement: readonly object[]) {
  return assumesAnyRole(toPolicyDocument({ Statement }, 'test'), identityOf('AWS::IAM::ManagedPolicy'));
}
