import * as z from 'zod';
import type { AuditRecord, PostureDay, Turn } from './audit-record.ts';
import type { Bookmark, Job } from './job.ts';
import { count, gap, lookTally, resourceType, scope, sight, text, unreadReason } from './stored.ts';

const audit = z.object({
  id: text,
  executionArn: text,
  startedAt: text,
  finishedAt: text.optional(),
  accounts: z.array(text),
  refused: z.array(z.object({ accountId: text, gap })),
  leftOut: z.array(
    z.object({ accountId: text, because: z.enum(['suspended', 'pending closure', 'closed', 'pending activation', 'excluded']) }),
  ),
  digest: z.enum(['unsent', 'sent']),
});

const job = z.object({
  ...scope,
  runId: text,
  startedAt: text,
  regions: z.array(text),
  regionsUnread: unreadReason.optional(),
  units: z.array(text).optional(),
  unitsUnread: unreadReason.optional(),
  round: count,
});

const bookmark = z.object({
  startedAt: text,
  done: z.array(resourceType),
  judgedUpTo: z.record(text, text),
  blind: z.array(text),
  sight,
  tally: lookTally.optional(),
});

const none = count.default(0);
const counts = { open: count, opened: count, reopened: count, resolved: count, excepted: none, lapsed: none };
const postureDay = z.object({
  accountId: text,
  day: text,
  runId: text,
  counts: z.object({
    ...counts,
    bySeverity: z.object({
      CRITICAL: z.object(counts),
      HIGH: z.object(counts),
      MEDIUM: z.object(counts),
      LOW: z.object(counts),
      INFORMATIONAL: z.object(counts),
    }),
  }),
  resources: count,
  evaluations: count,
  unknown: count,
});

const turn = z.object({ runId: text, executionArn: text });

const ledgerEntry = z.discriminatedUnion('state', [
  z.object({ state: z.literal('claimed'), claimedAt: text, claimToken: text }),
  z.object({ state: z.literal('told'), toldAt: text }),
]);

/** Whether a message was told, or who claimed it and when. */
export type LedgerEntry = Readonly<z.infer<typeof ledgerEntry>>;

/** @throws ZodError when a store returns what is no audit */
export function toAudit(stored: unknown): AuditRecord {
  const parsed = audit.parse(stored);
  return { ...parsed, finishedAt: parsed.finishedAt };
}

/** @throws ZodError when a store returns what is no job */
export function toJob(stored: unknown): Job {
  return job.parse(stored);
}

/** @throws ZodError when a store returns what is no bookmark */
export function toBookmark(stored: unknown): Bookmark {
  return bookmark.parse(stored);
}

/** @throws ZodError when a store returns what is no posture of a day */
export function toPostureDay(stored: unknown): PostureDay {
  return postureDay.parse(stored);
}

/** @throws ZodError when a store returns what is no turn */
export function toTurn(stored: unknown): Turn {
  return turn.parse(stored);
}

/** @throws ZodError when a store returns what is no entry of the ledger */
export function toLedgerEntry(stored: unknown): LedgerEntry {
  return ledgerEntry.parse(stored);
}
