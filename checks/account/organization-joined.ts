import { defineCheck, denied, fail, pass } from '../check.ts';

const MEMBER = { id: 'o-exampleorgid', managementAccountId: '999999999999', allFeatures: true } as const;

export default defineCheck({
  id: 'account-organization-joined',
  title: 'Accounts should belong to an organization with all features',
  severity: 'MEDIUM',
  controls: [],
  equivalents: { prowler: ['organizations_account_part_of_organizations'] },
  risk: 'An account that stands alone is under no service control policy, is reached by no central detection, and nobody can take root away from it.',
  remediation: {
    text: 'Invite the account into your organization from its management account, and turn all features on. Or make an organization of it.',
    cli: 'aws organizations invite-account-to-organization --target Id=<account>,Type=ACCOUNT',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['organization'],
  evaluate({ organization }) {
    if (organization === undefined) return fail('the account belongs to no organization');
    if (organization.allFeatures) return pass;
    const evidence = { organization: organization.id };
    return fail('its organization has the features for billing only', evidence, {
      severity: 'LOW',
      because: 'it has an organization, for billing',
    });
  },
  examples: {
    pass: {
      'member account': { organization: MEMBER },
      'management account': { organization: { ...MEMBER, managementAccountId: '111122223333' } },
    },
    fail: {
      'stands alone': { organization: undefined },
      'consolidated billing only': { organization: { ...MEMBER, allFeatures: false } },
    },
    unknown: { 'not allowed to ask': { organization: denied('organizations:DescribeOrganization') } },
  },
});
