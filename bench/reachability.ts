import fc from 'fast-check';
import { network, toldByBruteForce, toldByEngine } from '../test/checks/predicates/reachability-cases.ts';

export interface ReachabilityFigures {
  readonly cases: number;
  readonly seconds: number;
  readonly seed: number;
  readonly disagreements: number;
  /** A smallest network on which the two disagree. */
  readonly counterexample: string | undefined;
  /** Networks by what brute force says of them. */
  readonly outcomes: ReadonlyMap<string, number>;
}

/** Whether what we say is reachable is what brute force reaches, packet by packet, on small networks. */
export function benchReachability(cases: number): ReachabilityFigures {
  const outcomes = new Map<string, number>();
  let disagreements = 0;
  const started = performance.now();
  const { seed, counterexample } = fc.check(
    fc.property(network, (small) => {
      const expected = toldByBruteForce(small);
      const outcome = expected.found.length > 0 ? 'open' : expected.doubtful ? 'unknown' : 'closed';
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      const agree = JSON.stringify(toldByEngine(small)) === JSON.stringify(expected);
      if (!agree) disagreements += 1;
      return agree;
    }),
    { numRuns: cases },
  );
  const seconds = (performance.now() - started) / 1_000;
  return { cases, seconds, seed, disagreements, outcomes, counterexample: counterexample ? fc.stringify(counterexample) : undefined };
}
