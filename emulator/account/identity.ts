import type { Moment, Policy } from './description.ts';

/** A TLS certificate that was uploaded to IAM. */
export interface ServerCertificate {
  readonly expires: Moment;
}

export interface SamlProvider {
  readonly validUntil?: Moment;
  /** A certificate that ended in 2021 is in its metadata too. */
  readonly expiredCertificate?: boolean;
}

/** The organization that an account manages. Root and unit are named `root` and by the name of the unit where something is attached to them. */
export interface ManagedOrganization {
  /** `ALL` unless told. */
  readonly features?: 'ALL' | 'CONSOLIDATED_BILLING';
  readonly rootFeatures?: readonly ('RootCredentialsManagement' | 'RootSessions')[];
  /** Member accounts directly in the root. */
  readonly rootAccounts?: readonly string[];
  /** Member accounts by the name of their unit, all units directly below the root. */
  readonly units?: Readonly<Record<string, readonly string[]>>;
  /** Service control policies by name. */
  readonly policies?: Readonly<Record<string, { readonly document: Policy; readonly targets: readonly string[] }>>;
  /** Services that may act in all accounts. */
  readonly trusted?: readonly string[];
  /** Services that member accounts administer. */
  readonly delegated?: Readonly<Record<string, readonly string[]>>;
  readonly resourcePolicy?: Policy;
}
