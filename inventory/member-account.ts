import type { Account } from '@aws-sdk/client-organizations';
import { required } from './broken-answer.ts';

/** An account as its organization knows it. */
export interface MemberAccount {
  readonly accountId: string;
  readonly name: string;
  readonly status: AccountStatus;
}

/** Only an active account can be entered. */
export type AccountStatus = 'active' | 'suspended' | 'pending closure' | 'closed' | 'pending activation';

/** @throws BrokenAnswer for an account without an id */
export function toMemberAccount({ Id, Name, State, Status }: Account): MemberAccount {
  return { accountId: required(Id, 'Id'), name: Name ?? '', status: toStatus(State ?? Status) };
}

/**
 * `State` has taken the place of `Status`, which is retired. A state that we do not know counts as active: at worst the account cannot be entered, and is named.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html
 */
function toStatus(state: string | undefined): AccountStatus {
  switch (state) {
    case 'SUSPENDED':
      return 'suspended';
    case 'PENDING_CLOSURE':
      return 'pending closure';
    case 'CLOSED':
      return 'closed';
    case 'PENDING_ACTIVATION':
      return 'pending activation';
    default:
      return 'active';
  }
}
