import type { Moment, Policy, Tags } from './description.ts';

/** A database of RDS: an instance, or a cluster that is described by its instances besides. Well kept unless this says otherwise. */
export interface Database {
  readonly region?: string;
  /** `postgres` unless given; of a cluster `aurora-postgresql`. */
  readonly engine?: string;
  /** One that is supported unless given. */
  readonly version?: string;
  readonly encrypted?: boolean;
  readonly multiAz?: boolean;
  readonly minorUpgrades?: boolean;
  readonly deletionProtection?: boolean;
  readonly backupDays?: number;
  readonly iamAuthentication?: boolean;
}

export interface DatabaseInstance extends Database {
  /** The name of a described cluster. */
  readonly cluster?: string;
  readonly public?: boolean;
  readonly port?: number;
  /** Names of described security groups; the default group if absent. */
  readonly groups?: readonly string[];
  /** Until when its server certificate is valid. */
  readonly certificateUntil?: Moment;
}

export interface DatabaseSnapshot {
  /** The name of a described instance or cluster. */
  readonly of: string;
  /** Accounts that may restore it, or `all`. */
  readonly sharedWith?: readonly string[];
}

export interface FileSystem {
  readonly region?: string;
  readonly encrypted?: boolean;
  readonly policy?: Policy;
  readonly tags?: Tags;
}

export interface Key {
  readonly region?: string;
  readonly spec?: 'SYMMETRIC_DEFAULT' | 'RSA_2048' | 'HMAC_256';
  readonly rotation?: boolean;
  readonly state?: 'Enabled' | 'Disabled' | 'PendingDeletion';
  readonly policy?: Policy;
}

export interface Secret {
  readonly region?: string;
  readonly created?: Moment;
  readonly changed?: Moment;
  /** When it was last read; never, if absent. */
  readonly accessed?: Moment;
  /** Automatic rotation, each so many days; it is off if absent. */
  readonly rotation?: { readonly days: number; readonly last?: Moment; readonly next?: Moment };
  /** The service that it belongs to. */
  readonly owner?: string;
  readonly policy?: Policy;
}
