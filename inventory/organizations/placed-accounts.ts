import type { Account, OrganizationalUnit, Root } from '@aws-sdk/client-organizations';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { toListing } from '../ec2/listing.ts';
import type { Listed } from '../facet.ts';
import { toMemberAccount } from '../member-account.ts';
import { joined, toListed } from '../partial.ts';
import { listAccountsOf, listRoots, listUnits } from './calls.ts';

/** A member account and where in the organization it stands. */
export interface PlacedAccount {
  readonly accountId: string;
  /** Ids of what it stands in, from the root down to its own unit. */
  readonly path: readonly string[];
}

export const rootAccountCalls = [listRoots, listAccountsOf];
export const placedAccountCalls = [listRoots, listAccountsOf, listUnits];

/** Active member accounts directly in the root. The management account is none: it belongs there. */
export async function readRootAccounts(place: Place, managementAccountId: string): Promise<Listed<PlacedAccount>> {
  const roots = await readRoots(place);
  const accounts = await Promise.all(roots.known.map((root) => accountsAt(place, [root], managementAccountId)));
  return joined(accounts, roots.unread);
}

/** All active member accounts. */
export async function readPlacedAccounts(place: Place, managementAccountId: string): Promise<Listed<PlacedAccount>> {
  const roots = await readRoots(place);
  const accounts = await Promise.all(roots.known.map((root) => accountsBelow(place, [root], managementAccountId)));
  return joined(accounts, roots.unread);
}

async function readRoots(place: Place): Promise<Listed<string>> {
  return toListed(await listRoots(place), toId);
}

async function accountsBelow(place: Place, path: readonly string[], managementAccountId: string): Promise<Listed<PlacedAccount>> {
  const [own, units] = await Promise.all([accountsAt(place, path, managementAccountId), unitsAt(place, path)]);
  const below = await Promise.all(units.known.map((unit) => accountsBelow(place, [...path, unit], managementAccountId)));
  return joined([own, ...below], units.unread);
}

async function accountsAt(place: Place, path: readonly string[], managementAccountId: string): Promise<Listed<PlacedAccount>> {
  // One unit that is refused must not hide the others.
  const accounts = await toListing(listAccountsOf(place, { parentId: path.at(-1) ?? '' }));
  return toListed(accounts, toMember).flatMap(({ accountId, status }) =>
    status === 'active' && accountId !== managementAccountId ? [{ accountId, path }] : [],
  );
}

async function unitsAt(place: Place, path: readonly string[]): Promise<Listed<string>> {
  return toListed(await toListing(listUnits(place, { parentId: path.at(-1) ?? '' })), toId);
}

function toMember(account: Account) {
  if (account.Id === undefined) throw malformed('organizations:ListAccountsForParent', 'an account has no id');
  return toMemberAccount(account);
}

function toId({ Id }: Root | OrganizationalUnit): string {
  if (Id === undefined) throw malformed('organizations:ListRoots', 'a root or a unit has no id');
  return Id;
}
