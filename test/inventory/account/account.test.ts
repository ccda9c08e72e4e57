import { describe, expect, test } from 'vitest';
import { accounts } from '../../../inventory/account/account.ts';
import { allEvents, MAIN, mainProperties, mainStatus, noObjectEvents, ORGANIZATION, trailAnswers } from '../cloudtrail/trail-answers.ts';
import { monitoringAnswers, readFilter } from '../cloudwatch/monitoring-answers.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, pages, refused } from '../fake-session.ts';
import { alice, bob, developers, iamAnswers, REPORT, REPORTED_AT, robot } from '../iam/account-of-two-pages.ts';

const root = `arn:aws:iam::${ACCOUNT}:root`;
const virtual = { SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/phone`, User: { Arn: root } };
const open = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
const summary = { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, AccountSigningCertificatesPresent: 1 };

const EVERYWHERE = { check: 's3-bucket-tls-only', owner: 'a team', expires: '2026-12-31', ticket: 'T-1' };

const answers: Answers = {
  ...iamAnswers,
  ...trailAnswers,
  ...monitoringAnswers,
  'iam:GetAccountSummary': { SummaryMap: { ...summary, AccountPasswordPresent: 1 } },
  'iam:GetAccountPasswordPolicy': { PasswordPolicy: { MinimumPasswordLength: 14, PasswordReusePrevention: 24 } },
  'iam:ListVirtualMFADevices': pages(
    { VirtualMFADevices: [virtual] },
    { VirtualMFADevices: [{ SerialNumber: 's', User: { Arn: 'arn:u' } }] },
  ),
  'account:GetContactInformation': { ContactInformation: { FullName: 'Somebody' } },
  'account:GetAlternateContact': { AlternateContact: { Name: 'Somebody', AlternateContactType: 'SECURITY' } },
  'cloudtrail:LookupEvents': { Events: [] },
  'config:DescribeConfigurationRecorders': (_input, region) => ({
    ConfigurationRecorders: region === 'us-east-1' ? [] : [{ name: 'default', recordingGroup: { allSupported: true } }],
  }),
  'config:DescribeConfigurationRecorderStatus': { ConfigurationRecordersStatus: [{ name: 'default', recording: false }] },
  'organizations:DescribeOrganization': {
    Organization: { Id: 'o-exampleorgid', Arn: 'arn', FeatureSet: 'CONSOLIDATED_BILLING', MasterAccountId: '999999999999' },
  },
  'iam:ListSAMLProviders': { SAMLProviderList: [{ Arn: 'arn' }] },
};

const contract: ReaderContract = {
  reader: accounts,
  answers,
  unpaged: true,
  notAsked: { eventDataStores: ['cloudtrail:GetEventDataStore'] },
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
    organization: { id: 'o-exampleorgid', managementAccountId: '999999999999', allFeatures: false },
    consoleUsers: { reportGeneratedAt: REPORTED_AT, names: ['alice'] },
    samlFederation: true,
    supportPrincipals: [],
    publicAccessBlock: { ...open, blockPublicAcls: true },
    configRecorders: [
      {
        ...{ region: 'eu-central-1', name: 'default', recording: false, lastStatus: undefined },
        records: { strategy: 'all', globalTypes: false },
      },
    ],
    trails: [
      { trail: mainProperties, status: mainStatus, managementEvents: allEvents, objectEvents: noObjectEvents },
      expect.objectContaining({ trail: expect.objectContaining({ arn: ORGANIZATION, name: 'organization' }) }),
    ],
    eventDataStores: [],
    monitoring: [MAIN, ORGANIZATION].map((arn) => ({
      trail: expect.objectContaining({ trail: expect.objectContaining({ arn }) }),
      filters: [expect.objectContaining(readFilter)],
    })),
    eventDelivery: { regions: ['eu-central-1', 'us-east-1'].map((region) => ({ region, delivery: { deployed: false } })), switchedOff: [] },
    exceptions: [EVERYWHERE],
  },
  session: { exceptions: [EVERYWHERE, { ...EVERYWHERE, accounts: ['999999999999'] }] },
  absences: {
    'password policy': {
      answers: { 'iam:GetAccountPasswordPolicy': () => throwing('NoSuchEntityException') },
      facet: 'passwordPolicy',
      value: undefined,
    },
    organization: {
      answers: { 'organizations:DescribeOrganization': () => throwing('AWSOrganizationsNotInUseException') },
      facet: 'organization',
      value: undefined,
    },
    'SAML provider': { answers: { 'iam:ListSAMLProviders': { SAMLProviderList: [] } }, facet: 'samlFederation', value: false },
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
  ['organization', 'organizations:DescribeOrganization', {}],
  ['organization', 'organizations:DescribeOrganization', { Organization: { Id: 'o-exampleorgid' } }],
  ['samlFederation', 'iam:ListSAMLProviders', {}],
  ['consoleUsers', 'iam:GetCredentialReport', {}],
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

describe('principals with AWSSupportAccess', () => {
  const SUPPORT = { AttachedManagedPolicies: [{ PolicyName: 'AWSSupportAccess', PolicyArn: 'arn:aws:iam::aws:policy/AWSSupportAccess' }] };
  const support = (page: object) =>
    subject({ 'iam:GetAccountAuthorizationDetails': pages({ UserDetailList: [], IsTruncated: true }, page) });

  test('are the users, roles and groups that it is attached to', async () => {
    const { resource } = await support({
      UserDetailList: [{ ...alice, ...SUPPORT }, bob],
      GroupDetailList: [{ ...developers, ...SUPPORT }],
      RoleDetailList: [{ ...robot, ...SUPPORT }],
    });
    expect(await facetOf(resource, 'supportPrincipals')).toEqual([alice.Arn, robot.Arn, developers.Arn]);
  });

  test('are no groups without members, and nobody with a policy of the account that is called so', async () => {
    const own = {
      AttachedManagedPolicies: [{ PolicyName: 'AWSSupportAccess', PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/AWSSupportAccess` }],
    };
    const { resource } = await support({ UserDetailList: [{ ...bob, ...own }], GroupDetailList: [{ ...developers, ...SUPPORT }] });
    expect(await facetOf(resource, 'supportPrincipals')).toEqual([]);
  });
});

test('a row of the report that makes no sense leaves the other console users', async () => {
  const key = 'false,N/A,N/A,N/A,N/A';
  const csv = `${REPORT}\nbob,arn,2026-01-02T03:04:05+00:00,perhaps,N/A,N/A,N/A,false,${key},${key},false,N/A,false,N/A`;
  const { resource } = await subject({
    'iam:GetCredentialReport': { Content: new TextEncoder().encode(csv), GeneratedTime: new Date(REPORTED_AT) },
  });
  expect(await resource.facet('consoleUsers')).toMatchObject({
    asOf: REPORTED_AT,
    value: { names: { known: ['alice'], unread: { cause: 'malformed', operation: 'iam:GetCredentialReport' } } },
  });
});

function throwing(name: string): never {
  throw refused(name);
}

test('the exceptions of a team that nobody has told are not known', async () => {
  const { resource } = await subjectOf({ ...contract, session: {} });
  expect(await refusalOf(() => facetOf(resource, 'exceptions'))).toMatchObject({ cause: 'no-data', operation: 'posture.yaml' });
});
