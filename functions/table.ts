import type { AuditStore, Ledger } from '../findings/audit-store.ts';
import { openAuditStore } from '../findings/dynamodb-audit-store.ts';
import { openReactionStore } from '../findings/dynamodb-reaction-store.ts';
import { openDynamoDbStore } from '../findings/dynamodb-store.ts';
import type { ReactionStore } from '../findings/reaction-store.ts';
import type { FindingStore } from '../findings/store.ts';
import { once } from './once.ts';
import { setting } from './settings.ts';

/** The findings in the hub's table. */
export const openStore = once((): Promise<FindingStore> => openDynamoDbStore({ table: setting('POSTURE_TABLE') }));

/** What audits keep beside them, and what was told. */
export const openAudits = once((): Promise<AuditStore & Ledger> => openAuditStore({ table: setting('POSTURE_TABLE') }));

/** What reactions to events keep there. */
export const openReactions = once((): Promise<ReactionStore> => openReactionStore({ table: setting('POSTURE_TABLE') }));

export function now(): Date {
  return new Date();
}
