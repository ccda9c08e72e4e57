import { CoverageLog } from '../coverage.ts';
import { Unread, type UnreadReason } from '../facet.ts';
import { GLOBAL } from '../resource.ts';
import type { Session } from '../session.ts';
import { listAccountsOf, listRoots, listUnits } from './calls.ts';
import { placedAccountCalls, readPlacedAccounts } from './placed-accounts.ts';

/** What it takes to find out in which organizational units accounts are: asked of the organization, and of its root and units. */
export const ACCOUNT_UNITS = { ofOrganization: [listRoots], ofUnits: [listAccountsOf, listUnits] };

/** Of the accounts of an organization: ids of the root and the units that each is in, from the root down, or why that is not known. */
export type UnitsOf = (accountId: string) => readonly string[] | UnreadReason;

/** The management account is found like any other. */
const NONE_LEFT_OUT = '';

/**
 * Reads where the accounts of the session's organization are: a call for each page of each unit, however many accounts are asked for after it.
 * What is refused is told by what it gives, and is no gap of the session's own: only who wants to know can say what comes of it.
 */
export async function readAccountUnits(session: Session): Promise<UnitsOf> {
  const asking = { ...session, coverage: new CoverageLog() };
  const place = { session: asking, scope: { accountId: session.accountId, region: GLOBAL }, declared: placedAccountCalls };
  try {
    const { known, unread } = await readPlacedAccounts(place, NONE_LEFT_OUT);
    const paths = new Map(known.map(({ accountId, path }) => [accountId, path]));
    return (accountId) => paths.get(accountId) ?? (unread ? withoutEntries(unread) : NO_UNITS);
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    const reason = withoutEntries(error.reason);
    return () => reason;
  }
}

/** Of an account that is in none of the organization's units. */
const NO_UNITS: readonly string[] = [];

function withoutEntries(reason: UnreadReason): UnreadReason {
  return { ...reason, message: `${reason.message}; so what posture.yaml says of organizational units is not applied` };
}
