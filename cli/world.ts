import type { AnyActivityCheck } from '../checks/activity.ts';
import type { AnyCheck } from '../checks/check.ts';
import type { Publisher } from '../findings/announce.ts';
import type { AccountUnits } from '../findings/evaluate.ts';
import type { FindingStore } from '../findings/store.ts';
import type { ChangeLookup } from '../inventory/events/lookup.ts';
import type { ResourceSource } from '../inventory/reader.ts';
import type { ScopePlan } from '../inventory/regions.ts';
import type { Session } from '../inventory/session.ts';
import type { CredentialSource, Identity, SignedIn } from './credentials.ts';

/** What the commands work on. Loaded when first needed: listing checks must not load an AWS client. */
export interface World {
  readonly checks: readonly AnyCheck[];
  readonly activityChecks: readonly AnyActivityCheck[];
  readonly sources: () => Promise<readonly ResourceSource[]>;
  /** Finds out who is behind what changed; absent where there is nobody to ask. */
  readonly changeLookup?: (sources: readonly ResourceSource[]) => Promise<ChangeLookup>;
  readonly signIn: (identity: Identity) => Promise<SignedIn>;
  readonly planScopes: (session: Session, wanted?: readonly string[]) => Promise<ScopePlan>;
  /** In which organizational units the session's account is, or why that cannot be known; absent where there is nobody to ask. */
  readonly unitsOf?: (session: Session) => Promise<AccountUnits>;
  /** `own`: the credentials that own a DynamoDB table; the SDK's default chain without them. */
  readonly openStore: (location: string, own?: CredentialSource) => Promise<FindingStore>;
  /** Throws ConfigError when this is no topic. */
  readonly openTopic: (arn: string, own?: CredentialSource) => Promise<Publisher>;
}
