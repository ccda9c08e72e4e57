import type { AnyCheck } from '../checks/check.ts';
import type { Publisher } from '../findings/announce.ts';
import type { FindingStore } from '../findings/store.ts';
import type { ResourceSource } from '../inventory/reader.ts';
import type { ScopePlan } from '../inventory/regions.ts';
import type { Session } from '../inventory/session.ts';
import type { CredentialSource, Identity, SignedIn } from './credentials.ts';

/** What the commands work on. Loaded when first needed: listing checks must not load an AWS client. */
export interface World {
  readonly checks: readonly AnyCheck[];
  readonly sources: () => Promise<readonly ResourceSource[]>;
  readonly signIn: (identity: Identity) => Promise<SignedIn>;
  readonly planScopes: (session: Session, wanted?: readonly string[]) => Promise<ScopePlan>;
  /** `own`: the credentials that own a DynamoDB table; the SDK's default chain without them. */
  readonly openStore: (location: string, own?: CredentialSource) => Promise<FindingStore>;
  /** Throws ConfigError when this is no topic. */
  readonly openTopic: (arn: string, own?: CredentialSource) => Promise<Publisher>;
}
