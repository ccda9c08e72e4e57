import { describe, expect, test } from 'vitest';
import { dangerousGrant, managedAdminPolicy } from '../../../checks/predicates/dangerous-grants.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const HOME = { accountId: '111122223333', partition: 'aws' };

test.each([
  ['arn:aws:iam::aws:policy/AdministratorAccess', 'HIGH'],
  ['arn:aws-cn:iam::aws:policy/IAMFullAccess', 'HIGH'],
  ['arn:aws:iam::aws:policy/PowerUserAccess', 'MEDIUM'],
  ['arn:aws:iam::111122223333:policy/team/AdministratorAccess', 'HIGH'],
  ['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess', undefined],
  ['arn:aws:iam::aws:policy/AdministratorAccessNot', undefined],
  ['constructor', undefined],
])('%s is worth %s', (arn, severity) => {
  expect(managedAdminPolicy(arn)?.severity).toBe(severity);
});

describe('a document', () => {
  test.each<[string, string]>([
    ['*', '*'],
    ['iam:AttachUserPolicy', 'iam:AttachUserPolicy'],
    ['sts:AssumeRole', 'sts:AssumeRole'],
  ])('that allows %s is told with that statement, and not with those that allow it only from somewhere', (Action, action) => {
    const conditional = { Action, Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } };
    expect(grantOf([conditional, { Action, Resource: '*' }])?.evidence).toEqual({
      allows: [{ effect: 'Allow', action: [action], resource: ['*'] }],
    });
  });

  test.each<[string, object | object[], string]>([
    ['everything', { Action: '*', Resource: '*' }, 'allows every action on every resource'],
    [
      'everything in two statements',
      [
        { NotAction: 'iam:*', Resource: '*' },
        { Action: 'iam:*', Resource: '*' },
      ],
      'allows every action on every resource',
    ],
    ['all of IAM', { Action: ['iam:*', 's3:Get*'], Resource: '*' }, 'allows all of iam:*, so it can make itself administrator'],
    ['one way to become administrator', { Action: 'iam:AttachUserPolicy', Resource: '*' }, 'allows to attach any policy to any user'],
    ['the same by wildcards', { Action: 'iam:Put*', Resource: 'arn:aws:iam::*:*' }, 'allows to write policies of any user'],
    [
      'on users by their ARN',
      { Action: 'iam:CreateAccessKey', Resource: 'arn:aws:iam::*:user/*' },
      'allows to make access keys of any user',
    ],
    ['every role', { Action: 'sts:Assume*', Resource: '*' }, 'allows to assume every role'],
    [
      'everything with MFA',
      { Action: '*', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
      'allows every action on every resource',
    ],
  ])('is told: %s', (_, statements, reason) => {
    expect(grantOf(statements)?.reason).toBe(reason);
  });

  test.each<[string, object | object[]]>([
    ['everything but IAM and STS', { NotAction: ['iam:*', 'sts:*'], Resource: '*' }],
    [
      'nothing, and a Deny under a condition',
      { Effect: 'Deny', Action: '*', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
    ],
    [
      'every role, and a Deny of that',
      [
        { Action: 'sts:AssumeRole', Resource: '*' },
        { Effect: 'Deny', Action: 'sts:*', Resource: '*' },
      ],
    ],
    ['one role', { Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::444455556666:role/deploy' }],
    ['policies of one user', { Action: 'iam:PutUserPolicy', Resource: 'arn:aws:iam::111122223333:user/mailer' }],
    ['everything from one address', { Action: '*', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.7/32' } } }],
    [
      'everything, and everything denied',
      [
        { Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: '*', Resource: '*' },
      ],
    ],
    ['reading', { Action: ['s3:Get*', 'iam:Get*', 'iam:List*'], Resource: '*' }],
  ])('is not told: %s', (_, statements) => {
    expect(grantOf(statements)).toBeUndefined();
  });
});

function grantOf(statements: object | readonly object[]) {
  const list = (Array.isArray(statements) ? statements : [statements]).map((statement) => ({ Effect: 'Allow', ...statement }));
  return dangerousGrant(toPolicyDocument(JSON.stringify({ Statement: list }), 'test'), HOME);
}
