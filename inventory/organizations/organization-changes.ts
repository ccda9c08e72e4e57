import type { ChangeEvents } from '../events/changes.ts';
import { IAM } from '../iam/iam-events.ts';
import type { OrganizationFacets } from './organization.ts';

/** Its events happen in the partition's global region alone (Logging AWS Organizations events with AWS CloudTrail). */
export const ORGANIZATIONS = 'organizations.amazonaws.com';

/** What changes to which organization an account belongs, and with which features, seen in that account. */
export const MEMBERSHIP_CHANGES = [
  'AcceptHandshake',
  'CreateOrganization',
  'DeleteOrganization',
  'EnableAllFeatures',
  'LeaveOrganization',
] as const;

/** There is but one of the type in an account: events need not say which. */
export const organizationChanges: readonly ChangeEvents<keyof OrganizationFacets>[] = [
  { source: ORGANIZATIONS, names: MEMBERSHIP_CHANGES },
  {
    source: IAM,
    names: [
      'DisableOrganizationsRootCredentialsManagement',
      'DisableOrganizationsRootSessions',
      'EnableOrganizationsRootCredentialsManagement',
      'EnableOrganizationsRootSessions',
    ],
    facets: ['rootFeatures'],
  },
  {
    source: ORGANIZATIONS,
    names: ['CloseAccount', 'CreateAccount', 'CreateGovCloudAccount', 'MoveAccount', 'RemoveAccountFromOrganization'],
    facets: ['rootAccounts', 'accounts', 'delegations'],
  },
  { source: ORGANIZATIONS, names: ['CreateOrganizationalUnit', 'DeleteOrganizationalUnit'], facets: ['accounts'] },
  {
    source: ORGANIZATIONS,
    names: ['AttachPolicy', 'CreatePolicy', 'DeletePolicy', 'DetachPolicy', 'DisablePolicyType', 'EnablePolicyType', 'UpdatePolicy'],
    facets: ['serviceControlPolicies', 'unlimitedTargets'],
  },
  { source: ORGANIZATIONS, names: ['DeregisterDelegatedAdministrator', 'RegisterDelegatedAdministrator'], facets: ['delegations'] },
  {
    source: ORGANIZATIONS,
    names: ['DisableAWSServiceAccess', 'EnableAWSServiceAccess'],
    facets: ['trustedServices', 'delegations', 'rootFeatures'],
  },
  { source: ORGANIZATIONS, names: ['DeleteResourcePolicy', 'PutResourcePolicy'], facets: ['resourcePolicy'] },
  {
    source: ORGANIZATIONS,
    names: [
      'CancelHandshake',
      'DeclineHandshake',
      'InviteAccountToOrganization',
      'InviteOrganizationToTransferResponsibility',
      'TagResource',
      'TerminateResponsibilityTransfer',
      'UntagResource',
      'UpdateOrganizationalUnit',
      'UpdateResponsibilityTransfer',
    ],
    facets: [],
  },
];
