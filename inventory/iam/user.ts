import type { ReportedAccessKey } from '../account/account.ts';
import type { PolicyDocument } from '../policy-document.ts';
import type { AttachedPolicy } from './attached-policy.ts';

export interface UserFacets {
  readonly credentials: UserCredentials;
  /** Asked live per user, only where the credential report says that there is none: the report may be four hours old. */
  readonly mfaDevices: Iterable<MfaDevice>;
  /** All identity policies that apply: attached to the user, inline, and through groups. */
  readonly policies: Iterable<AttachedPolicy>;
  /** `undefined` when the user has no permissions boundary. */
  readonly boundary: PolicyDocument | undefined;
  readonly groups: readonly string[];
}

/** The user's row of the credential report. Times are ISO 8601, UTC. */
export interface UserCredentials {
  readonly reportGeneratedAt: string;
  readonly createdAt: string;
  readonly passwordEnabled: boolean;
  readonly passwordLastUsedAt: string | undefined;
  readonly passwordChangedAt: string | undefined;
  readonly mfaActive: boolean;
  readonly accessKeys: readonly ReportedAccessKey[];
}

export interface MfaDevice {
  readonly kind: 'virtual' | 'fido' | 'hardware' | 'sms';
}
