import { describe, expect, test } from 'vitest';
import { linkBetween, toStation } from '../../../checks/predicates/escalation-links.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';
import type { ResourceIdentity } from '../../../inventory/resource.ts';

const IAM = 'arn:aws:iam::111122223333:';
const OWN_ACCOUNT = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' };
const LAMBDA = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
const ASSUME = allow('sts:AssumeRole');
const RUN_IN_LAMBDA = [allow('iam:PassRole'), allow('lambda:CreateFunction'), allow('lambda:InvokeFunction')];

/** How a user with some permissions comes to act as a role that trusts somebody. */
function linkTo(trust: readonly object[], may: readonly object[], path = 'role/target') {
  return linkBetween(station('AWS::IAM::User', 'user/start', may), station('AWS::IAM::Role', path, [], trust));
}

describe('a role is assumed', () => {
  test.each<[string, readonly object[]]>([
    ['that trusts the account', [OWN_ACCOUNT]],
    ['that trusts the account beside a service', [LAMBDA, OWN_ACCOUNT]],
    ['that trusts everybody', [{ ...OWN_ACCOUNT, Principal: '*' }]],
    ['that trusts all but another', [{ Effect: 'Allow', NotPrincipal: { AWS: `${IAM}user/other` }, Action: 'sts:AssumeRole' }]],
  ])('%s', (_, trust) => {
    expect(linkTo(trust, [ASSUME])?.words).toBe('assume role target');
  });

  test.each<[string, readonly object[], readonly object[]]>([
    ['that trusts only a service', [LAMBDA], [ASSUME]],
    ['that trusts nobody', [], [ASSUME]],
    ['that denies it', [OWN_ACCOUNT, { ...OWN_ACCOUNT, Effect: 'Deny' }], [ASSUME]],
    ['that only denies', [{ ...OWN_ACCOUNT, Effect: 'Deny' }], [ASSUME]],
    ['that trusts the account, without permission', [OWN_ACCOUNT], [allow('sts:GetCallerIdentity')]],
    ['that trusts another account', [{ ...OWN_ACCOUNT, Principal: { AWS: '444455556666' } }], [ASSUME]],
  ])('not where it is one %s', (_, trust, may) => {
    expect(linkTo(trust, may)).toBeUndefined();
  });

  test('by a user, not: users are not assumed', () => {
    const user = station('AWS::IAM::User', 'user/target', [], [OWN_ACCOUNT]);
    expect(linkBetween(station('AWS::IAM::User', 'user/start', [ASSUME]), user)).toBeUndefined();
  });

  test('by itself, not', () => {
    const role = station('AWS::IAM::Role', 'role/same', [ASSUME], [OWN_ACCOUNT]);
    expect(linkBetween(role, role)).toBeUndefined();
  });
});

describe('a role is passed to Lambda', () => {
  const under = (Condition: object) => [{ ...LAMBDA, Condition }];
  const WORDS = 'run code in a new function as role target';
  test.each<[string, readonly object[], readonly string[]]>([
    ['by one that trusts Lambda', [LAMBDA], []],
    ['from this account', under({ StringEquals: { 'aws:SourceAccount': '111122223333' } }), []],
    [
      'from one function',
      under({ ArnEquals: { 'aws:SourceArn': 'arn:aws:lambda:eu-west-1:111122223333:function:x' } }),
      ['arnequals aws:sourcearn arn:aws:lambda:eu-west-1:111122223333:function:x'],
    ],
  ])('%s', (_, trust, onlyIf) => {
    expect(linkTo(trust, RUN_IN_LAMBDA)).toMatchObject({ words: WORDS, onlyIf });
  });

  test('the conditions of the permission and of the trust are told', () => {
    const [pass, ...rest] = RUN_IN_LAMBDA;
    const office = { ...pass, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } };
    const link = linkTo(under({ StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }), [office, ...rest]);
    expect(link?.onlyIf).toEqual(['ipaddress aws:sourceip 203.0.113.0/24', 'stringequals aws:sourceorgid o-a1b2c3d4e5']);
  });

  test.each<[string, readonly object[]]>([
    ['from another account', under({ StringEquals: { 'aws:SourceAccount': '444455556666' } })],
    ['to another service', [{ ...LAMBDA, Principal: { Service: 'ec2.amazonaws.com' } }]],
    ['to its own account', [OWN_ACCOUNT]],
  ])('not where it is trusted %s', (_, trust) => {
    expect(linkTo(trust, RUN_IN_LAMBDA)).toBeUndefined();
  });

  test('a group is not: it has no credentials', () => {
    const group = station('AWS::IAM::Group', 'group/target', [], [LAMBDA]);
    expect(linkBetween(station('AWS::IAM::User', 'user/start', RUN_IN_LAMBDA), group)).toBeUndefined();
  });
});

describe('a role that Identity Center has made', () => {
  const RESERVED = 'role/aws-reserved/sso.amazonaws.com/target';
  const REWRITE = [allow('iam:UpdateAssumeRolePolicy')];

  test('lets nobody else change whom it trusts', () => {
    expect(linkTo([], REWRITE, 'role/target')?.words).toBe('let itself assume role target');
    expect(linkTo([], REWRITE, RESERVED)).toBeUndefined();
  });

  test('is taken over in other ways, if it trusts', () => {
    expect(linkTo([OWN_ACCOUNT], [ASSUME], RESERVED)?.words).toBe('assume role target');
    expect(linkTo([LAMBDA], RUN_IN_LAMBDA, RESERVED)?.words).toBe('run code in a new function as role target');
  });
});

function station(type: ResourceIdentity['type'], path: string, may: readonly object[], trust: readonly object[] = []) {
  const id = path.slice(path.lastIndexOf('/') + 1);
  const identity: ResourceIdentity = { type, arn: IAM + path, id, accountId: '111122223333', region: 'global', partition: 'aws', tags: {} };
  return toStation({ identity }, [{ name: 'own', via: 'direct', document: documentOf(may) }], undefined, documentOf(trust));
}

function allow(Action: string): object {
  return { Effect: 'Allow', Action, Resource: '*' };
}

function documentOf(Statement: readonly object[]) {
  return toPolicyDocument({ Statement }, 'test');
}
