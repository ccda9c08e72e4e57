import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { matching } from '../predicates/logic.ts';
import { knownOf } from '../predicates/unread.ts';

const GUARDDUTY = 'guardduty.amazonaws.com';
const BY_SECURITY = { accountId: '222233334444', service: GUARDDUTY } as const;
/** Services for security that a member account can administer (AWS services that you can use with AWS Organizations, "Supports Delegated Administrator"). */
const SERVICES: readonly string[] = [
  ...['access-analyzer.amazonaws.com', 'auditmanager.amazonaws.com', 'cloudtrail.amazonaws.com', 'config.amazonaws.com'],
  ...['detective.amazonaws.com', 'fms.amazonaws.com', GUARDDUTY, 'iam.amazonaws.com', 'inspector2.amazonaws.com'],
  ...['macie.amazonaws.com', 'securityhub.amazonaws.com', 'securitylake.amazonaws.com', 'sso.amazonaws.com'],
];

export default defineCheck({
  id: 'organizations-organization-services-delegated',
  title: 'Security services of the organization should be administered from a member account',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:2.1.6'],
  equivalents: { prowler: ['organizations_delegated_administrators'] },
  risk: 'Whoever tends to GuardDuty or Config all day does so in the management account, whose sessions nothing limits.',
  remediation: {
    text: 'Register the account of the security team as the administrator of each of these services.',
    cli: 'aws organizations register-delegated-administrator --account-id <account> --service-principal <service>',
  },
  resourceType: 'AWS::Organizations::Organization',
  needs: ['organization', 'trustedServices', 'delegations'],
  params: { services: SERVICES },
  evaluate(organization, { services }) {
    if (!organization.organization.allFeatures) return fail('no service can be delegated: billing features only');
    const { found: trusted, undecided } = matching(organization.trustedServices, (service) => services.includes(service));
    if (trusted.length === 0 && undecided) throw undecided;
    if (trusted.length === 0) return notApplicable('no security service may act in all accounts');
    const { known, unread } = knownOf(() => organization.delegations);
    const own = trusted.filter((service) => !known.some((delegation) => delegation.service === service)).toSorted();
    const missing = own.length > 0 ? unread : undecided;
    if (missing) throw missing;
    return own.length > 0 ? fail('security services are administered from the management account', { services: own }) : pass;
  },
  examples: {
    pass: {
      'each by the security team': { organization: org(true), trustedServices: [GUARDDUTY], delegations: [BY_SECURITY] },
      'another kind of service beside it': {
        ...{ organization: org(true), trustedServices: [GUARDDUTY, 'ram.amazonaws.com'] },
        delegations: partial([BY_SECURITY], 'organizations:ListDelegatedServicesForAccount'),
      },
    },
    fail: {
      'no delegated administrator': { organization: org(true), trustedServices: [GUARDDUTY], delegations: [] },
      'billing features only': { organization: org(false), trustedServices: [], delegations: [] },
      'one of two': { organization: org(true), trustedServices: [GUARDDUTY, 'config.amazonaws.com'], delegations: [BY_SECURITY] },
    },
    unknown: {
      'services not read': {
        organization: org(true),
        trustedServices: denied('organizations:ListAWSServiceAccessForOrganization'),
        delegations: [],
      },
      'perhaps delegated': {
        ...{ organization: org(true), trustedServices: [GUARDDUTY] },
        delegations: partial([], 'organizations:ListDelegatedServicesForAccount'),
      },
    },
    notApplicable: {
      'no such service is trusted': { organization: org(true), trustedServices: ['ram.amazonaws.com'], delegations: [] },
    },
  },
});

function org(allFeatures: boolean) {
  return { id: 'o-exampleorgid', managementAccountId: '111122223333', allFeatures };
}
