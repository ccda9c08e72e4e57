import pLimit from 'p-limit';
import { toCanonicalJson } from './facts.ts';
import type { Finding, Transition } from './finding.ts';
import type { Reconciliation } from './reconcile.ts';
import type { FindingStore } from './store.ts';

export interface Saved {
  /** What is now in the store, and was not before. Perhaps another transition than the one asked for, if somebody else wrote in between. */
  readonly transitions: readonly Transition[];
  /** What others have written in between, so that nothing was left to save. */
  readonly superseded: readonly Finding[];
}

const CONCURRENT_SAVES = 16;
const ATTEMPTS = 10;

/** Keeps each transition; one that somebody else got in the way of is reconciled again with what the store holds now. */
export async function saveTransitions(
  store: Pick<FindingStore, 'save' | 'finding'>,
  transitions: readonly Transition[],
  again: Reconciliation['again'],
): Promise<Saved> {
  const limit = pLimit(CONCURRENT_SAVES);
  try {
    const outcomes = await limit.map(transitions, (transition) => saveOne(store, transition, again));
    return {
      transitions: outcomes.flatMap(({ saved }) => saved ?? []),
      superseded: outcomes.flatMap(({ current }) => current ?? []),
    };
  } finally {
    limit.clearQueue();
  }
}

interface Outcome {
  readonly saved?: Transition;
  readonly current?: Finding;
}

/** @throws Error when others rewrite the finding each time that we try */
async function saveOne(
  store: Pick<FindingStore, 'save' | 'finding'>,
  transition: Transition,
  again: Reconciliation['again'],
): Promise<Outcome> {
  let next = transition;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if ((await store.save(next.finding)) === 'saved') return { saved: next };
    const current = await store.finding(next.finding.id);
    // A save whose answer was lost is sent again by the SDK, and then meets itself.
    if (current && isSameStep(current, next.finding)) return { saved: next };
    const retried = again(next, current);
    if (!retried) return current ? { current } : {};
    next = retried;
  }
  throw new Error(`finding ${transition.finding.id} was changed by others ${ATTEMPTS} times while it was being saved`);
}

function isSameStep(a: Finding, b: Finding): boolean {
  return a.version === b.version && a.observedAt === b.observedAt && toCanonicalJson(a.history) === toCanonicalJson(b.history);
}
