import { describe, expect, test } from 'vitest';
import { trustOpenings } from '../../../checks/predicates/trust.ts';
import type { PolicyCondition, PolicyStatement } from '../../../inventory/policy-document.ts';
import { ANY_USER, ANYBODY, allow, condition, deny, NO_EXTERNAL_ID, OWN, PARTNER, principals, reasons } from './trust-statements.ts';

describe('who is outside', () => {
  test.each<[string, string, string | undefined]>([
    ['the own account', OWN, undefined],
    ['the own root', `arn:aws:iam::${OWN}:root`, undefined],
    ['a session of an own role', `arn:aws:sts::${OWN}:assumed-role/deploy/ci`, undefined],
    ['a role that is gone', 'AROAEXAMPLEEXAMPLEEXA', undefined],
    ['a user that is gone', 'AIDAEXAMPLEEXAMPLEEXA', undefined],
    ['a role that is gone, whose id ends like an account', 'AROAEXAMP444455556666', undefined],
    ['everybody', '*', ANYBODY],
    ['a foreign account', PARTNER, NO_EXTERNAL_ID],
    ['a foreign root', `arn:aws:iam::${PARTNER}:root`, NO_EXTERNAL_ID],
    ['a foreign role', `arn:aws:iam::${PARTNER}:role/reader`, NO_EXTERNAL_ID],
    ['a foreign user in China', `arn:aws-cn:iam::${PARTNER}:user/a`, NO_EXTERNAL_ID],
    ['an account that is a wildcard', 'arn:aws:iam::*:root', ANYBODY],
  ])('%s', (_, aws, expected) => {
    expect(reasons([allow({ aws: [aws] })])).toEqual(expected ? [expected] : []);
  });

  test('services are not', () => {
    expect(reasons([allow({ service: ['lambda.amazonaws.com'] })])).toEqual([]);
  });

  test('accounts that the team trusts are not', () => {
    expect(trustOpenings({ statements: [allow({ aws: [PARTNER] })] }, { accountId: OWN, trustedAccounts: [PARTNER] })).toEqual([]);
  });

  test('all but those whom NotPrincipal names are', () => {
    const { principals, ...statement } = allow({ aws: [PARTNER] });
    expect(reasons([{ ...statement, ...(principals ? { notPrincipals: principals } : {}) }])).toEqual([ANYBODY]);
  });

  test('is nobody whom a statement does not name', () => {
    expect(reasons([{ effect: 'Allow', actions: ['sts:*'], conditions: [] }])).toEqual([]);
  });

  test('the evidence says who it is, and by which statement', () => {
    const { principals: spared, ...statement } = { ...allow({ aws: [PARTNER], service: ['ec2.amazonaws.com'] }), sid: 'Everyone' };
    const statements = [{ ...statement, ...(spared ? { notPrincipals: spared } : {}) }];
    expect(trustOpenings({ statements }, { accountId: OWN, trustedAccounts: [] })).toMatchObject([
      {
        evidence: { principal: `everybody but ${PARTNER}, ec2.amazonaws.com`, statement: { sid: 'Everyone', action: ['sts:AssumeRole'] } },
      },
    ]);
  });

  test('every stranger in a list is named, the worst first', () => {
    expect(trustOpenings({ statements: [allow({ aws: [PARTNER, OWN, '*'] })] }, { accountId: OWN, trustedAccounts: [] })).toMatchObject([
      { reason: ANYBODY, severity: 'CRITICAL' },
      { reason: NO_EXTERNAL_ID, severity: 'HIGH' },
    ]);
  });

  test.each([
    ['sts:*', [ANYBODY, ANY_USER]],
    ['STS:assume*', [ANYBODY, ANY_USER]],
    ['sts:AssumeRoleWithWebIdentity', [ANY_USER]],
    ['sts:TagSession', []],
  ])('everybody, for %s', (action, expected) => {
    expect(reasons([allow({ aws: ['*'] }, [], [action])])).toEqual(expected);
  });
});

describe('conditions for everybody', () => {
  test.each<[string, PolicyCondition]>([
    ['an organization', condition('stringequals', 'aws:principalorgid', 'o-a1b2c3d4e5')],
    ['an organization, by a set', condition('stringequals', 'aws:principalorgid', 'o-a1b2c3d4e5', { qualifier: 'ForAnyValue' })],
    ['the own organization, by a variable', condition('stringequals', 'aws:principalorgid', `\${aws:ResourceOrgID}`)],
    ['a part of an organization', condition('stringlike', 'aws:principalorgpaths', 'o-a1b2c3d4e5/r-ab12/*', { qualifier: 'ForAnyValue' })],
    ['the own account', condition('stringequals', 'aws:principalaccount', OWN)],
    ['the own account if the key is there, as it always is', condition('stringequals', 'aws:principalaccount', OWN, { ifExists: true })],
    ['roles of the own account', condition('arnlike', 'aws:principalarn', `arn:aws:iam::${OWN}:role/team-*`)],
    ['roles of the own account, as text', condition('stringlike', 'aws:principalarn', `arn:aws:iam::${OWN}:role/team-*`)],
    ['a source in the own account', condition('arnlike', 'aws:sourcearn', `arn:aws:sns:*:${OWN}:*`)],
    ['a bucket', condition('arnequals', 'aws:sourcearn', 'arn:aws:s3:::our-bucket')],
    ['the own account as source', condition('stringequals', 'aws:sourceaccount', OWN)],
    ['sources of an organization', condition('stringequals', 'aws:sourceorgid', 'o-a1b2c3d4e5')],
    ['services only', condition('bool', 'aws:principalisawsservice', 'true')],
    ['services only, in capitals', condition('bool', 'aws:principalisawsservice', 'True')],
    ['one service', condition('stringequals', 'aws:principalservicename', 'lambda.amazonaws.com')],
    ["the role's own account, by a variable", condition('stringequals', 'aws:principalaccount', `\${aws:ResourceAccount}`)],
    ['a bucket whose name is a pattern, compared as it is', condition('stringequals', 'aws:sourcearn', 'arn:aws:s3:::our-*')],
  ])('%s: closed', (_, only) => {
    expect(reasons([allow({ aws: ['*'] }, [only])])).toEqual([]);
  });

  test.each<[string, PolicyCondition]>([
    ['any organization', condition('stringlike', 'aws:principalorgid', 'o-*')],
    ['an organization, or none', condition('stringequals', 'aws:principalorgid', 'o-a1b2c3d4e5', { ifExists: true })],
    ['an organization, or none, by a set', condition('stringequals', 'aws:principalorgid', 'o-a1b2c3d4e5', { qualifier: 'ForAllValues' })],
    ['not one organization', condition('stringnotequals', 'aws:principalorgid', 'o-a1b2c3d4e5')],
    ['an organization among others', { ...condition('stringlike', 'aws:principalorgid', 'o-a1b2c3d4e5'), values: ['o-a1b2c3d4e5', '*'] }],
    ['any principal', condition('arnlike', 'aws:principalarn', '*')],
    ['services or not', { ...condition('bool', 'aws:principalisawsservice', 'true'), values: ['true', 'false'] }],
    ['no service', condition('bool', 'aws:principalisawsservice', 'false')],
    ['services, by a set that may be empty', condition('bool', 'aws:principalisawsservice', 'true', { qualifier: 'ForAllValues' })],
    ['services, if the request says so', condition('bool', 'aws:principalisawsservice', 'true', { ifExists: true })],
    ['any service of a kind', condition('stringlike', 'aws:principalservicename', 'lambda*')],
    ['one service, or any', { ...condition('stringlike', 'aws:principalservicename', 'x'), values: ['lambda.amazonaws.com', '*'] }],
    ['no organization that is named', { ...condition('stringequals', 'aws:principalorgid', 'x'), values: [] }],
    ['no account that is named', { ...condition('stringequals', 'aws:principalaccount', 'x'), values: [] }],
    ['one bucket, or any', { ...condition('arnlike', 'aws:sourcearn', 'x'), values: ['arn:aws:s3:::our-bucket', 'arn:aws:s3:::*'] }],
    ['a tag that looks like a bucket', condition('stringequals', 'aws:principaltag/team', 'arn:aws:s3:::our-bucket')],
    ['accounts that begin alike', condition('stringlike', 'aws:principalaccount', '1111*')],
    ['an account after a wildcard for the region', condition('stringlike', 'aws:principalarn', `arn:aws:iam:*:${OWN}:role/x`)],
    ['a role name in any account', condition('arnlike', 'aws:principalarn', 'arn:aws:iam::*:role/deploy')],
    ['an account that a wildcard may run past', condition('stringlike', 'aws:principalarn', `arn:aws:iam::*:${OWN}:role/x`)],
    ['any source', condition('arnlike', 'aws:sourcearn', 'arn:aws:sns:*:*:*')],
    ['an external id', condition('stringequals', 'sts:externalid', 'tenant-4711')],
    ['a tag that a stranger can set', condition('stringequals', 'aws:principaltag/team', 'red')],
    ['a session name', condition('stringlike', 'sts:rolesessionname', 'ops-*')],
  ])('%s: open, less gravely', (_, only) => {
    const [opening] = trustOpenings({ statements: [allow({ aws: ['*'] }, [only])] }, { accountId: OWN, trustedAccounts: [] });
    expect(opening).toMatchObject({ reason: ANYBODY, severity: 'HIGH' });
  });

  test('a foreign account: as if the account had been named', () => {
    const partner = condition('stringequals', 'aws:principalaccount', PARTNER);
    expect(reasons([allow({ aws: ['*'] }, [partner])])).toEqual([NO_EXTERNAL_ID]);
    expect(reasons([allow({ aws: ['*'] }, [condition('bool', 'aws:securetransport', 'true'), partner])])).toEqual([NO_EXTERNAL_ID]);
    expect(reasons([allow({ aws: ['*'] }, [partner], ['sts:TagSession'])])).toEqual([]);
    expect(reasons([allow({ aws: ['*'] }, [partner, condition('stringequals', 'sts:externalid', 'tenant-4711')])])).toEqual([]);
  });
});

describe('conditions for a foreign account', () => {
  test.each<[string, PolicyCondition, boolean]>([
    ['an external id', condition('stringequals', 'sts:externalid', 'tenant-4711'), true],
    ['an external id, as a pattern without wildcard', condition('stringlike', 'sts:externalid', 'tenant-4711'), true],
    ['an external id that may be anything', condition('stringlike', 'sts:externalid', '*'), false],
    ['an external id, or none', condition('stringequals', 'sts:externalid', 'tenant-4711', { ifExists: true }), false],
    ['an empty external id', condition('stringequals', 'sts:externalid', ''), false],
    ['an external id with a star, compared as it is', condition('stringequals', 'sts:externalid', 'tenant-*'), true],
    ['an external id, or any', { ...condition('stringlike', 'sts:externalid', 'x'), values: ['tenant-4711', '*'] }, false],
    ['no external id that is named', { ...condition('stringequals', 'sts:externalid', 'x'), values: [] }, false],
    ['not an external id', condition('stringnotequals', 'sts:externalid', 'tenant-4711'), false],
    ['our organization', condition('stringequals', 'aws:principalorgid', 'o-a1b2c3d4e5'), true],
    ['one of its roles', condition('arnequals', 'aws:principalarn', `arn:aws:iam::${PARTNER}:role/reader`), false],
    ['callers of the own account, so none', condition('stringequals', 'aws:principalaccount', OWN), true],
    ['MFA', condition('bool', 'aws:multifactorauthpresent', 'true'), false],
  ])('%s', (_, only, closed) => {
    expect(reasons([allow({ aws: [PARTNER] }, [only])])).toEqual(closed ? [] : [NO_EXTERNAL_ID]);
  });

  test('the evidence does not hold the external id', () => {
    const statements = [allow({ aws: ['*'] }, [condition('stringequals', 'sts:externalid', 'tenant-4711')])];
    expect(JSON.stringify(trustOpenings({ statements }, { accountId: OWN, trustedAccounts: [] }))).not.toContain('tenant-4711');
  });
});

describe('an explicit Deny', () => {
  const everybody = allow({ aws: ['*'] });
  const partner = allow({ aws: [PARTNER] });

  test.each<[string, PolicyStatement, PolicyStatement, boolean]>([
    ['of everybody', everybody, deny({ aws: ['*'] }), true],
    [
      'of everybody outside the organization',
      everybody,
      deny({ aws: ['*'] }, [condition('stringnotequals', 'aws:principalorgid', 'o-a1b2c3d4e5')]),
      true,
    ],
    [
      'of everybody outside the account',
      everybody,
      deny({ aws: ['*'] }, [condition('arnnotlike', 'aws:principalarn', `arn:aws:iam::${OWN}:*`)]),
      true,
    ],
    [
      'of all who are neither ours nor services',
      everybody,
      deny({ aws: ['*'] }, [
        condition('stringnotequalsignorecase', 'aws:principalorgid', 'o-a1b2c3d4e5'),
        condition('bool', 'aws:principalisawsservice', 'false', { ifExists: true }),
      ]),
      true,
    ],
    [
      'of those whose organization differs, if any',
      everybody,
      deny({ aws: ['*'] }, [condition('stringnotequals', 'aws:principalorgid', 'o-a1b2c3d4e5', { qualifier: 'ForAnyValue' })]),
      false,
    ],
    ['of one account', everybody, deny({ aws: [PARTNER] }), false],
    ['of services', everybody, deny({ aws: ['*'] }, [condition('bool', 'aws:principalisawsservice', 'true', { ifExists: true })]), false],
    [
      'of all who are known not to be services',
      everybody,
      deny({ aws: ['*'] }, [condition('bool', 'aws:principalisawsservice', 'false')]),
      false,
    ],
    [
      'of an organization, or none',
      everybody,
      deny({ aws: ['*'] }, [condition('stringequals', 'aws:principalorgid', 'o-a1b2c3d4e5', { ifExists: true })]),
      false,
    ],
    [
      'of everybody outside two accounts, of which one is foreign',
      everybody,
      deny({ aws: ['*'] }, [{ ...condition('stringnotequals', 'aws:principalaccount', OWN), values: [OWN, PARTNER] }]),
      false,
    ],
    [
      'of all but a foreign account',
      everybody,
      { ...deny({}), principals: undefined, notPrincipals: principals({ aws: [PARTNER] }) },
      false,
    ],
    [
      'of no service by a set of which a request may have nothing',
      everybody,
      deny({ aws: ['*'] }, [condition('bool', 'aws:principalisawsservice', 'false', { ifExists: true, qualifier: 'ForAnyValue' })]),
      false,
    ],
    ['of nobody', everybody, { ...deny({}), principals: undefined }, false],
    ['of nobody, for one account', partner, { ...deny({}), principals: undefined }, false],
    ['of another account', partner, deny({ aws: ['777788889999'] }), false],
    [
      'of that account by its number, named by its ARN',
      allow({ aws: [`arn:aws:iam::${PARTNER}:role/reader`] }),
      deny({ aws: [PARTNER] }),
      true,
    ],
    ['of that account and another', partner, deny({ aws: ['777788889999', `arn:aws:iam::${PARTNER}:root`] }), true],
    ['of one role of that account', partner, deny({ aws: [`arn:aws:iam::${PARTNER}:role/reader`] }), false],
    [
      'of all but that account and our own',
      partner,
      { ...deny({}), principals: undefined, notPrincipals: principals({ aws: [OWN, PARTNER] }) },
      false,
    ],
    ['of all but everybody', partner, { ...deny({}), principals: undefined, notPrincipals: principals({ aws: ['*'] }) }, false],
    ['of one organization', everybody, deny({ aws: ['*'] }, [condition('stringequals', 'aws:principalorgid', 'o-a1b2c3d4e5')]), false],
    ['of tagging', everybody, { ...deny({ aws: ['*'] }), actions: ['sts:TagSession'] }, false],
    [
      'of callers without an external id, for everybody',
      everybody,
      deny({ aws: ['*'] }, [condition('stringnotequals', 'sts:externalid', 'x-1')]),
      false,
    ],
    [
      'of callers without an external id, for one account',
      partner,
      deny({ aws: ['*'] }, [condition('stringnotequals', 'sts:externalid', 'x-1')]),
      true,
    ],
    ['of that account', partner, deny({ aws: [`arn:aws:iam::${PARTNER}:root`] }), true],
    ['of all but the own account', partner, { ...deny({}), principals: undefined, notPrincipals: principals({ aws: [OWN] }) }, true],
    ['of all but that account', partner, { ...deny({}), principals: undefined, notPrincipals: principals({ aws: [PARTNER] }) }, false],
  ])('%s', (_, statement, denial, closed) => {
    expect(reasons([statement, denial]).length).toBe(closed ? 0 : 1);
  });
});
