import { expect, test } from 'vitest';
import { accounts } from '../../../inventory/account/account.ts';
import { allEvents, mainProperties, mainStatus, ORGANIZATION, trailAnswers } from '../cloudtrail/trail-answers.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, pages, refused } from '../fake-session.ts';
import { iamAnswers, REPORTED_AT } from '../iam/account-of-two-pages.ts';

const root = `arn:aws:iam::${ACCOUNT}:root`;
const virtual = { SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/phone`, User: { Arn: root } };
const open = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
const summary = { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, AccountSigningCertificatesPresent: 1 };

const answers: Answers = {
  ...iamAnswers,
  ...trailAnswers,
  'iam:GetAccountSummary': { SummaryMap: { ...summary, AccountPasswordPresent: 1 } },
  'iam:GetAccountPasswordPolicy': { PasswordPolicy: { MinimumPasswordLength: 14, PasswordReusePrevention: 24 } },
  'iam:ListVirtualMFADevices': pages(
    { VirtualMFADevices: [virtual] },
    { VirtualMFADevices: [{ SerialNumber: 's', User: { Arn: 'arn:u' } }] },
  ),
  'account:GetContactInformation': { ContactInformation: { FullName: 'Somebody' } },
  'account:GetAlternateContact': { AlternateContact: { Name: 'Somebody', AlternateContactType: 'SECURITY' } },
  'cloudtrail:LookupEvents': { Events: [] },
};

const contract: ReaderContract = {
  reader: accounts,
  answers,
  unpaged: true,
  ids: [ACCOUNT],
  facets: {
    summary: { rootMfaEnabled: true, rootAccessKeysPresent: false, rootSigningCertificatesPresent: true, rootPasswordPresent: true },
    rootCredentials: expect.objectContaining({
      reportGeneratedAt: REPORTED_AT,
      mfaActive: true,
      passwordLastUsedAt: '2026-02-03T04:05:06.000Z',
    }),
    virtualMfaDevices: [
      { serialNumber: virtual.SerialNumber, userArn: root },
      { serialNumber: 's', userArn: 'arn:u' },
    ],
    rootEvents: [],
    passwordPolicy: { minimumLength: 14, reusePrevention: 24 },
    contacts: { primary: true, security: true },
    publicAccessBlock: { ...open, blockPublicAcls: true },
    trails: [
      { trail: mainProperties, status: mainStatus, managementEvents: allEvents },
      expect.objectContaining({ trail: expect.objectContaining({ arn: ORGANIZATION, name: 'organization' }) }),
    ],
  },
  absences: {
    'password policy': {
      answers: { 'iam:GetAccountPasswordPolicy': () => throwing('NoSuchEntityException') },
      facet: 'passwordPolicy',
      value: undefined,
    },
    'security contact': {
      answers: { 'account:GetAlternateContact': () => throwing('ResourceNotFoundException') },
      facet: 'contacts',
      value: { primary: true, security: false },
    },
    'primary contact': {
      answers: { 'account:GetContactInformation': () => throwing('ResourceNotFoundException') },
      facet: 'contacts',
      value: { primary: false, security: true },
    },
    'block of public access': {
      answers: { 's3control:GetPublicAccessBlock': () => throwing('NoSuchPublicAccessBlockConfiguration') },
      facet: 'publicAccessBlock',
      value: open,
    },
    'password in the summary': {
      answers: { 'iam:GetAccountSummary': { SummaryMap: summary } },
      facet: 'summary',
      value: { rootMfaEnabled: true, rootAccessKeysPresent: false, rootSigningCertificatesPresent: true, rootPasswordPresent: undefined },
    },
  },
};

describeReader(contract);
const subject = (changed: Answers) => subjectOf(contract, { ...answers, ...changed });

test('an account is known by its root user', async () => {
  const { resource } = await subjectOf(contract);
  expect(resource.identity).toMatchObject({ arn: root, region: 'global', accountId: ACCOUNT });
});

test.each([
  ['summary', 'iam:GetAccountSummary', {}],
  ['summary', 'iam:GetAccountSummary', { SummaryMap: { AccountMFAEnabled: 1 } }],
  ['passwordPolicy', 'iam:GetAccountPasswordPolicy', {}],
  ['passwordPolicy', 'iam:GetAccountPasswordPolicy', { PasswordPolicy: {} }],
  ['virtualMfaDevices', 'iam:ListVirtualMFADevices', {}],
  ['virtualMfaDevices', 'iam:ListVirtualMFADevices', { VirtualMFADevices: [{ SerialNumber: 's' }] }],
  ['contacts', 'account:GetAlternateContact', {}],
  ['rootEvents', 'cloudtrail:LookupEvents', {}],
])('%s is unread when %s answers %j', async (facet, operation, answer) => {
  const { resource } = await subject({ [operation]: answer });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed', operation });
});

test('one contact that is denied leaves the other', async () => {
  const { resource } = await subject({ 'account:GetContactInformation': () => throwing('AccessDeniedException') });
  expect(await resource.facet('contacts')).toMatchObject({ read: true, value: { security: true } });
});

test("an organisation's trail whose selectors are denied to a member keeps its other parts", async () => {
  const { resource } = await subject({
    'cloudtrail:GetEventSelectors': (input) => (input.TrailName === ORGANIZATION ? throwing('AccessDenied') : { EventSelectors: [{}] }),
  });
  const facet = await resource.facet('trails');
  const states = facet.read && facet.value instanceof Object && Symbol.iterator in facet.value ? facet.value : [];
  expect(states).toMatchObject({
    known: [{ managementEvents: allEvents }, { trail: { arn: ORGANIZATION }, status: { logging: true } }],
    unread: undefined,
  });
  expect(await refusalOf(() => facetOf(resource, 'trails'))).toMatchObject({ operation: 'cloudtrail:GetEventSelectors', cause: 'denied' });
});

function throwing(name: string): never {
  throw refused(name);
}
