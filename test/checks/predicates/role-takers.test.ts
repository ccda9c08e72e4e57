import { describe, expect, test } from 'vitest';
import { anyAudience, deletedPrincipals, judgeIfTaken, unboundServices } from '../../../checks/predicates/role-takers.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const OWN = '111122223333';
const PARTNER = 'arn:aws:iam::444455556666:root';
const TRUSTED = 'arn:aws:iam::777788889999:root';
const HOME = { accountId: OWN, trustedAccounts: ['777788889999'] };
const ASSUME = { Effect: 'Allow', Action: 'sts:AssumeRole' };
const SAML = {
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithSAML',
  Principal: { Federated: `arn:aws:iam::${OWN}:saml-provider/corporate` },
};
const GONE = ['AIDAEXAMPLEEXAMPLE001', 'AROAEXAMPLEEXAMPLE001'];

describe('who from outside may assume a role', () => {
  test.each<[string, object, string]>([
    ['everybody', { ...ASSUME, Principal: '*' }, 'everyone'],
    ['an account', { ...ASSUME, Principal: { AWS: PARTNER } }, 'account 444455556666'],
    [
      'an account with an external id',
      { ...ASSUME, Principal: { AWS: PARTNER }, Condition: { StringEquals: { 'sts:ExternalId': 'x-1' } } },
      'account 444455556666',
    ],
  ])('%s', (_, statement, who) => {
    expect(judged(statement)).toMatchObject({ status: 'FAIL', reason: `${who} may assume it; it is an administrator` });
  });

  test.each<[string, object]>([
    ['a trusted account', { ...ASSUME, Principal: { AWS: TRUSTED } }],
    ['our own', { ...ASSUME, Principal: { AWS: OWN } }],
    ['who may only tag sessions', { ...ASSUME, Action: 'sts:TagSession', Principal: { AWS: PARTNER } }],
  ])('not %s', (_, statement) => {
    expect(judged(statement)).toMatchObject({ status: 'NOT_APPLICABLE' });
  });

  test('each is evidence, with the statement that lets it in', () => {
    expect(judged({ ...ASSUME, Sid: 'Partner', Principal: { AWS: PARTNER } })).toMatchObject({
      evidence: {
        assumableBy: [{ who: 'account 444455556666', statement: { sid: 'Partner', effect: 'Allow', action: ['sts:AssumeRole'] } }],
        policy: 'AdministratorAccess',
      },
    });
  });

  function judged(statement: object) {
    const role = { trustPolicy: policy(statement), identity: { accountId: OWN } };
    return judgeIfTaken(role, HOME.trustedAccounts, () => ({ words: 'is an administrator', evidence: { policy: 'AdministratorAccess' } }));
  }
});

describe('services that may assume a role for whomever they like', () => {
  test.each<[string, object, readonly string[]]>([
    ['one that tells for whom', { ...ASSUME, Principal: { Service: 'states.amazonaws.com' } }, ['states.amazonaws.com']],
    [
      'not where the account is asked for',
      { ...ASSUME, Principal: { Service: 'states.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': OWN } } },
      [],
    ],
    ['not one that never tells', { ...ASSUME, Principal: { Service: 'ec2.amazonaws.com' } }, []],
    ['not one that may only tag sessions', { ...ASSUME, Action: 'sts:TagSession', Principal: { Service: 'states.amazonaws.com' } }, []],
  ])('%s', (_, statement, services) => {
    expect(unboundServices(policy(statement), HOME).map(({ service }) => service)).toEqual(services);
  });
});

describe('principals that are gone', () => {
  test.each<[string, readonly object[], readonly string[]]>([
    ['users and roles', [{ ...ASSUME, Principal: { AWS: [...GONE, PARTNER] } }], GONE],
    [
      'each once',
      [
        { ...ASSUME, Principal: { AWS: GONE } },
        { ...ASSUME, Principal: { AWS: GONE } },
      ],
      GONE,
    ],
    ['those that are spared', [{ Effect: 'Deny', Action: '*', NotPrincipal: { AWS: GONE } }], GONE],
    ['none where nobody is named', [ASSUME], []],
    ['none in the name of a role that is there', [{ ...ASSUME, Principal: { AWS: `arn:aws:iam::${OWN}:role/AROAEXAMPLEEXAMPLE001` } }], []],
  ])('%s', (_, statements, gone) => {
    expect(deletedPrincipals(policy(...statements))).toEqual(gone);
  });
});

describe('a SAML assertion', () => {
  const AUDIENCE = 'https://signin.aws.amazon.com/saml';

  test.each<[string, object]>([
    ['anybody', {}],
    ['anybody, by a pattern', { Condition: { StringLike: { 'SAML:aud': '*' } } }],
    ['AWS, or anybody', { Condition: { StringLike: { 'SAML:aud': [AUDIENCE, '*'] } } }],
    ['AWS, if it says for whom', { Condition: { StringEqualsIfExists: { 'SAML:aud': AUDIENCE } } }],
    ['AWS, by a set that may be empty', { Condition: { 'ForAllValues:StringEquals': { 'SAML:aud': AUDIENCE } } }],
    ['all but AWS', { Condition: { StringNotEquals: { 'SAML:aud': AUDIENCE } } }],
    ['somebody', { Condition: { Null: { 'SAML:aud': 'false' } } }],
    ['nobody that is named', { Condition: { StringEquals: { 'SAML:aud': [] } } }],
    ['anybody, of one issuer', { Condition: { StringEquals: { 'SAML:iss': 'https://idp.example.com' } } }],
    ['anybody, whatever comes with it', { Action: 'sts:*' }],
    ['anybody, of one of two providers', { Principal: { Federated: ['accounts.google.com', ...[SAML.Principal.Federated]] } }],
  ])('for %s is taken', (_, more) => {
    expect(anyAudience(policy({ ...SAML, ...more }))).toMatchObject([{ label: 'statement 1', evidence: { effect: 'Allow' } }]);
  });

  test.each<[string, object]>([
    ['for AWS only', { Condition: { StringEquals: { 'SAML:aud': AUDIENCE } } }],
    ['for AWS in one region', { Condition: { StringLike: { 'SAML:aud': 'https://*.signin.aws.amazon.com/saml' } } }],
    ['for AWS, whatever stands before', { Condition: { StringLike: { 'SAML:aud': '*.signin.aws.amazon.com/saml' } } }],
    ['for AWS, whatever stands behind', { Condition: { StringLike: { 'SAML:aud': 'https://signin.aws.amazon.com/*' } } }],
    ['of one user', { Condition: { StringEquals: { 'SAML:sub': 'ana' } } }],
    ['not at all, but a token', { Action: 'sts:AssumeRoleWithWebIdentity' }],
    ['not at all, but denied', { Effect: 'Deny' }],
    ['not at all, but the token of a web identity', { Principal: { Federated: 'accounts.google.com' } }],
    ['not at all, but a role', { Principal: { AWS: PARTNER } }],
    ['of nobody', { Principal: undefined }],
  ])('is taken %s', (_, more) => {
    expect(anyAudience(policy({ ...SAML, ...more }))).toEqual([]);
  });
});

function policy(...Statement: readonly object[]) {
  return toPolicyDocument(JSON.stringify({ Statement }), 'iam:GetRole');
}
