import type { RootCredentials, RootEvent } from '../../inventory/account/account.ts';
import { knownOf } from './unread.ts';

/** One use of the root user: when (ISO 8601 UTC), and what shows it. */
export interface RootUse {
  readonly at: string;
  readonly by: string;
}

/** Where uses of the root user show. */
export interface RootTraces {
  readonly rootCredentials: RootCredentials;
  readonly rootEvents: Iterable<RootEvent>;
}

/** The newest use that any source shows, and why another may have been missed. What AWS has no time for was not used. */
export function newestRootUse(traces: RootTraces) {
  const sources = [knownOf(() => credentialUses(traces.rootCredentials)), knownOf(() => eventUses(traces.rootEvents))];
  const uses = sources.flatMap(({ known }) => known).sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return { newest: uses[0], unread: sources.find(({ unread }) => unread !== undefined)?.unread };
}

function* credentialUses({ passwordLastUsedAt, accessKeys }: RootCredentials): Generator<RootUse> {
  if (passwordLastUsedAt !== undefined) yield { at: passwordLastUsedAt, by: 'password' };
  for (const { slot, lastUsedAt } of accessKeys) {
    if (lastUsedAt !== undefined) yield { at: lastUsedAt, by: `access key ${slot}` };
  }
}

function* eventUses(events: Iterable<RootEvent>): Generator<RootUse> {
  for (const { occurredAt, eventName, region } of events) yield { at: occurredAt, by: `${eventName} in ${region}` };
}
