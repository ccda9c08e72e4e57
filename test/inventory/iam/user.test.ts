import { expect, test } from 'vitest';
import { users } from '../../../inventory/iam/user.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { type Answers, pages } from '../fake-session.ts';
import {
  alice,
  allowing,
  arn,
  bob,
  developers,
  iamAnswers,
  managed,
  policiesOfAlice,
  principals,
  REPORTED_AT,
  readOnlyAccess,
} from './account-of-two-pages.ts';

const contract: ReaderContract = {
  reader: users,
  answers: iamAnswers,
  ids: ['alice', 'bob'],
  idsOfFirstPage: ['alice', 'bob'],
  facets: {
    credentials: {
      reportGeneratedAt: REPORTED_AT,
      createdAt: '2026-01-02T03:04:05.000Z',
      passwordEnabled: true,
      passwordLastUsedAt: undefined,
      passwordChangedAt: '2026-01-02T03:04:05.000Z',
      mfaActive: false,
      accessKeys: [
        { slot: 1, active: true, rotatedAt: '2026-01-03T00:00:00.000Z', lastUsedAt: '2026-06-01T00:00:00.000Z' },
        { slot: 2, active: false, rotatedAt: '2025-01-01T00:00:00.000Z', lastUsedAt: undefined },
      ],
    },
    mfaDevices: [{ kind: 'virtual' }, { kind: 'fido' }, { kind: 'hardware' }, { kind: 'sms' }],
    virtualMfaDevices: [arn('mfa/phone')],
    policies: policiesOfAlice,
    boundary: allowing('s3:Get*'),
    groups: ['developers'],
    principals,
  },
};

describeReader(contract);

test('a virtual device without an owner may be that of anybody', async () => {
  const { resource } = await subject({ 'iam:ListVirtualMFADevices': { VirtualMFADevices: [{ SerialNumber: 's' }] } });
  expect(await refusalOf(() => facetOf(resource, 'virtualMfaDevices'))).toMatchObject({ cause: 'malformed' });
});
const subject = (answers: Answers) => subjectOf(contract, { ...iamAnswers, ...answers });
const details = (parts: object) => ({
  'iam:GetAccountAuthorizationDetails': pages({
    UserDetailList: [alice, bob],
    GroupDetailList: [developers],
    Policies: [managed('deploy', 'ec2:*'), managed('limit', 's3:Get*'), readOnlyAccess],
    ...parts,
  }),
});

test('one listing serves all users, and its whole input is sent', async () => {
  const { sent } = await subject({});
  expect(sent).toHaveLength(2);
  expect(sent[0]?.input).toMatchObject({ MaxItems: 1_000, Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy', 'AWSManagedPolicy'] });
});

test('a listing that breaks off before the groups leaves the inherited policies and the boundary open', async () => {
  const clean = iamAnswers['iam:GetAccountAuthorizationDetails'];
  const { resource } = await subject({
    'iam:GetAccountAuthorizationDetails': (input, region) => {
      if (input.Marker !== undefined || typeof clean !== 'function') throw Object.assign(new Error('no'), { name: 'AccessDenied' });
      return clean(input, region);
    },
  });
  expect(await resource.facet('policies')).toMatchObject({
    read: true,
    value: { known: [{ name: 'inline' }], unread: { cause: 'denied' } },
  });
  expect(await resource.facet('boundary')).toMatchObject({ read: false, reason: { cause: 'denied' } });
});

test.each([
  [
    'a malformed inline document',
    { UserDetailList: [{ ...alice, UserPolicyList: [{ PolicyName: 'odd', PolicyDocument: '{"Statement":"x"}' }] }] },
  ],
  ['a policy that is not described', { Policies: [readOnlyAccess, managed('limit', 's3:Get*')] }],
  ['a group that is not described', { GroupDetailList: [] }],
  ['a policy without its default version', { Policies: [{ ...managed('deploy', 'ec2:*'), DefaultVersionId: 'v9' }, readOnlyAccess] }],
])('%s makes the list of policies partial', async (_what, parts) => {
  const { resource } = await subject(details(parts));
  expect(await refusalOf(() => facetOf(resource, 'policies'))).toMatchObject({
    cause: 'malformed',
    operation: 'iam:GetAccountAuthorizationDetails',
  });
});

test('an answer that breaks off is no empty account', async () => {
  const reason = await refusalOf(() => subject({ 'iam:GetAccountAuthorizationDetails': {} }));
  expect(reason).toMatchObject({ cause: 'malformed', operation: 'iam:GetAccountAuthorizationDetails' });
});

test('a user that the credential report does not know yet is unread', async () => {
  const { resource } = await subjectOf({ ...contract, subject: 'bob' });
  expect(await refusalOf(() => facetOf(resource, 'credentials'))).toMatchObject({ cause: 'no-data', permissions: [] });
});

test('a row made before the user was is of a predecessor of the same name', async () => {
  const { resource } = await subject(details({ UserDetailList: [{ ...alice, CreateDate: new Date(Date.parse(REPORTED_AT) + 1_000) }] }));
  expect(await refusalOf(() => facetOf(resource, 'credentials'))).toMatchObject({ cause: 'no-data', permissions: [] });
});

test('a user without policies has an empty list, and no boundary', async () => {
  const { resource } = await subjectOf({ ...contract, subject: 'bob' });
  expect(await facetOf(resource, 'policies')).toEqual([]);
  expect(await facetOf(resource, 'boundary')).toBeUndefined();
});

test('a device of an unknown kind leaves the list open', async () => {
  const { resource } = await subject({
    'iam:ListMFADevices': pages({ MFADevices: [{ SerialNumber: arn('token/x') }, { SerialNumber: arn('mfa/x') }] }),
  });
  expect(await resource.facet('mfaDevices')).toMatchObject({ value: { known: [{ kind: 'virtual' }], unread: { cause: 'malformed' } } });
});
