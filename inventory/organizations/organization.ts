import type { Organization } from '@aws-sdk/client-organizations';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { Listed } from '../facet.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import { GLOBAL } from '../resource.ts';
import { describeOrganization, describeResourcePolicy, listRootFeatures } from './calls.ts';
import { delegationCalls, readDelegations, readResourcePolicy, readTrustedServices, trustedServiceCalls } from './delegations.ts';
import { organizationChanges } from './organization-changes.ts';
import { type PlacedAccount, placedAccountCalls, readPlacedAccounts, readRootAccounts, rootAccountCalls } from './placed-accounts.ts';
import {
  readServiceControlPolicies,
  readUnlimitedTargets,
  type ServiceControlPolicy,
  serviceControlPolicyCalls,
  unlimitedTargetCalls,
} from './service-control-policies.ts';
import { readUsedInterfaces, type UsedInterface, usedInterfaceCalls } from './used-interfaces.ts';

export interface OrganizationFacets {
  readonly organization: OrganizationMembership;
  /** What of the central management of root access is on: `RootCredentialsManagement`, `RootSessions`. */
  readonly rootFeatures: readonly string[];
  /** Member accounts that are active and stand directly in the root, in no organizational unit. */
  readonly rootAccounts: Iterable<PlacedAccount>;
  /** All active member accounts. It takes two calls for each organizational unit. */
  readonly accounts: Iterable<PlacedAccount>;
  /** Those that the organization has written itself. What of one was not read throws `Unread` when touched. */
  readonly serviceControlPolicies: Iterable<ServiceControlPolicy>;
  /** Ids of the roots, units and accounts that AWS's own policy FullAWSAccess, which allows everything, is attached to. */
  readonly unlimitedTargets: Iterable<string>;
  /** Which services which member accounts administer for the organization. */
  readonly delegations: Iterable<Delegation>;
  /** Services that may act in all accounts, by their principal: `guardduty.amazonaws.com`. */
  readonly trustedServices: Iterable<string>;
  /** The policy by which the organization lets member accounts manage its policies; `undefined` when there is none. */
  readonly resourcePolicy: PolicyDocument | undefined;
  /** Network interfaces in use in the management account, of each region that has any some. */
  readonly usedInterfaces: Iterable<UsedInterface>;
}

/** An organization as any of its accounts sees it. */
export interface OrganizationMembership {
  readonly id: string;
  readonly managementAccountId: string;
  /** False where it only has one bill: no policies, no trusted services. */
  readonly allFeatures: boolean;
}

export interface Delegation {
  readonly accountId: string;
  readonly service: string;
}

interface ListedOrganization extends OrganizationMembership {
  readonly arn: string;
}

/** Judged in its management account alone, so that no two accounts say different things of it. */
export const organizations = defineReader<'AWS::Organizations::Organization', ListedOrganization>({
  type: 'AWS::Organizations::Organization',
  scope: 'global',
  changes: organizationChanges,
  list: { calls: [describeOrganization], read: listOwn },
  identify: ({ arn, id }, { accountId }, partition) => ({ arn, id, accountId, region: GLOBAL, partition, tags: {} }),
  facets: {
    organization: { calls: [], read: ({ id, managementAccountId, allFeatures }) => ({ id, managementAccountId, allFeatures }) },
    rootFeatures: { calls: [listRootFeatures], read: (_raw, place) => listRootFeatures(place) },
    rootAccounts: { calls: rootAccountCalls, read: ({ managementAccountId }, place) => readRootAccounts(place, managementAccountId) },
    accounts: { calls: placedAccountCalls, read: ({ managementAccountId }, place) => readPlacedAccounts(place, managementAccountId) },
    serviceControlPolicies: { calls: serviceControlPolicyCalls, read: (_raw, place) => readServiceControlPolicies(place) },
    unlimitedTargets: { calls: unlimitedTargetCalls, read: (_raw, place) => readUnlimitedTargets(place) },
    delegations: { calls: delegationCalls, read: (_raw, place) => readDelegations(place) },
    trustedServices: { calls: trustedServiceCalls, read: (_raw, place) => readTrustedServices(place) },
    resourcePolicy: { calls: [describeResourcePolicy], read: (_raw, place) => readResourcePolicy(place) },
    usedInterfaces: { calls: usedInterfaceCalls, read: (_raw, place) => readUsedInterfaces(place) },
  },
});

async function listOwn(place: Place): Promise<Listed<ListedOrganization>> {
  const found = await describeOrganization(place);
  if (found === undefined) return new Listed([]);
  const organization = toListedOrganization(found);
  return new Listed(organization.managementAccountId === place.scope.accountId ? [organization] : []);
}

/** The organization that an account belongs to; `undefined` when it stands alone. */
export async function readMembership(place: Place): Promise<OrganizationMembership | undefined> {
  const found = await describeOrganization(place);
  if (found === undefined) return undefined;
  const { id, managementAccountId, allFeatures } = toListedOrganization(found);
  return { id, managementAccountId, allFeatures };
}

function toListedOrganization({ Id, Arn, MasterAccountId, FeatureSet }: Organization): ListedOrganization {
  if (Id === undefined || Arn === undefined || MasterAccountId === undefined || FeatureSet === undefined) {
    throw malformed('organizations:DescribeOrganization', 'the organization is incomplete');
  }
  return { id: Id, arn: Arn, managementAccountId: MasterAccountId, allFeatures: FeatureSet === 'ALL' };
}
