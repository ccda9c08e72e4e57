import type { Password } from '../account/description.ts';
import type { AccountState } from '../state.ts';

/** The members of GetAccountSummary that are about root. */
export function accountMembers({ description: { root } }: AccountState): Readonly<Record<string, number>> {
  return {
    AccountMFAEnabled: Number(root.mfa !== undefined && root.mfa !== 'none'),
    AccountAccessKeysPresent: Number((root.keys ?? []).length > 0),
    AccountSigningCertificatesPresent: Number((root.certificates ?? 0) > 0),
    AccountPasswordPresent: Number(root.password !== false),
  };
}

/** When a password was last used and changed, as far as it is described. */
export function passwordOf(password: boolean | string | Password | undefined): Password {
  return typeof password === 'object' ? password : {};
}
