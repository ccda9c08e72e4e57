import type { AuditStore } from '../../findings/audit-store.ts';
import type { Bookmark, Job } from '../../findings/job.ts';

export type Bookmarks = Pick<AuditStore, 'bookmark' | 'saveBookmark' | 'removeBookmark'>;

/** Bookmarks as DynamoDB keeps them: the one of a later round stays. `jobs` is what the next round is planned from. */
export function memoryBookmarks(): Bookmarks & { readonly jobs: () => readonly Job[] } {
  const kept = new Map<string, { readonly job: Job; readonly bookmark: Bookmark }>();
  const keyOf = ({ runId, accountId, region }: Job) => `${runId} ${accountId} ${region}`;
  return {
    bookmark: async (job) => kept.get(keyOf(job))?.bookmark,
    async saveBookmark(job, bookmark) {
      if ((kept.get(keyOf(job))?.job.round ?? 0) <= job.round) kept.set(keyOf(job), { job, bookmark: structuredClone(bookmark) });
    },
    async removeBookmark(job) {
      kept.delete(keyOf(job));
    },
    jobs: () => [...kept.values()].map(({ job }) => job),
  };
}
