/** What the command answers to the shell. The README's table and `posture --help` say the same. */
export const EXIT = { clean: 0, findings: 1, usage: 2, incomplete: 3, noAccess: 4, undelivered: 5, bug: 70, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Outcome {
  /** Open findings at or over the threshold. */
  readonly failing: number;
  /** Something could not be read. */
  readonly incomplete: boolean;
  /** The store, the topic or the output did not take what it should. */
  readonly undelivered: boolean;
}

/** The most misleading condition first: a count of findings means little if nobody was told, or if part of the account was not seen. */
export function exitCodeOf({ failing, incomplete, undelivered }: Outcome, strictCoverage: boolean): ExitCode {
  if (undelivered) return EXIT.undelivered;
  if (incomplete && strictCoverage) return EXIT.incomplete;
  return failing > 0 ? EXIT.findings : EXIT.clean;
}
