import type { Finding } from '../findings/finding.ts';
import { lastSeenAt } from '../findings/last-seen.ts';
import type { ScopeRecord } from '../findings/run.ts';
import type { FindingStore } from '../findings/store.ts';

/** When each finding of a store was last known to be as it is, from the records of its scopes, read once. */
export async function toLastSeen(store: FindingStore | undefined, accountId?: string): Promise<(finding: Finding) => string> {
  const records = new Map<string, ScopeRecord>();
  if (store) for await (const record of store.scopeRecords(accountId)) records.set(keyOf(record), record);
  return (finding) => lastSeenAt(finding, records.get(keyOf(finding.scope)));
}

function keyOf({ accountId, region }: { readonly accountId: string; readonly region: string }): string {
  return `${accountId} ${region}`;
}
