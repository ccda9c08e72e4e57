import type { TrailState } from '../cloudtrail/trail.ts';
import type { PublicAccessBlock } from '../s3/bucket.ts';

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

/** Which contacts are registered; never who they are. */
export interface Contacts {
  readonly primary: boolean;
  readonly security: boolean;
}
