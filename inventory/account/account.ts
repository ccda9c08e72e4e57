import type { SummaryKeyType, VirtualMFADevice as VirtualMfaDeviceEntry } from '@aws-sdk/client-iam';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { readTrailStates, type TrailState, trailStateCalls } from '../cloudtrail/trail.ts';
import { Listed } from '../facet.ts';
import { getAccountPasswordPolicy, getAccountSummary, listVirtualMfaDevices } from '../iam/calls.ts';
import { credentialReportCalls, readCredentialReport, toRootCredentials } from '../iam/credential-report.ts';
import { toLiveRootCredentials } from '../iam/live-credentials.ts';
import { attempt, opened, toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { GLOBAL, type Scope } from '../resource.ts';
import type { PublicAccessBlock } from '../s3/bucket.ts';
import { getAccountPublicAccessBlock } from '../s3/public-access-block.ts';
import { accountChanges } from './account-changes.ts';
import { getContactInformation, getSecurityContact } from './calls.ts';
import { lookupRootEvents, readRootEvents } from './root-events.ts';

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
  /** The account-wide S3 block; all four false when never set. */
  readonly publicAccessBlock: PublicAccessBlock;
  /** Every trail that applies to this account, with its state. */
  readonly trails: Iterable<TrailState>;
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
    publicAccessBlock: { calls: [getAccountPublicAccessBlock], read: (_raw, place) => getAccountPublicAccessBlock(place) },
    trails: { calls: trailStateCalls, read: (_raw, place) => readTrailStates(place) },
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

function toVirtualMfaDevice({ SerialNumber, User }: VirtualMfaDeviceEntry): VirtualMfaDevice {
  if (SerialNumber === undefined || User?.Arn === undefined) throw malformed('iam:ListVirtualMFADevices', 'a device has no user');
  return { serialNumber: SerialNumber, userArn: User.Arn };
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
