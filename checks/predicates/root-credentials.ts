import type { AccountSummary, RootCredentials } from '../../inventory/account/account.ts';

/**
 * True if root has no password, key or certificate: nothing to sign in with, so nothing for MFA to protect. Member accounts are so once
 * their organization has removed root's credentials ("Centrally manage root access" in the IAM User Guide). The live summary counts
 * before the report, which may be four hours old; where neither says that there is no password, there may be one.
 */
export function rootHasNoCredentials(account: { readonly summary: AccountSummary; readonly rootCredentials: RootCredentials }): boolean {
  const { rootAccessKeysPresent, rootSigningCertificatesPresent, rootPasswordPresent } = account.summary;
  if (rootAccessKeysPresent || rootSigningCertificatesPresent) return false;
  return (rootPasswordPresent ?? account.rootCredentials.passwordEnabled) === false;
}
