import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { Evidence, Severity } from '../check.ts';
import type { Deed } from './judge-deed.ts';
import { outsiderNamed, worstOutsider } from './outsiders.ts';

/** How bad it is to share data with an outsider. Organizations may be one's own: only their owner knows. */
const SEVERITIES: Readonly<Record<'everyone' | 'account' | 'organization', Severity>> = {
  everyone: 'CRITICAL',
  account: 'HIGH',
  organization: 'MEDIUM',
};

/** That a thing was shared with those whom `names` stand for, if an outsider is among them; the account's own and trusted ones are not told. */
export function shareDeed(
  event: CloudTrailEvent,
  what: string,
  names: readonly string[],
  { trustedAccounts, evidence }: { readonly trustedAccounts: readonly string[]; readonly evidence: Evidence },
): Deed | undefined {
  const home = { accountId: event.accountId, trustedAccounts };
  const outsider = worstOutsider(names, home);
  if (outsider === undefined) return undefined;
  return {
    done: `${what} shared with ${outsider.who}`,
    attempt: `share ${what} with ${outsider.who}`,
    severity: SEVERITIES[outsider.kind],
    evidence: { ...evidence, sharedWith: names.filter((name) => outsiderNamed(name, home) !== undefined).slice(0, 20) },
  };
}
