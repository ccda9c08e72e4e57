import type { ConsoleUsers } from '../../inventory/account/account.ts';
import { type Failure, notApplicable, type Verdict } from '../check.ts';
import { someOf } from './logic.ts';

/** A weak password policy is a failure where there is a password that it governs; where no user has one, the question does not arise. */
export function unlessNoPasswords(failure: Failure, account: { readonly consoleUsers: ConsoleUsers }): Verdict {
  return someOf(account.consoleUsers.names, () => true) ? failure : notApplicable('no user has a console password');
}
