import { describe, expect, test } from 'vitest';
import { callersLetIn, isForEveryone, lessDenied, type PolicyCaller, servicesLetIn } from '../../../checks/predicates/policy-callers.ts';
import { type PolicyStatement, toPolicyDocument } from '../../../inventory/policy-document.ts';

const OWN = '111122223333';
const PARTNER = '444455556666';
const OTHER = '777788889999';
const HOME = { accountId: OWN, trustedAccounts: [] };
const GONE = 'AIDAEXAMPLEEXAMPLE001';

describe('who counts as everyone', () => {
  test.each<[string, object, boolean]>([
    ['everybody', { Principal: '*' }, true],
    ['everybody beside our own account', { Principal: { AWS: [OWN, '*'] } }, true],
    ['every account, by a wildcard', { Principal: { AWS: 'arn:aws:iam::*:root' } }, true],
    ['an identity provider that anybody can sign up with', { Principal: { Federated: 'accounts.google.com' } }, true],
    ['one of those beside our own provider', { Principal: { Federated: [provider(OWN), 'graph.facebook.com'] } }, true],
    ['our own identity provider', { Principal: { Federated: provider(OWN) } }, false],
    ['an account', { Principal: { AWS: PARTNER } }, false],
    ['a user who is gone', { Principal: { AWS: GONE } }, false],
    ['a service', { Principal: { Service: 's3.amazonaws.com' } }, false],
    ['all but an account', { NotPrincipal: { AWS: PARTNER } }, true],
    ['all but everybody', { NotPrincipal: { AWS: [PARTNER, '*'] } }, false],
    ['nobody', {}, false],
  ])('%s', (_, who, expected) => {
    expect(isForEveryone(allow(who))).toBe(expected);
  });
});

describe('who is let in', () => {
  test.each<[string, object, object, readonly string[]]>([
    ['everybody', { Principal: '*' }, {}, ['everyone']],
    ['an account named twice', { Principal: { AWS: [PARTNER, `arn:aws:iam::${PARTNER}:root`] } }, {}, [`account ${PARTNER}`]],
    ['our own account', { Principal: { AWS: OWN } }, {}, []],
    ['a user who is gone', { Principal: { AWS: GONE } }, {}, []],
    ['a canonical user', { Principal: { CanonicalUser: '79a59df900b949e5' } }, {}, ['canonical user 79a59df900b949e5']],
    ['accounts, of which a condition names one', { Principal: { AWS: [PARTNER, OTHER] } }, account(PARTNER), [`account ${PARTNER}`]],
    ['everybody, where a condition names accounts', { Principal: '*' }, account(PARTNER, OWN), [`account ${PARTNER}`]],
    ['everybody, where a condition names our own account', { Principal: '*' }, account(OWN), []],
    [
      'everybody by the access points of an account',
      { Principal: '*' },
      { StringEquals: { 's3:DataAccessPointAccount': PARTNER } },
      [`account ${PARTNER}`],
    ],
    ['everybody by the access points of our own account', { Principal: '*' }, { StringEquals: { 's3:DataAccessPointAccount': OWN } }, []],
    [
      'everybody by the access points of an account, over TLS',
      { Principal: '*' },
      { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 's3:DataAccessPointAccount': PARTNER } },
      [`account ${PARTNER}`],
    ],
    ['everybody over TLS', { Principal: '*' }, { Bool: { 'aws:SecureTransport': 'true' } }, ['everyone']],
    ['everybody from a VPC', { Principal: '*' }, { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, []],
    ['everybody by a mount target', { Principal: '*' }, { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'True' } }, []],
    ['everybody by no mount target', { Principal: '*' }, { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'false' } }, ['everyone']],
    [
      'everybody by a mount target or not',
      { Principal: '*' },
      { Bool: { 'elasticfilesystem:AccessedViaMountTarget': ['true', 'false'] } },
      ['everyone'],
    ],
    [
      'everybody by a mount target, if the request says so',
      { Principal: '*' },
      { BoolIfExists: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
      ['everyone'],
    ],
    [
      'everybody by a mount target, by a set that may be empty',
      { Principal: '*' },
      { 'ForAllValues:Bool': { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
      ['everyone'],
    ],
    [
      'everybody by a mount target, in an operator for numbers',
      { Principal: '*' },
      { NumericEquals: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
      ['everyone'],
    ],
  ])('%s', (_, who, condition, expected) => {
    expect(callersLetIn(allow(who, condition), HOME).map((caller) => caller.who)).toEqual(expected);
  });

  test('a canonical user stays where a condition names another account, which may be its', () => {
    const who = { Principal: { CanonicalUser: '79a59df900b949e5', AWS: OTHER } };
    expect(callersLetIn(allow(who, account(PARTNER)), HOME).map((caller) => caller.who)).toEqual(['canonical user 79a59df900b949e5']);
    expect(callersLetIn(allow(who, account(OWN, PARTNER)), HOME)).toHaveLength(1);
    expect(callersLetIn(allow(who, account(OWN)), HOME)).toEqual([]);
  });
});

describe('services let in for whomever they act', () => {
  const SERVICE = { Principal: { Service: ['s3.amazonaws.com', 'sns.amazonaws.com'] } };

  test.each<[string, object, object, readonly string[]]>([
    ['each that is named', SERVICE, {}, ['s3.amazonaws.com', 'sns.amazonaws.com']],
    ['none where there is none', { Principal: '*' }, {}, []],
    ['none where nobody is named', {}, {}, []],
    ['none for the account', SERVICE, { StringEquals: { 'aws:SourceAccount': OWN } }, []],
    ["none for the resource's account, by a variable", SERVICE, { StringEquals: { 'aws:SourceAccount': `\${aws:ResourceAccount}` } }, []],
    ['none for the account that owns the source, as SNS has it', SERVICE, { StringEquals: { 'aws:SourceOwner': OWN } }, []],
    ['none for an organization', SERVICE, { StringEquals: { 'aws:SourceOrgID': `\${aws:ResourceOrgID}` } }, []],
    ['none from a VPC endpoint', SERVICE, { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, []],
    ['all over TLS', SERVICE, { Bool: { 'aws:SecureTransport': 'true' } }, ['s3.amazonaws.com', 'sns.amazonaws.com']],
  ])('%s', (_, who, condition, expected) => {
    expect(servicesLetIn(allow(who, condition)).map((caller) => caller.who)).toEqual(expected);
  });
});

describe('what a Deny leaves', () => {
  const EVERYONE: PolicyCaller = { kind: 'everyone', who: 'everyone' };
  const ACCOUNT: PolicyCaller = { kind: 'account', who: `account ${PARTNER}`, id: PARTNER };
  const SERVICE: PolicyCaller = { kind: 'service', who: 's3.amazonaws.com', id: 's3.amazonaws.com' };
  const CANONICAL: PolicyCaller = { kind: 'account', who: 'canonical user 79a59df900b949e5', id: '79a59df900b949e5' };
  const ORGANIZATION = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };

  test.each<[string, object, object, PolicyCaller, readonly string[]]>([
    ['of everyone, for everybody', { Principal: '*' }, {}, EVERYONE, []],
    ['of everyone, for an account', { Principal: { AWS: PARTNER } }, {}, EVERYONE, ['everyone']],
    ['of everyone, for all but an account', { NotPrincipal: { AWS: PARTNER } }, {}, EVERYONE, [`account ${PARTNER}`]],
    ['of everyone, for all but a role of any account', { NotPrincipal: { AWS: 'arn:aws:iam::*:role/admin' } }, {}, EVERYONE, ['everyone']],
    ['of everyone, outside an organization', { Principal: '*' }, ORGANIZATION, EVERYONE, []],
    ['of everyone, over plain HTTP', { Principal: '*' }, { Bool: { 'aws:SecureTransport': 'false' } }, EVERYONE, ['everyone']],
    ['of an account, for it by its number', { Principal: { AWS: [OTHER, PARTNER] } }, {}, ACCOUNT, []],
    ['of an account, for it by its root', { Principal: { AWS: `arn:aws:iam::${PARTNER}:root` } }, {}, ACCOUNT, []],
    ['of an account, for a user of it', { Principal: { AWS: `arn:aws:iam::${PARTNER}:user/eve` } }, {}, ACCOUNT, [ACCOUNT.who]],
    ['of an account, for nobody', {}, {}, ACCOUNT, [ACCOUNT.who]],
    ['of an account, for all but another', { NotPrincipal: { AWS: OTHER } }, {}, ACCOUNT, []],
    ['of an account, for all but it and another', { NotPrincipal: { AWS: [OTHER, PARTNER] } }, {}, ACCOUNT, [ACCOUNT.who]],
    ['of an account, for all but a role of it', { NotPrincipal: { AWS: `arn:aws:iam::${PARTNER}:role/a` } }, {}, ACCOUNT, [ACCOUNT.who]],
    ['of an account, for all but everybody', { NotPrincipal: { AWS: '*' } }, {}, ACCOUNT, [ACCOUNT.who]],
    ['of an account, outside an organization', { Principal: '*' }, ORGANIZATION, ACCOUNT, []],
    ['of an account, outside a VPC', { Principal: '*' }, { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }, ACCOUNT, [ACCOUNT.who]],
    ['of an account, over plain HTTP', { Principal: '*' }, { Bool: { 'aws:SecureTransport': 'false' } }, ACCOUNT, [ACCOUNT.who]],
    ['of a canonical user, for everybody', { Principal: '*' }, {}, CANONICAL, []],
    ['of a canonical user, for all but our own account', { NotPrincipal: { AWS: OWN } }, {}, CANONICAL, []],
    ['of a canonical user, for all but an account, which may be its', { NotPrincipal: { AWS: PARTNER } }, {}, CANONICAL, [CANONICAL.who]],
    ['of a canonical user, for all but it', { NotPrincipal: { CanonicalUser: CANONICAL.id } }, {}, CANONICAL, [CANONICAL.who]],
    ['of a canonical user, outside our own account', { Principal: '*' }, outside(OWN), CANONICAL, []],
    ['of a canonical user, outside an account, which may be its', { Principal: '*' }, outside(PARTNER), CANONICAL, [CANONICAL.who]],
    ['of an account, outside it', { Principal: '*' }, outside(PARTNER), ACCOUNT, [ACCOUNT.who]],
    ['of an account, outside another', { Principal: '*' }, outside(OTHER), ACCOUNT, []],
    ['of a service, for it', { Principal: { Service: 's3.amazonaws.com' } }, {}, SERVICE, []],
    ['of a service, for it among others', { Principal: { Service: ['sns.amazonaws.com', 's3.amazonaws.com'] } }, {}, SERVICE, []],
    ['of a service, for another', { Principal: { Service: 'sns.amazonaws.com' } }, {}, SERVICE, [SERVICE.who]],
    ['of a service, for nobody', {}, {}, SERVICE, [SERVICE.who]],
    ['of a service, under a condition', { Principal: { Service: 's3.amazonaws.com' } }, ORGANIZATION, SERVICE, [SERVICE.who]],
  ])('%s', (_, who, condition, caller, left) => {
    const deny: PolicyStatement = { ...allow(who, condition), effect: 'Deny' };
    expect(lessDenied([caller], [deny], HOME).map((one) => one.who)).toEqual(left);
  });

  test('of everyone, where a pattern is spared, is everyone again', () => {
    const deny: PolicyStatement = { ...allow({ NotPrincipal: { AWS: 'arn:aws:iam::*:role/admin' } }), effect: 'Deny' };
    expect(lessDenied([EVERYONE], [deny], HOME)).toEqual([EVERYONE]);
  });
});

function provider(account: string): string {
  return `arn:aws:iam::${account}:oidc-provider/login.example.com`;
}

function account(...ids: readonly string[]): object {
  return { StringEquals: { 'aws:PrincipalAccount': ids } };
}

function outside(id: string): object {
  return { StringNotEquals: { 'aws:PrincipalAccount': id } };
}

function allow(who: object, Condition: object = {}): PolicyStatement {
  const { statements } = toPolicyDocument(
    { Statement: [{ ...who, Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition }] },
    'test',
  );
  const [statement] = statements;
  if (statement === undefined) throw new Error('no statement');
  return statement;
}
