import fc from 'fast-check';
import { cases, compareWithBruteForce } from '../test/checks/predicates/small-universe.ts';

export interface PolicyFigures {
  readonly cases: number;
  readonly requests: number;
  readonly seconds: number;
  readonly seed: number;
  /** Requests known in part of which ours says `sometimes`, and how many of these are decided after all. */
  readonly sometimes: number;
  readonly vague: number;
  /** The first few; none is what must be. */
  readonly disagreements: readonly string[];
}

const SHOWN = 5;

/** Decides all requests of many small universes of policies by our evaluator and by brute force, which share no code, and compares. */
export function benchPolicies(count: number): PolicyFigures {
  const started = performance.now();
  let [requests, sometimes, vague] = [0, 0, 0];
  const disagreements: string[] = [];
  const compared = fc.property(cases, (one) => {
    const comparison = compareWithBruteForce(one);
    requests += comparison.requests;
    sometimes += comparison.sometimes;
    vague += comparison.vague;
    disagreements.push(...comparison.disagreements.slice(0, SHOWN - disagreements.length));
  });
  const { seed } = fc.check(compared, { numRuns: count });
  return { cases: count, requests, sometimes, vague, disagreements, seed, seconds: (performance.now() - started) / 1000 };
}
