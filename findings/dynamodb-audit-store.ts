import { randomUUID } from 'node:crypto';
import {
  AUDITS,
  auditItem,
  auditKey,
  auditOf,
  bookmarkItem,
  bookmarkKey,
  bookmarkOf,
  bookmarksOf,
  ledgerItem,
  ledgerKey,
  postureItem,
  posturesOf,
  TURN_KEY,
  turnItem,
} from './audit-items.ts';
import type { Turn } from './audit-record.ts';
import type { AuditStore, Ledger } from './audit-store.ts';
import { type Condition, type Connection, connect, type DynamoDbLocation } from './dynamodb-connection.ts';
import { toJob, toLedgerEntry, toPostureDay, toTurn } from './stored-audit.ts';

/**
 * What deployed audits keep, and the ledger of what was told, in the table of the findings. For any number of writers; everything is read consistently.
 * Its methods throw ConfigError when the table is missing, is not ours, or was written by something newer.
 */
export async function openAuditStore(location: DynamoDbLocation): Promise<AuditStore & Ledger & { readonly close: () => Promise<void> }> {
  const table = await connect(location);
  return { ...auditStore(table), ...ledger(table), close: async () => table.close() };
}

function auditStore(table: Connection): AuditStore {
  return {
    async takeTurn(turn, insteadOf) {
      for (;;) {
        if (await table.put(turnItem(turn), isFreeFor(turn, insteadOf))) return turn;
        const holder = await table.read(TURN_KEY, toTurn);
        // Given back between the two: it is anybody's again.
        if (holder) return holder;
      }
    },
    async releaseTurn(executionArn) {
      await table.delete(TURN_KEY, {
        ConditionExpression: 'executionArn = :mine',
        ExpressionAttributeValues: { ':mine': executionArn },
      });
    },
    audit: (id) => table.read(auditKey(id), auditOf),
    audits: () => table.select({ partition: AUDITS, newestFirst: true }, auditOf),
    async saveAudit(audit) {
      await table.put(auditItem(audit), audit.finishedAt === undefined ? UNFINISHED : undefined);
    },
    bookmark: (job) => table.read(bookmarkKey(job), bookmarkOf),
    async saveBookmark(job, bookmark) {
      await table.put(bookmarkItem(job, bookmark), {
        ConditionExpression: 'attribute_not_exists(pk) OR round <= :round',
        ExpressionAttributeValues: { ':round': job.round },
      });
    },
    async removeBookmark(job) {
      await table.delete(bookmarkKey(job), { ConditionExpression: 'round <= :round', ExpressionAttributeValues: { ':round': job.round } });
    },
    unfinishedJobs: (runId) => table.select({ partition: bookmarksOf(runId) }, ({ job }) => toJob(job)),
    postures: (accountId) => table.select({ partition: posturesOf(accountId), newestFirst: true }, toPostureDay),
    async savePosture(day) {
      await table.put(postureItem(day), {
        ConditionExpression: 'attribute_not_exists(pk) OR runId <= :runId',
        ExpressionAttributeValues: { ':runId': day.runId },
      });
    },
  };
}

function isFreeFor({ executionArn }: Turn, insteadOf: string | undefined): Condition {
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR executionArn IN (:mine, :ended)',
    ExpressionAttributeValues: { ':mine': executionArn, ':ended': insteadOf ?? executionArn },
  };
}

const UNFINISHED: Condition = { ConditionExpression: 'attribute_not_exists(finishedAt)' };

/**
 * The token tells our own claim from somebody else's: a put whose answer got lost is sent again by the SDK, and then meets itself.
 * It is of one claim, not of one process: a second claim must find the first one, for nobody knows what became of it.
 */
function ledger(table: Connection): Ledger {
  const ownTokens = new Map<string, string>();
  return {
    async claim(deduplicationId, now, staleAfter) {
      const claimToken = randomUUID();
      const mine = ledgerItem(deduplicationId, { state: 'claimed', claimedAt: now.toISOString(), claimToken });
      for (;;) {
        const written = await table.put(mine, isClaimable(new Date(now.getTime() - staleAfter)));
        const entry = written ? undefined : await table.read(ledgerKey(deduplicationId), toLedgerEntry);
        if (entry?.state === 'told') return 'told';
        if (written || entry?.claimToken === claimToken) {
          ownTokens.set(deduplicationId, claimToken);
          return 'claimed';
        }
        // Without an entry it was released between the two: it is anybody's again.
        if (entry) return Math.max(0, now.getTime() - Date.parse(entry.claimedAt));
      }
    },
    async markTold(deduplicationId, now) {
      await table.put(ledgerItem(deduplicationId, { state: 'told', toldAt: now.toISOString() }));
      ownTokens.delete(deduplicationId);
    },
    async release(deduplicationId) {
      const claimToken = ownTokens.get(deduplicationId);
      if (claimToken === undefined) return;
      // Nothing but a claim has a token: what was told stays.
      await table.delete(ledgerKey(deduplicationId), {
        ConditionExpression: 'claimToken = :token',
        ExpressionAttributeValues: { ':token': claimToken },
      });
      ownTokens.delete(deduplicationId);
    },
  };
}

function isClaimable(staleSince: Date): Condition {
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR (#state = :claimed AND claimedAt <= :staleSince)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':claimed': 'claimed', ':staleSince': staleSince.toISOString() },
  };
}
