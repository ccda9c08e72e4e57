import { describe, expect, test } from 'vitest';
import type { RootCredentials } from '../../../inventory/account/account.ts';
import { toLiveRootCredentials } from '../../../inventory/iam/live-credentials.ts';
import { type UserCredentials, users } from '../../../inventory/iam/user.ts';
import { refusalOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, pages, refused } from '../fake-session.ts';
import { arn, iamAnswers } from './account-of-two-pages.ts';

/** Keys as the report numbers them: the first is of 2026-01-03, the second of 2025-01-01. */
const FIRST = { AccessKeyId: 'AKIAFIRST', Status: 'Active', CreateDate: new Date('2026-01-03T00:00:00Z') };
const SECOND = { AccessKeyId: 'AKIASECOND', Status: 'Inactive', CreateDate: new Date('2025-01-01T00:00:00Z') };

const live: Answers = {
  ...iamAnswers,
  'iam:GetUser': { User: { UserName: 'alice', CreateDate: new Date(), PasswordLastUsed: new Date('2026-11-20T08:00:00Z') } },
  'iam:GetLoginProfile': { LoginProfile: { UserName: 'alice', CreateDate: new Date() } },
  'iam:ListAccessKeys': pages({ AccessKeyMetadata: [SECOND] }, { AccessKeyMetadata: [FIRST] }),
  'iam:GetAccessKeyLastUsed': ({ AccessKeyId }) => ({
    AccessKeyLastUsed: AccessKeyId === 'AKIAFIRST' ? { LastUsedDate: new Date('2026-11-21T00:00:00Z') } : {},
  }),
  'iam:ListMFADevices': { MFADevices: [{ SerialNumber: arn('mfa/phone') }] },
};

const absent = (name: string) => () => {
  throw refused(name, 404);
};
const denied = () => {
  throw refused('AccessDenied', 403);
};

/** Of alice, whose report says otherwise in every part. */
async function credentialsOf(answers: Answers = {}) {
  const { session, sent } = fakeSession({ ...live, ...answers });
  const { known } = await users.only(session, { accountId: ACCOUNT, region: 'global' }, ['alice']);
  const facet = await known[0]?.facet('credentials');
  if (!facet?.read) throw new Error('the credentials are unread altogether');
  const credentials: UserCredentials = Object(facet.value);
  return { credentials, facet, sent };
}

describe("a user's live credentials", () => {
  test('are of now, not of the time of a report', async () => {
    const { credentials, facet } = await credentialsOf();
    expect(facet).not.toHaveProperty('asOf');
    expect(Date.now() - Date.parse(credentials.reportGeneratedAt)).toBeLessThan(60_000);
  });

  test('tell password, MFA and the newest uses', async () => {
    const { createdAt, passwordEnabled, passwordLastUsedAt, mfaActive, accessKeys } = (await credentialsOf()).credentials;
    expect({ createdAt, passwordEnabled, passwordLastUsedAt, mfaActive, accessKeys }).toEqual({
      createdAt: '2026-01-02T03:04:05.000Z',
      passwordEnabled: true,
      passwordLastUsedAt: '2026-11-20T08:00:00.000Z',
      mfaActive: true,
      accessKeys: [
        { slot: 1, active: true, rotatedAt: '2026-01-03T00:00:00.000Z', lastUsedAt: '2026-11-21T00:00:00.000Z' },
        { slot: 2, active: false, rotatedAt: '2025-01-01T00:00:00.000Z', lastUsedAt: undefined },
      ],
    });
  });

  test('ask for no new report', async () => {
    const { sent } = await credentialsOf();
    expect(sent.map(({ operation }) => operation)).not.toContain('iam:GenerateCredentialReport');
  });

  test('do not say when the password was changed', async () => {
    const { credentials } = await credentialsOf();
    expect(await refusalOf(() => credentials.passwordChangedAt)).toMatchObject({ cause: 'no-data', permissions: [] });
  });

  test('have no password where there is no login profile, whenever it was used', async () => {
    const { credentials } = await credentialsOf({ 'iam:GetLoginProfile': absent('NoSuchEntityException') });
    expect(credentials).toMatchObject({ passwordEnabled: false, passwordLastUsedAt: undefined, passwordChangedAt: undefined });
  });

  test('have no MFA where text messages are all there is', async () => {
    const { credentials } = await credentialsOf({ 'iam:ListMFADevices': { MFADevices: [{ SerialNumber: arn('sms-mfa/phone') }] } });
    expect(credentials.mfaActive).toBe(false);
  });

  test('give a key that the report does not know the free number', async () => {
    const made = { ...FIRST, AccessKeyId: 'AKIATHIRD', CreateDate: new Date('2026-11-21T08:00:00Z') };
    const { credentials } = await credentialsOf({ 'iam:ListAccessKeys': { AccessKeyMetadata: [made, SECOND] } });
    expect(credentials.accessKeys.map(({ slot, rotatedAt }) => [slot, rotatedAt])).toEqual([
      [1, '2026-11-21T08:00:00.000Z'],
      [2, '2025-01-01T00:00:00.000Z'],
    ]);
  });

  test('number the keys by age where there is no report', async () => {
    const { credentials } = await credentialsOf({ 'iam:GetCredentialReport': absent('CredentialReportNotPresentException') });
    expect(credentials.accessKeys.map(({ slot, active }) => [slot, active])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  test.each([
    ['iam:GetLoginProfile', 'passwordEnabled'],
    ['iam:GetUser', 'passwordLastUsedAt'],
    ['iam:ListMFADevices', 'mfaActive'],
    ['iam:ListAccessKeys', 'accessKeys'],
    ['iam:GetAccessKeyLastUsed', 'accessKeys'],
  ] as const)('without %s have no %s, but all the rest', async (operation, part) => {
    const { credentials } = await credentialsOf({ [operation]: denied });
    expect(await refusalOf(() => credentials[part])).toMatchObject({ cause: 'denied', operation, permissions: [operation] });
    const others = (['mfaActive', 'accessKeys'] as const).filter((other) => other !== part);
    for (const other of others) expect(credentials[other]).toBeTruthy();
  });

  test.each([
    ['iam:GetUser', 'passwordLastUsedAt'],
    ['iam:GetLoginProfile', 'passwordEnabled'],
    ['iam:ListAccessKeys', 'accessKeys'],
    ['iam:GetAccessKeyLastUsed', 'accessKeys'],
  ] as const)('take an empty answer of %s for no answer', async (operation, part) => {
    const { credentials } = await credentialsOf({ [operation]: {} });
    expect(await refusalOf(() => credentials[part])).toMatchObject({ cause: 'malformed', operation });
  });
});

describe("root's live credentials", () => {
  const summary = {
    rootMfaEnabled: true,
    rootAccessKeysPresent: false,
    rootSigningCertificatesPresent: false,
    rootPasswordPresent: true,
  };

  test('are what the summary says', () => {
    const { passwordEnabled, mfaActive, accessKeys, activeCertificates } = toLiveRootCredentials(summary);
    expect({ passwordEnabled, mfaActive, accessKeys, activeCertificates }).toEqual({
      passwordEnabled: true,
      mfaActive: true,
      accessKeys: [],
      activeCertificates: 0,
    });
  });

  test.each<[keyof RootCredentials, Partial<Parameters<typeof toLiveRootCredentials>[0]>]>([
    ['passwordLastUsedAt', {}],
    ['passwordEnabled', { rootPasswordPresent: undefined }],
    ['accessKeys', { rootAccessKeysPresent: true }],
    ['activeCertificates', { rootSigningCertificatesPresent: true }],
  ])('do not tell %s where only the report could', async (part, said) => {
    const credentials = toLiveRootCredentials({ ...summary, ...said });
    expect(await refusalOf(() => credentials[part])).toMatchObject({ cause: 'no-data', permissions: [] });
  });
});
