import type { SummaryKeyType } from '@aws-sdk/client-iam';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { type EventDataStore, eventDataStoreCalls, readEventDataStores } from '../cloudtrail/event-data-stores.ts';
import { readTrailStates, type TrailState, trailStateCalls } from '../cloudtrail/trail.ts';
import { monitoringCalls, readMonitoring, type TrailMonitoring } from '../cloudwatch/monitoring.ts';
import { type RegionRecorder, readRecorders, recorderCalls } from '../config/recorders.ts';
import { Listed } from '../facet.ts';
import { getAccountPasswordPolicy, getAccountSummary, listVirtualMfaDevices } from '../iam/calls.ts';
import { credentialReportCalls, readCredentialReport, toConsoleUsers, toRootCredentials } from '../iam/credential-report.ts';
import { toLiveRootCredentials } from '../iam/live-credentials.ts';
import { toVirtualMfaDevice } from '../iam/mfa-device.ts';
import { listSamlProviders } from '../iam/provider-calls.ts';
import { readSupportPrincipals, supportPrincipalCalls } from '../iam/support-principals.ts';
import { describeOrganization } from '../organizations/calls.ts';
import { type OrganizationMembership, readMembership } from '../organizations/organization.ts';
import { attempt, opened, toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { GLOBAL, type Scope } from '../resource.ts';
import type { PublicAccessBlock } from '../s3/bucket.ts';
import { getAccountPublicAccessBlock } from '../s3/public-access-block.ts';
import { accountChanges } from './account-changes.ts';
import { getContactInformation, getSecurityContact } from './calls.ts';
import { type AccountEventDelivery, readEventDeliveries } from './event-deliveries.ts';
import { lookupRootEvents, readRootEvents } from './root-events.ts';
import { readTeamExceptions, type TeamException } from './team-exceptions.ts';

export interface AccountFacets {
  /** GetAccountSummary: live, while the credential report may be four hours old. */
  readonly summary: AccountSummary;
  /** The `<root_account>` row of the credential report. */
  readonly rootCredentials: RootCredentials;
  /** Assigned virtual MFA devices of the account, root's among them. */
  readonly virtualMfaDevices: Iterable<VirtualMfaDevice>;
  /** Management events by the root user in the last 90 days, over all enabled regions. */
  readonly rootEvents: Iterable<RootEvent>;
  /** `undefined` when the account never set one (AWS's default of 8 characters applies). */
  readonly passwordPolicy: PasswordPolicy | undefined;
  readonly contacts: Contacts;
  /** The organization that it belongs to; `undefined` when it stands alone. */
  readonly organization: OrganizationMembership | undefined;
  /** Its users with a console password. */
  readonly consoleUsers: ConsoleUsers;
  /** Whether people may sign in through a SAML identity provider; IAM Identity Center makes one in each account that it leads to. */
  readonly samlFederation: boolean;
  /** ARNs of the users, roles and groups with members that AWS's policy AWSSupportAccess is attached to. */
  readonly supportPrincipals: Iterable<string>;
  /** The account-wide S3 block; all four false when never set. */
  readonly publicAccessBlock: PublicAccessBlock;
  /** Every trail that applies to this account, with its state. */
  readonly trails: Iterable<TrailState>;
  /** AWS Config's recorders, over all enabled regions. */
  readonly configRecorders: Iterable<RegionRecorder>;
  /** Those of CloudTrail Lake, in every enabled region. */
  readonly eventDataStores: Iterable<EventDataStore>;
  /** What watches the log groups that these trails deliver to. */
  readonly monitoring: Iterable<TrailMonitoring>;
  /** Whether CloudTrail's events of every enabled region arrive at the hub, as far as a deployment can tell. */
  readonly eventDelivery: AccountEventDelivery;
  /** What the team has excepted in its configuration, as far as it may concern this account. */
  readonly exceptions: readonly TeamException[];
}

export interface AccountSummary {
  readonly rootMfaEnabled: boolean;
  readonly rootAccessKeysPresent: boolean;
  readonly rootSigningCertificatesPresent: boolean;
  /** `undefined` where AWS does not report it. */
  readonly rootPasswordPresent: boolean | undefined;
}

/** Times are ISO 8601, UTC. */
export interface RootCredentials {
  readonly reportGeneratedAt: string;
  /** `undefined` for the report's `not_supported`. */
  readonly passwordEnabled: boolean | undefined;
  readonly passwordLastUsedAt: string | undefined;
  readonly mfaActive: boolean;
  readonly accessKeys: readonly ReportedAccessKey[];
  readonly activeCertificates: number;
}

/** Users with a console password, as the credential report has them. Time is ISO 8601, UTC. */
export interface ConsoleUsers {
  readonly reportGeneratedAt: string;
  readonly names: Iterable<string>;
}

/** One of the two access key slots of the credential report; a slot never used is absent. */
export interface ReportedAccessKey {
  readonly slot: 1 | 2;
  readonly active: boolean;
  readonly rotatedAt: string | undefined;
  readonly lastUsedAt: string | undefined;
}

export interface VirtualMfaDevice {
  readonly serialNumber: string;
  /** ARN of the user it is assigned to; root's ends in `:root`. */
  readonly userArn: string;
}

export interface RootEvent {
  readonly eventId: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly occurredAt: string;
  readonly region: string;
}

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly reusePrevention: number | undefined;
}

/** Which contacts are registered; never who they are. One that was not read throws `Unread` when touched. */
export interface Contacts {
  readonly primary: boolean;
  readonly security: boolean;
}

export const accounts = defineReader<'AWS::Organizations::Account', Scope>({
  type: 'AWS::Organizations::Account',
  scope: 'global',
  changes: accountChanges,
  list: { calls: [], read: async ({ scope }) => new Listed([scope]) },
  only: {
    calls: [],
    read: async ({ scope }) => new Listed([scope]),
    facets: {
      rootCredentials: {
        calls: [getAccountSummary],
        read: async (_raw, place) => toLiveRootCredentials(toSummary(await getAccountSummary(place))),
      },
    },
  },
  identify: ({ accountId }, _scope, partition) => ({
    arn: `arn:${partition}:iam::${accountId}:root`,
    id: accountId,
    accountId,
    region: GLOBAL,
    partition,
    tags: {},
  }),
  facets: {
    summary: { calls: [getAccountSummary], read: async (_raw, place) => toSummary(await getAccountSummary(place)) },
    rootCredentials: {
      calls: credentialReportCalls,
      read: async (_raw, place) => toRootCredentials(await readCredentialReport(place)),
      asOf: ({ reportGeneratedAt }) => reportGeneratedAt,
    },
    virtualMfaDevices: {
      calls: [listVirtualMfaDevices],
      read: async (_raw, place) => toListed(await listVirtualMfaDevices(place), toVirtualMfaDevice),
    },
    rootEvents: { calls: [lookupRootEvents], read: (_raw, place) => readRootEvents(place) },
    passwordPolicy: { calls: [getAccountPasswordPolicy], read: (_raw, place) => readPasswordPolicy(place) },
    contacts: { calls: [getContactInformation, getSecurityContact], read: (_raw, place) => readContacts(place) },
    organization: { calls: [describeOrganization], read: (_raw, place) => readMembership(place) },
    consoleUsers: {
      calls: credentialReportCalls,
      read: async (_raw, place) => toConsoleUsers(await readCredentialReport(place)),
      asOf: ({ reportGeneratedAt }) => reportGeneratedAt,
    },
    samlFederation: { calls: [listSamlProviders], read: async (_raw, place) => (await listSamlProviders(place)).length > 0 },
    supportPrincipals: { calls: supportPrincipalCalls, read: (_raw, place) => readSupportPrincipals(place) },
    publicAccessBlock: { calls: [getAccountPublicAccessBlock], read: (_raw, place) => getAccountPublicAccessBlock(place) },
    trails: { calls: trailStateCalls, read: (_raw, place) => readTrailStates(place) },
    configRecorders: { calls: recorderCalls, read: (_raw, place) => readRecorders(place) },
    eventDataStores: { calls: eventDataStoreCalls, read: (_raw, place) => readEventDataStores(place) },
    monitoring: { calls: monitoringCalls, read: (_raw, place) => readMonitoring(place) },
    eventDelivery: { calls: [], read: (_raw, place) => readEventDeliveries(place) },
    exceptions: { calls: [], read: (_raw, place) => readTeamExceptions(place) },
  },
});

function toSummary(summary: Partial<Record<SummaryKeyType, number>>): AccountSummary {
  const flag = (name: SummaryKeyType) => {
    const count = summary[name];
    if (count === undefined) throw malformed('iam:GetAccountSummary', `the summary has no ${name}`);
    return count > 0;
  };
  return {
    rootMfaEnabled: flag('AccountMFAEnabled'),
    rootAccessKeysPresent: flag('AccountAccessKeysPresent'),
    rootSigningCertificatesPresent: flag('AccountSigningCertificatesPresent'),
    rootPasswordPresent: summary.AccountPasswordPresent === undefined ? undefined : summary.AccountPasswordPresent > 0,
  };
}

async function readPasswordPolicy(place: Place): Promise<PasswordPolicy | undefined> {
  const policy = await getAccountPasswordPolicy(place);
  if (policy === undefined) return undefined;
  if (policy.MinimumPasswordLength === undefined) throw malformed('iam:GetAccountPasswordPolicy', 'the policy has no minimum length');
  return { minimumLength: policy.MinimumPasswordLength, reusePrevention: policy.PasswordReusePrevention };
}

async function readContacts(place: Place): Promise<Contacts> {
  const [primary, security] = await Promise.all([attempt(() => getContactInformation(place)), attempt(() => getSecurityContact(place))]);
  return {
    get primary() {
      return opened(primary);
    },
    get security() {
      return opened(security);
    },
  };
}
