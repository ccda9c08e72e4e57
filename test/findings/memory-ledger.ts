import type { Ledger } from '../../findings/audit-store.ts';

/** A ledger in memory that passes the same contract as DynamoDB's. Gives as many connections to it as are wanted. */
export function memoryLedger(): { readonly open: () => Ledger; readonly told: () => readonly string[] } {
  const entries = new Map<string, { readonly state: 'told' } | { readonly state: 'claimed'; readonly at: number; readonly by: object }>();
  return {
    open() {
      const claims = new Map<string, object>();
      return {
        async claim(id, now, staleAfter) {
          const entry = entries.get(id);
          if (entry?.state === 'told') return 'told';
          if (entry && entry.at > now.getTime() - staleAfter) return Math.max(0, now.getTime() - entry.at);
          const by = {};
          entries.set(id, { state: 'claimed', at: now.getTime(), by });
          claims.set(id, by);
          return 'claimed';
        },
        async markTold(id) {
          entries.set(id, { state: 'told' });
        },
        async release(id) {
          const entry = entries.get(id);
          if (entry?.state === 'claimed' && entry.by === claims.get(id)) entries.delete(id);
        },
      };
    },
    told: () => [...entries].flatMap(([id, { state }]) => (state === 'told' ? id : [])),
  };
}
