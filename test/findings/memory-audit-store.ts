import type { AuditRecord, PostureDay, Turn } from '../../findings/audit-record.ts';
import type { AuditStore } from '../../findings/audit-store.ts';
import type { Bookmark, Job } from '../../findings/job.ts';

/** A store of audits in memory. */
export function memoryAuditStore(): AuditStore {
  const audits = new Map<string, AuditRecord>();
  const days = new Map<string, PostureDay>();
  const bookmarks = new Map<string, { readonly job: Job; readonly bookmark: Bookmark }>();
  const keyOf = ({ runId, accountId, region }: Job): string => `${runId} ${accountId} ${region}`;
  let holder: Turn | undefined;
  return {
    takeTurn: async (turn, insteadOf) => (holder = !holder || holder.executionArn === insteadOf ? turn : holder),
    async releaseTurn(executionArn) {
      if (holder?.executionArn === executionArn) holder = undefined;
    },
    audit: async (id) => audits.get(id),
    async *audits() {
      yield* [...audits.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
    },
    async saveAudit(audit) {
      if (audit.finishedAt !== undefined || audits.get(audit.id)?.finishedAt === undefined) audits.set(audit.id, audit);
    },
    bookmark: async (job) => bookmarks.get(keyOf(job))?.bookmark,
    async saveBookmark(job, bookmark) {
      bookmarks.set(keyOf(job), { job, bookmark });
    },
    async removeBookmark(job) {
      if ((bookmarks.get(keyOf(job))?.job.round ?? 0) <= job.round) bookmarks.delete(keyOf(job));
    },
    async *unfinishedJobs(runId) {
      for (const { job } of bookmarks.values()) if (job.runId === runId) yield job;
    },
    async *postures(accountId) {
      yield* [...days.values()].filter((day) => day.accountId === accountId).sort((a, b) => (a.day < b.day ? 1 : -1));
    },
    async savePosture(posture) {
      const key = `${posture.accountId} ${posture.day}`;
      if ((days.get(key)?.runId ?? '') <= posture.runId) days.set(key, posture);
    },
  };
}
