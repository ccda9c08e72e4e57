import type { AuditRecord, PostureDay, Turn } from './audit-record.ts';
import type { Bookmark, Job } from './job.ts';

/** What deployed audits keep beside the findings, in the same DynamoDB table. Every write is of one item. */
export interface AuditStore {
  /**
   * Takes the turn if nobody has it, if this execution has it already, or if `insteadOf` (an execution that has ended) still has it.
   * Gives who has it now.
   */
  readonly takeTurn: (turn: Turn, insteadOf?: string) => Promise<Turn>;
  /** Gives the turn back; nothing happens if somebody else has it. */
  readonly releaseTurn: (executionArn: string) => Promise<void>;

  readonly audit: (id: string) => Promise<AuditRecord | undefined>;
  /** Newest first. */
  readonly audits: () => AsyncIterable<AuditRecord>;
  /** A record without `finishedAt` does not replace one that has it: who was late must not reopen what has ended. */
  readonly saveAudit: (audit: AuditRecord) => Promise<void>;

  readonly bookmark: (job: Job) => Promise<Bookmark | undefined>;
  /** Keeps where a scan stopped; `job` is how it is to be called next. One of an earlier round does not replace one of a later. */
  readonly saveBookmark: (job: Job, bookmark: Bookmark) => Promise<void>;
  /** One of a later round than the job's is left alone: Step Functions may call a job twice, and the other call came further. */
  readonly removeBookmark: (job: Job) => Promise<void>;
  /** Jobs of a run that stopped at their time limit and are not done. */
  readonly unfinishedJobs: (runId: string) => AsyncIterable<Job>;

  /** Newest first. */
  readonly postures: (accountId: string) => AsyncIterable<PostureDay>;
  /** One of an earlier run does not replace one of a later run of the same day. */
  readonly savePosture: (day: PostureDay) => Promise<void>;
}

/**
 * Who has been told what. A message is claimed before it is published and told once SNS took it; a claim that nobody followed up
 * for `staleAfter` milliseconds may be claimed again: by then the topic itself would have handed back what it had taken.
 */
export interface Ledger {
  /** `told`: nothing to do. A number: somebody claimed it so many milliseconds ago, and it is not known whether it was published. */
  readonly claim: (deduplicationId: string, now: Date, staleAfter: number) => Promise<'claimed' | 'told' | number>;
  /** After SNS took the message, or handed it back. */
  readonly markTold: (deduplicationId: string, now: Date) => Promise<void>;
  /** After SNS refused the message for certain: the next attempt need not wait. Does nothing to what was told or what others claimed since. */
  readonly release: (deduplicationId: string) => Promise<void>;
}
