import type { Exceptions } from './exceptions.ts';
import type { Finding } from './finding.ts';
import { reconcile } from './reconcile.ts';
import { saveTransitions } from './save.ts';
import type { FindingStore } from './store.ts';

export interface SettleOptions {
  readonly store: Pick<FindingStore, 'save' | 'finding'>;
  readonly exceptions: Exceptions;
  /** The audit that it is done for. */
  readonly runId: string;
  readonly now: () => Date;
}

/**
 * Has exceptions begin and end where no scan could: in an account that lets nobody in, in a scope that is no longer audited. Gives a finding as it is afterwards.
 * Done again, it changes nothing.
 */
export function settler({ store, exceptions, runId, now }: SettleOptions): (finding: Finding) => Promise<Finding> {
  return async (finding) => {
    const { transitions, again } = reconcile([finding], [], {
      ...{ runId, exceptions, observedAt: now().toISOString(), scope: finding.scope },
      ...{ seenAt: undefined, listed: new Map(), checkTypes: new Map(), announce: true },
    });
    if (transitions.length === 0) return finding;
    const saved = await saveTransitions(store, transitions, again);
    return saved.transitions[0]?.finding ?? saved.superseded[0] ?? finding;
  };
}
