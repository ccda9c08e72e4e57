import { isNamed, messageOf } from './aws-errors.ts';
import { required } from './broken-answer.ts';
import type { Operation } from './call.ts';
import { openSockets } from './connections.ts';
import { type MemberAccount, toMemberAccount } from './member-account.ts';

/** Asked by who plans an audit of an organization; it can be allowed on all resources only. */
export const LIST_ACCOUNTS: Operation = {
  service: 'organizations',
  operation: 'ListAccounts',
  permissions: ['organizations:ListAccounts'],
};

/** The accounts cannot be listed from here, whoever asks: in no organization, or neither its management account nor a delegated administrator. */
export class OrganizationUnlisted extends Error {
  override readonly name = 'OrganizationUnlisted';
}

/** The most that Organizations gives at once (ListAccounts, API reference). */
const PAGE = 20;
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * The accounts of the caller's organization, page by page. `region` says in which partition to ask.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 * @throws OrganizationUnlisted when this account may not list them; BrokenAnswer and what the SDK throws when it did not work
 */
export async function* listAccounts(region: string): AsyncGenerator<MemberAccount> {
  const sdk = await import('./sdk/organizations.ts');
  const { requestHandler } = openSockets(REQUEST_TIMEOUT_MS);
  const client = new sdk.OrganizationsClient({ region, requestHandler, maxAttempts: 8, retryMode: 'adaptive' });
  try {
    for await (const page of sdk.paginateListAccounts({ client, pageSize: PAGE }, {})) {
      yield* required(page.Accounts, 'Accounts').map(toMemberAccount);
    }
  } catch (error) {
    if (!(error instanceof Error && isNamed(error, 'AccessDeniedException', 'AWSOrganizationsNotInUseException'))) throw error;
    throw new OrganizationUnlisted(`organizations:ListAccounts: ${messageOf(error)}`, { cause: error });
  } finally {
    client.destroy();
  }
}
