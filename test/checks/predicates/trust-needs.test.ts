import { describe, expect, test } from 'vitest';
import type { PolicyCondition } from '../../../inventory/policy-document.ts';
import {
  ANY_POOL,
  ANY_REPOSITORY,
  ANY_USER,
  ANYBODY,
  allow,
  COGNITO,
  condition,
  deny,
  GITHUB,
  NO_EXTERNAL_ID,
  OWN,
  PARTNER,
  reasons,
  VISITORS,
  web,
} from './trust-statements.ts';

describe('tokens of everybody', () => {
  const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF0123456789';
  const pod = 'system:serviceaccount:shop:web';
  const WITH_TOKEN = 'sts:AssumeRoleWithWebIdentity';

  test.each<[string, PolicyCondition]>([
    ['of a cluster', condition('stringequals', `${EKS}:sub`, pod)],
    ['of anybody in a cluster, which is one owner', condition('stringlike', `${EKS}:sub`, '*')],
    ['of one owner at a shared issuer', condition('stringlike', `${GITHUB}:sub`, 'repo:our-org/*')],
  ])('%s: closed', (_, only) => {
    expect(reasons([allow({ aws: ['*'] }, [only], [WITH_TOKEN])])).toEqual([]);
  });

  test.each<[string, PolicyCondition]>([
    ['of a cluster, if the token says so', condition('stringequals', `${EKS}:sub`, pod, { ifExists: true })],
    ['of a cluster, by a set that may be empty', condition('stringequals', `${EKS}:sub`, pod, { qualifier: 'ForAllValues' })],
    ['but those of a cluster', condition('stringnotequals', `${EKS}:sub`, pod)],
    ['of all owners at a shared issuer', condition('stringlike', `${GITHUB}:sub`, 'repo:*')],
    ['for an audience at a shared issuer', condition('stringequals', `${GITHUB}:aud`, 'sts.amazonaws.com')],
    ['of an identity pool that anybody may have', condition('stringlike', `${COGNITO}:aud`, '*')],
    ['with a session name', condition('stringlike', 'sts:rolesessionname', 'ops-*')],
    ['from a region', condition('stringequals', 'aws:requestedregion', 'eu-west-1')],
    ['with a session tag whose name has a colon', condition('stringequals', 'aws:requesttag/team:name', 'red')],
  ])('%s: open', (_, only) => {
    expect(reasons([allow({ aws: ['*'] }, [only], [WITH_TOKEN])])).toEqual([ANY_USER]);
  });

  test('a claim keeps out nobody who comes with keys', () => {
    const only = condition('stringequals', `${EKS}:sub`, pod, { ifExists: true });
    expect(reasons([allow({ aws: ['*'] }, [only])])).toEqual([ANYBODY]);
  });

  test('an assertion of any SAML provider is for the one audience of AWS, and may say whatever its maker likes', () => {
    for (const only of [
      condition('stringequals', 'saml:aud', 'https://signin.aws.amazon.com/saml'),
      condition('stringequals', 'saml:iss', 'https://idp.example.com'),
    ])
      expect(reasons([allow({ aws: ['*'] }, [only], ['sts:AssumeRoleWithSAML'])])).toEqual([ANY_USER]);
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

  test('a Deny of the provider closes', () => {
    const { principals: denied } = web(GITHUB, []);
    expect(reasons([web(GITHUB, []), { ...web(GITHUB, []), effect: 'Deny', ...(denied ? { principals: denied } : {}) }])).toEqual([]);
  });

  test('who may not come with a token does not come in', () => {
    expect(reasons([{ ...web(GITHUB, []), actions: ['sts:TagSession'] }])).toEqual([]);
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
    ['signed in to any pool of a region', [condition('stringlike', `${COGNITO}:aud`, 'us-east-1:*'), amr('authenticated')], [ANY_POOL]],
    [
      'signed in to our pool, or any',
      [{ ...pool, operator: 'stringlike', values: [...pool.values, '*'] }, amr('authenticated')],
      [ANY_POOL],
    ],
    ['signed in or not', [pool, { ...amr('authenticated'), values: ['authenticated', 'unauthenticated'] }], [VISITORS]],
    ['signed in, by a set that may be empty', [pool, { ...amr('authenticated'), qualifier: 'ForAllValues' }], [VISITORS]],
  ])('Cognito, %s', (_, conditions, expected) => {
    expect(reasons([web(COGNITO, conditions)])).toEqual(expected);
  });
});
