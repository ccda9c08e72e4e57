import type { AuditRecord, PostureDay, Turn } from './audit-record.ts';
import { type Item, RUN_DAYS } from './dynamodb-items.ts';
import { EXPIRY, expiryAfter } from './dynamodb-table.ts';
import type { Bookmark, Job } from './job.ts';
import { pack, unpack } from './packed.ts';
import { SCHEMA } from './stored.ts';
import { type LedgerEntry, toAudit, toBookmark } from './stored-audit.ts';

/** A bookmark is of use while its run goes on, and a run lasts hours. */
const BOOKMARK_DAYS = 7;
/** Longer than any message may be retried: the stream keeps its records for a day, a dead letter queue for two weeks. */
const LEDGER_DAYS = 30;
/** An item may have 400 kB, with the names of its attributes. */
const MAX_LISTS = 380_000;

export const TURN_KEY = { pk: 'TURN', sk: 'TURN' };
export const AUDITS = 'AUDIT';

export function auditKey(id: string) {
  return { pk: AUDITS, sk: id };
}

export function bookmarksOf(runId: string): string {
  return `UNFINISHED#${runId}`;
}

export function bookmarkKey({ runId, accountId, region }: Job) {
  return { pk: bookmarksOf(runId), sk: `${accountId}#${region}` };
}

export function posturesOf(accountId: string): string {
  return `POSTURE#${accountId}`;
}

export function ledgerKey(deduplicationId: string) {
  return { pk: `TOLD#${deduplicationId}`, sk: 'TOLD' };
}

export function turnItem(turn: Turn): Item {
  return { ...TURN_KEY, schema: SCHEMA, ...turn };
}

/** The lists of an organization with 10,000 accounts are larger than an item may be: they are compressed. */
export function auditItem(audit: AuditRecord): Item {
  const { accounts, refused, leftOut, ...rest } = audit;
  const lists = pack({ accounts, refused, leftOut });
  return {
    ...auditKey(audit.id),
    schema: SCHEMA,
    [EXPIRY]: expiryAfter(audit.startedAt, RUN_DAYS),
    ...rest,
    lists: lists.byteLength <= MAX_LISTS ? lists : pack({ accounts, refused: refused.map(withoutMessage), leftOut }),
  };
}

/** What AWS said to each account may be long and never the same; which call was refused, and why, fits for all. */
function withoutMessage({ accountId, gap }: AuditRecord['refused'][number]): AuditRecord['refused'][number] {
  return { accountId, gap: { ...gap, message: '' } };
}

export function auditOf(item: Item): AuditRecord {
  const lists = unpack(item.lists);
  return toAudit(typeof lists === 'object' ? { ...item, ...lists } : item);
}

export function bookmarkItem(job: Job, bookmark: Bookmark): Item {
  return {
    ...bookmarkKey(job),
    schema: SCHEMA,
    [EXPIRY]: expiryAfter(job.startedAt, BOOKMARK_DAYS),
    round: job.round,
    job,
    bookmark: pack(bookmark),
  };
}

export function bookmarkOf(item: Item): Bookmark {
  return toBookmark(unpack(item.bookmark));
}

export function postureItem(day: PostureDay): Item {
  return { pk: posturesOf(day.accountId), sk: day.day, schema: SCHEMA, ...day };
}

export function ledgerItem(deduplicationId: string, entry: LedgerEntry): Item {
  const since = entry.state === 'told' ? entry.toldAt : entry.claimedAt;
  return { ...ledgerKey(deduplicationId), schema: SCHEMA, [EXPIRY]: expiryAfter(since, LEDGER_DAYS), ...entry };
}
