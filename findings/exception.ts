/** What makes an exception answerable: who decided it, why, until when, and where that is written down. */
export interface ExceptionTerms {
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds, to the end of that day in UTC: `2026-12-31`. */
  readonly expires: string;
  readonly ticket: string;
}

/** A person's decision that a check may fail for some resources, until a day. */
export interface Exception extends ExceptionTerms {
  /** Id of the check. */
  readonly check: string;
  /** A pattern of ARNs: `*` stands for any text, `?` for one character. Absent: every resource. */
  readonly resource?: string | undefined;
  /** Tags that the resource must have, all of them. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Ids of the accounts, one of which the resource must be in. */
  readonly accounts?: readonly string[] | undefined;
}

/** The terms alone, as a finding keeps them. */
export function toTerms({ owner, reason, expires, ticket }: ExceptionTerms): ExceptionTerms {
  return { owner, reason, expires, ticket };
}

/** True when both say the same. */
export function isSameTerms(a: ExceptionTerms, b: ExceptionTerms): boolean {
  return a.owner === b.owner && a.reason === b.reason && a.expires === b.expires && a.ticket === b.ticket;
}
