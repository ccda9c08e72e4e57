import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { anyOf, matching } from '../predicates/logic.ts';

const MEMBER = { id: 'o-exampleorgid', managementAccountId: '999999999999', allFeatures: true } as const;
const NOBODY = { reportGeneratedAt: '2026-10-31T21:00:00Z', names: [] } as const;
const ANNA = { ...NOBODY, names: ['anna'] } as const;
const BREAK_GLASS: readonly string[] = [];

export default defineCheck({
  id: 'account-people-federated',
  title: 'People should sign in through an identity provider, not with passwords of IAM users',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:2.19', 'CIS-AWS-5.0:1.20', 'CIS-AWS-3.0:1.21'],
  equivalents: { prowler: ['iam_check_saml_providers_sts'] },
  risk: 'Passwords that are kept in each account outlive the people: who leaves the company is shut out of its directory, not of these accounts.',
  remediation: {
    text: 'Give people access through IAM Identity Center or a SAML provider, and delete their console passwords. Users for emergencies go into breakGlassUsers.',
    cli: 'aws iam delete-login-profile --user-name <user>',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['consoleUsers', 'organization', 'samlFederation'],
  params: { breakGlassUsers: BREAK_GLASS },
  evaluate(account, { breakGlassUsers }) {
    const { found: users, undecided } = matching(account.consoleUsers.names, (name) => !breakGlassUsers.includes(name));
    if (users.length === 0 && undecided) throw undecided;
    if (users.length === 0) return pass;
    const inCompany = anyOf(
      () => account.organization !== undefined,
      () => account.samlFederation,
    );
    if (!inCompany) return notApplicable('a single account without an identity provider');
    return fail('users sign in with passwords of this account', { users: users.toSorted() });
  },
  examples: {
    pass: {
      'nobody has a password, nothing else read': {
        consoleUsers: NOBODY,
        organization: denied('organizations:DescribeOrganization'),
        samlFederation: denied('iam:ListSAMLProviders'),
      },
    },
    fail: {
      'user in a member account, providers not read': {
        consoleUsers: ANNA,
        organization: MEMBER,
        samlFederation: denied('iam:ListSAMLProviders'),
      },
      'user beside a SAML provider, organization denied': {
        consoleUsers: ANNA,
        organization: denied('organizations:DescribeOrganization'),
        samlFederation: true,
      },
    },
    unknown: {
      'report not read': { consoleUsers: denied('iam:GetCredentialReport'), organization: MEMBER, samlFederation: true },
      'perhaps a single account': {
        consoleUsers: ANNA,
        organization: undefined,
        samlFederation: denied('iam:ListSAMLProviders'),
      },
    },
    notApplicable: { 'one account, no provider': { consoleUsers: ANNA, organization: undefined, samlFederation: false } },
  },
});
