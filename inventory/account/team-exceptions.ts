import type { Place } from '../call.ts';
import { Unread, type UnreadReason } from '../facet.ts';

/** A decision that a check may fail for some resources until the end of a day (UTC), as the configuration has it. */
export interface TeamException {
  /** Id of the check. */
  readonly check: string;
  /** A pattern of ARNs; absent: every resource with the tags. */
  readonly resource?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly accounts?: readonly string[] | undefined;
  readonly owner: string;
  /** `2026-12-31` */
  readonly expires: string;
  readonly ticket: string;
}

const NOT_TOLD: UnreadReason = {
  ...{ cause: 'no-data', operation: 'posture.yaml', permissions: [] },
  message: 'nobody has told which exceptions there are',
};

/** Those that may concern the account. Nothing is asked of AWS. @throws Unread where nobody knows them */
export async function readTeamExceptions({ session: { accountId, exceptions } }: Place): Promise<readonly TeamException[]> {
  if (!exceptions) throw new Unread(NOT_TOLD);
  return exceptions.filter((exception) => mayConcern(exception, accountId));
}

/** Whose resources a pattern may mean: those of the one account that it names, or anybody's. */
function mayConcern({ resource = '*', accounts }: TeamException, accountId: string): boolean {
  const named = /^arn:[^:*?]*:[^:*?]*:[^:*?]*:(\d{12}):/.exec(resource)?.[1];
  return (accounts === undefined || accounts.includes(accountId)) && (named === undefined || named === accountId);
}
