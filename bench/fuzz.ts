import fc from 'fast-check';
import { complaintsOf, fuzzCases } from '../test/checks/activity/fuzz-records.ts';
import { hasCorpus } from '../test/inventory/events/corpus.ts';

export interface FuzzFigures {
  readonly seed: number;
  readonly seconds: number;
  /** Where the records come from. */
  readonly origin: string;
  /** How many cases, by kind of mutation. */
  readonly cases: ReadonlyMap<string, number>;
  /** What was wrong, and how often. */
  readonly failures: ReadonlyMap<string, number>;
}

/** Breaks records in so many ways, judges each, and tells what throws or falls silent: `test/checks/activity/fuzz-silence.ts` says what that means. */
export function benchFuzz(runs: number): FuzzFigures {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const started = performance.now();
  const cases = new Map<string, number>();
  const failures = new Map<string, number>();
  const seen = fc.property(fuzzCases(), (each) => {
    count(cases, each.mutation.kind);
    const path = each.path.map((name) => (/^\d+$/.test(name) ? '#' : name)).join('.');
    for (const complaint of complaintsOf(each)) count(failures, `${each.base.eventName}, ${each.mutation.kind} ${path}: ${complaint}`);
  });
  const { seed } = fc.check(seen, { numRuns: runs });
  Error.stackTraceLimit = stackTraceLimit;
  const origin = hasCorpus ? "the corpus, the catalogue and the checks' examples" : "the catalogue and the checks' examples";
  return { seed, seconds: (performance.now() - started) / 1000, origin, cases, failures };
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}
