import { NEVER, type ScopeRecord } from './run.ts';

/**
 * Whether a run looks at a scope that nobody has seen to its end before: then all that is wrong there is news of the day, not of the minute.
 * It is announced nowhere singly, and the run's digest tells it. The same answer before the run has kept its record and after.
 */
export function isFirstLook(record: ScopeRecord | undefined, runId: string): boolean {
  if (record === undefined || record.seenAt === NEVER) return true;
  // Runs that were killed before the first one that came to an end have announced nothing either.
  return record.firstRunId !== undefined && runId <= record.firstRunId;
}
