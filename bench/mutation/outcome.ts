declare module 'vitest' {
  interface ProvidedContext {
    /** Mutants to be tried. */
    readonly mutants: readonly number[];
    /** Milliseconds of the processor: a test that takes longer tries none for now. */
    readonly slowest: number;
    /** By the path of a test file: the mutant with which it is to be imported and run, once. Other files try those of which they run code, one by one. */
    readonly imported: Readonly<Record<string, number>>;
  }
  interface TaskMeta {
    mutation?: FileOutcome;
  }
}

/** What a test file found out about the mutants. */
export interface FileOutcome {
  /** Mutants that its tests noticed. */
  readonly noticed: readonly number[];
  /** Mutants of which code was run outside of tests: on import, or when a test was made ready. */
  readonly outside: readonly number[];
  /** Tests that do not pass when run once more, so that they cannot try mutants. */
  readonly once: readonly string[];
  /** Whether a test was too slow to try those that are left. */
  readonly postponed: boolean;
}
