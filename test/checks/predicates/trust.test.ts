import { describe, expect, test } from 'vitest';
import { trustOpenings } from '../../../checks/predicates/trust.ts';
import type { PolicyCondition, PolicyStatement, Principals } from '../../../inventory/policy-document.ts';

const OWN = '111122223333';
const PARTNER = '444455556666';
const GITHUB = 'token.actions.githubusercontent.com';
const COGNITO = 'cognito-identity.amazonaws.com';

const ANYBODY = 'anybody with an AWS account may assume it';
const ANY_USER = 'users of any identity provider may assume it';
const NO_EXTERNAL_ID = `account ${PARTNER} may assume it without an external id`;
const ANY_REPOSITORY = `anybody's token of ${GITHUB} may assume it`;
const ANY_POOL = "anybody's Cognito identity pool may assume it";
const VISITORS = 'visitors of a Cognito identity pool who did not sign in may assume it';

describe('who is outside', () => {
  test.each<[string, string, string | undefined]>([
    ['the own account', OWN, undefined],
    ['the own root', `arn:aws:iam::${OWN}:root`, undefined],
    ['a session of an own role', `arn:aws:sts::${OWN}:assumed-role/deploy/ci`, undefined],
    ['a role that is gone', 'AROAEXAMPLEEXAMPLEEXA', undefined],
    ['a user that is gone', 'AIDAEXAMPLEEXAMPLEEXA', undefined],
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

describe('tokens of a CI system that everybody can use', () => {
  const sub = (value: string, operator = 'stringlike', more: Partial<PolicyCondition> = {}) =>
    condition(operator, `${GITHUB}:sub`, value, more);
  const aud = condition('stringequals', `${GITHUB}:aud`, 'sts.amazonaws.com');

  test.each<[string, readonly PolicyCondition[]]>([
    ['no condition', []],
    ['the audience only', [aud]],
    ['any sub', [sub('*')]],
    ['any repository', [sub('repo:*')]],
    ['any owner, one repository', [sub('repo:*/deploy:*')]],
    ['owners whose name begins alike', [sub('repo:our-org*')]],
    ['an owner with a single wildcard', [sub('repo:our-or?/app:*')]],
    ['any repository, on main', [sub('*:ref:refs/heads/main')]],
    ['any repository, in an environment', [sub('environment:prod:*')]],
    ['one of two', [{ ...sub('repo:our-org/*'), values: ['repo:our-org/*', 'repo:*'] }]],
    ['not one repository', [sub('repo:our-org/app:*', 'stringnotlike')]],
    ['who started it', [condition('stringequals', `${GITHUB}:actor`, 'octocat')]],
    ["another issuer's sub", [condition('stringequals', 'gitlab.com:sub', 'project_path:our-group/app')]],
  ])('%s: open', (_, conditions) => {
    expect(reasons([web(GITHUB, conditions)])).toEqual([ANY_REPOSITORY]);
  });

  test.each<[string, readonly PolicyCondition[]]>([
    ['one branch', [sub('repo:our-org/app:ref:refs/heads/main', 'stringequals')]],
    ['one repository', [aud, sub('repo:our-org/app:*')]],
    ['one owner', [sub('repo:our-org/*')]],
    ['one owner, by a set', [sub('repo:our-org/*', 'stringlike', { qualifier: 'ForAnyValue' })]],
    ['one owner with its id', [sub('repo:our-org@123/app@456:*')]],
    ['one owner, in a template of its own', [sub('repository_owner:our-org:*')]],
    ['an environment of one owner', [sub('environment:prod:repo:our-org/*')]],
    ['a reusable workflow', [condition('stringlike', `${GITHUB}:job_workflow_ref`, 'our-org/workflows/*')]],
    ['a pattern that is literal here, so nobody', [sub('repo:our-org/*', 'stringequals')]],
  ])('%s: closed', (_, conditions) => {
    expect(reasons([web(GITHUB, conditions)])).toEqual([]);
  });

  test('a Deny of other owners closes', () => {
    const denial = { ...deny({ aws: ['*'] }, [sub('repo:our-org/*', 'stringnotlike')]), actions: ['sts:AssumeRoleWithWebIdentity'] };
    expect(reasons([web(GITHUB, []), denial])).toEqual([]);
  });

  test.each([
    ['gitlab.com', 'sub', 'project_path:our-group/*', 'project_path:*'],
    ['app.terraform.io', 'sub', 'organization:ours:project:*', 'organization:our*:project:x'],
    ['agent.buildkite.com', 'sub', 'organization:ours:pipeline:*', '*'],
    ['oidc.codefresh.io', 'sub', 'account:64884faa:*', 'account:*'],
    ['api.pulumi.com/oidc', 'aud', 'aws:ours', '*'],
    ['oidc.vercel.com', 'aud', 'https://vercel.com/ours', 'https://vercel.com/*'],
  ])('%s: its %s names the owner', (issuer, claim, closed, open) => {
    expect(reasons([web(issuer, [condition('stringlike', `${issuer}:${claim}`, closed)])])).toEqual([]);
    expect(reasons([web(issuer, [condition('stringlike', `${issuer}:${claim}`, open)])])).toEqual([
      `anybody's token of ${issuer} may assume it`,
    ]);
  });
});

describe('other identity providers', () => {
  test('an issuer of the account alone needs nothing more', () => {
    expect(reasons([web('oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF0123456789', [])])).toEqual([]);
  });

  test('a SAML provider of the own account needs nothing more', () => {
    const saml = [`arn:aws:iam::${OWN}:saml-provider/corporate`];
    expect(reasons([allow({ federated: saml }, [], ['sts:AssumeRoleWithSAML', 'sts:TagSession'])])).toEqual([]);
  });

  test.each(['*', `arn:aws:iam::${OWN}:oidc-provider/*`])('a provider that is a wildcard, %s, is any', (federated) => {
    expect(reasons([allow({ federated: [federated] }, [], ['sts:AssumeRoleWithWebIdentity'])])).toEqual([ANY_USER]);
  });

  test('a SAML provider of another account does', () => {
    const saml = [`arn:aws:iam::${PARTNER}:saml-provider/corporate`];
    expect(reasons([allow({ federated: saml }, [], ['sts:AssumeRoleWithSAML'])])).toEqual([NO_EXTERNAL_ID]);
  });

  test('Google without the application', () => {
    expect(reasons([web('accounts.google.com', [])])).toEqual(["anybody's token of accounts.google.com may assume it"]);
    expect(reasons([web('accounts.google.com', [condition('stringequals', 'accounts.google.com:aud', '66677788899900pro0')])])).toEqual([]);
  });

  const pool = condition('stringequals', `${COGNITO}:aud`, 'us-east-1:12345678-ffff-ffff-ffff-123456');
  const amr = (value: string) => condition('stringlike', `${COGNITO}:amr`, value, { qualifier: 'ForAnyValue' });

  test.each<[string, readonly PolicyCondition[], readonly string[]]>([
    ['signed in to our pool', [pool, amr('authenticated')], []],
    ['signed in by one provider', [pool, amr('graph.facebook.com')], []],
    ['not signed in', [pool, amr('unauthenticated')], [VISITORS]],
    ['either', [pool, amr('*authenticated')], [VISITORS]],
    ['amr not asked', [pool], [VISITORS]],
    ['pool not asked', [amr('authenticated')], [ANY_POOL]],
  ])('Cognito, %s', (_, conditions, expected) => {
    expect(reasons([web(COGNITO, conditions)])).toEqual(expected);
  });
});

function condition(operator: string, key: string, value: string, more: Partial<PolicyCondition> = {}): PolicyCondition {
  return { operator, ifExists: false, key, values: [value], ...more };
}

function principals(some: Partial<Principals>): Principals {
  return { aws: [], service: [], federated: [], canonicalUser: [], ...some };
}

function allow(
  who: Partial<Principals>,
  conditions: readonly PolicyCondition[] = [],
  actions: readonly string[] = ['sts:AssumeRole'],
): PolicyStatement {
  return { effect: 'Allow', principals: principals(who), actions, conditions };
}

function deny(who: Partial<Principals>, conditions: readonly PolicyCondition[] = []): PolicyStatement {
  return { ...allow(who, conditions), effect: 'Deny' };
}

/** Issuers that IAM knows by itself have no provider in the account. */
function web(issuer: string, conditions: readonly PolicyCondition[]): PolicyStatement {
  const builtIn = issuer === COGNITO || issuer === 'accounts.google.com';
  const federated = [builtIn ? issuer : `arn:aws:iam::${OWN}:oidc-provider/${issuer}`];
  return allow({ federated }, conditions, ['sts:AssumeRoleWithWebIdentity']);
}

function reasons(statements: readonly PolicyStatement[]): readonly string[] {
  return trustOpenings({ statements }, { accountId: OWN, trustedAccounts: [] }).map(({ reason }) => reason);
}
