import type {
  Account,
  DelegatedAdministrator,
  DelegatedService,
  EnabledServicePrincipal,
  Organization,
  OrganizationalUnit,
  PolicySummary,
  PolicyTargetSummary,
  Root,
} from '@aws-sdk/client-organizations';
import { unlessAbsent } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';

/** The most that Organizations gives at once. A page may be empty although more follow (Organizations API reference). */
const PAGE = 20;

/** The organization of whoever asks, from any of its accounts; `undefined` for an account that stands alone. */
export const describeOrganization = defineCall<Organization | undefined>({
  service: 'organizations',
  operation: 'DescribeOrganization',
  permissions: ['organizations:DescribeOrganization'],
  async send(session, region) {
    const { sdk, client } = await session.aws.organizations(region);
    const answer = await unlessAbsent(client.send(new sdk.DescribeOrganizationCommand({})), 'AWSOrganizationsNotInUseException');
    return answer && required(answer.Organization, 'Organization');
  },
});

/** Documented refusals that say that nothing is turned on, not that nobody may ask (ListOrganizationsFeatures, IAM API reference). */
const NOTHING_ON = [
  'OrganizationNotInAllFeaturesMode',
  'OrganizationNotInAllFeaturesModeException',
  'ServiceAccessNotEnabled',
  'ServiceAccessNotEnabledException',
];

/** What of the central management of root access is on: `RootCredentialsManagement`, `RootSessions`. */
export const listRootFeatures = defineCall<readonly string[]>({
  service: 'iam',
  operation: 'ListOrganizationsFeatures',
  permissions: ['iam:ListOrganizationsFeatures'],
  async send(session, region) {
    const { sdk, client } = await session.aws.iam(region);
    const answer = await unlessAbsent(client.send(new sdk.ListOrganizationsFeaturesCommand({})), ...NOTHING_ON);
    if (answer) required(answer.OrganizationId, 'OrganizationId');
    return answer?.EnabledFeatures ?? [];
  },
});

export const listRoots = definePagedCall<Root>({
  service: 'organizations',
  operation: 'ListRoots',
  permissions: ['organizations:ListRoots'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.organizations(region);
    for await (const page of sdk.paginateListRoots({ client, pageSize: PAGE }, {})) yield required(page.Roots, 'Roots');
  },
});

/** Units directly below a root or a unit. */
export const listUnits = definePagedCall<OrganizationalUnit, { readonly parentId: string }>({
  service: 'organizations',
  operation: 'ListOrganizationalUnitsForParent',
  permissions: ['organizations:ListOrganizationalUnitsForParent'],
  async *pages(session, region, { parentId }) {
    const { sdk, client } = await session.aws.organizations(region);
    for await (const page of sdk.paginateListOrganizationalUnitsForParent({ client, pageSize: PAGE }, { ParentId: parentId })) {
      yield required(page.OrganizationalUnits, 'OrganizationalUnits');
    }
  },
});

/** Accounts directly below a root or a unit. */
export const listAccountsOf = definePagedCall<Account, { readonly parentId: string }>({
  service: 'organizations',
  operation: 'ListAccountsForParent',
  permissions: ['organizations:ListAccountsForParent'],
  async *pages(session, region, { parentId }) {
    const { sdk, client } = await session.aws.organizations(region);
    for await (const page of sdk.paginateListAccountsForParent({ client, pageSize: PAGE }, { ParentId: parentId })) {
      yield required(page.Accounts, 'Accounts');
    }
  },
});

/** All service control policies, attached or not, AWS's own included. */
export const listServiceControlPolicies = definePagedCall<PolicySummary>({
  service: 'organizations',
  operation: 'ListPolicies',
  permissions: ['organizations:ListPolicies'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.organizations(region);
    for await (const page of sdk.paginateListPolicies({ client, pageSize: PAGE }, { Filter: 'SERVICE_CONTROL_POLICY' })) {
      yield required(page.Policies, 'Policies');
    }
  },
});

/** A policy's document, as JSON. */
export const describePolicy = defineCall<string, { readonly policyId: string }>({
  service: 'organizations',
  operation: 'DescribePolicy',
  permissions: ['organizations:DescribePolicy'],
  async send(session, region, { policyId }) {
    const { sdk, client } = await session.aws.organizations(region);
    const answer = await client.send(new sdk.DescribePolicyCommand({ PolicyId: policyId }));
    return required(answer.Policy?.Content, 'Content');
  },
});

/** Roots, units and accounts that a policy is attached to. */
export const listTargets = definePagedCall<PolicyTargetSummary, { readonly policyId: string }>({
  service: 'organizations',
  operation: 'ListTargetsForPolicy',
  permissions: ['organizations:ListTargetsForPolicy'],
  async *pages(session, region, { policyId }) {
    const { sdk, client } = await session.aws.organizations(region);
    for await (const page of sdk.paginateListTargetsForPolicy({ client, pageSize: PAGE }, { PolicyId: policyId })) {
      yield required(page.Targets, 'Targets');
    }
  },
});

export const listDelegatedAdministrators = definePagedCall<DelegatedAdministrator>({
  service: 'organizations',
  operation: 'ListDelegatedAdministrators',
  permissions: ['organizations:ListDelegatedAdministrators'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.organizations(region);
    for await (const page of sdk.paginateListDelegatedAdministrators({ client, pageSize: PAGE }, {})) {
      yield required(page.DelegatedAdministrators, 'DelegatedAdministrators');
    }
  },
});

/** Services that an account administers for the organization. */
export const listDelegatedServices = definePagedCall<DelegatedService, { readonly accountId: string }>({
  service: 'organizations',
  operation: 'ListDelegatedServicesForAccount',
  permissions: ['organizations:ListDelegatedServicesForAccount'],
  async *pages(session, region, { accountId }) {
    const { sdk, client } = await session.aws.organizations(region);
    for await (const page of sdk.paginateListDelegatedServicesForAccount({ client, pageSize: PAGE }, { AccountId: accountId })) {
      yield required(page.DelegatedServices, 'DelegatedServices');
    }
  },
});

/** Services that may act in all accounts of the organization (trusted access). */
export const listTrustedServices = definePagedCall<EnabledServicePrincipal>({
  service: 'organizations',
  operation: 'ListAWSServiceAccessForOrganization',
  permissions: ['organizations:ListAWSServiceAccessForOrganization'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.organizations(region);
    for await (const page of sdk.paginateListAWSServiceAccessForOrganization({ client, pageSize: PAGE }, {})) {
      yield required(page.EnabledServicePrincipals, 'EnabledServicePrincipals');
    }
  },
});

/** The organization's own resource policy, as JSON; `undefined` when there is none. */
export const describeResourcePolicy = defineCall<string | undefined>({
  service: 'organizations',
  operation: 'DescribeResourcePolicy',
  permissions: ['organizations:DescribeResourcePolicy'],
  async send(session, region) {
    const { sdk, client } = await session.aws.organizations(region);
    const answer = await unlessAbsent(client.send(new sdk.DescribeResourcePolicyCommand({})), 'ResourcePolicyNotFoundException');
    return answer && required(answer.ResourcePolicy?.Content, 'Content');
  },
});
