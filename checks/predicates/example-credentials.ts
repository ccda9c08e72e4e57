import type { AccountSummary, RootCredentials } from '../../inventory/account/account.ts';
import type { UserCredentials } from '../../inventory/iam/user.ts';

/** For examples: somebody who signs in to the console with MFA, and has no access key. */
export const EXAMPLE_PERSON: UserCredentials = {
  reportGeneratedAt: '2026-10-31T21:00:00Z',
  createdAt: '2024-02-01T00:00:00Z',
  passwordEnabled: true,
  passwordLastUsedAt: '2026-10-30T08:00:00Z',
  passwordChangedAt: '2026-01-01T00:00:00Z',
  mfaActive: true,
  accessKeys: [],
};

/** For examples: a user for programs, which has no password and, so far, no access key. */
export const EXAMPLE_PROGRAM: UserCredentials = {
  ...EXAMPLE_PERSON,
  passwordEnabled: false,
  passwordLastUsedAt: undefined,
  passwordChangedAt: undefined,
  mfaActive: false,
};

/** For examples: root has a password and MFA, and nothing else. */
export const EXAMPLE_ROOT_SUMMARY: AccountSummary = {
  rootMfaEnabled: true,
  rootAccessKeysPresent: false,
  rootSigningCertificatesPresent: false,
  rootPasswordPresent: true,
};

/** For examples: the same by the credential report; never used. */
export const EXAMPLE_ROOT_CREDENTIALS: RootCredentials = {
  reportGeneratedAt: '2026-10-31T21:00:00Z',
  passwordEnabled: true,
  passwordLastUsedAt: undefined,
  mfaActive: true,
  accessKeys: [],
  activeCertificates: 0,
};
