import { expect, test } from 'vitest';
import { buckets } from '../../../inventory/s3/bucket.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, pages, refused } from '../fake-session.ts';
import { aclOf, bucketAnswers, group, OPEN_STATEMENT } from './bucket-answers.ts';

const closed = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
const open = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };

const contract: ReaderContract = {
  reader: buckets,
  answers: bucketAnswers,
  ids: ['web', 'logs'],
  notAsked: { list: ['s3:GetBucketLocation'] },
  facets: {
    accountPublicAccessBlock: { ...open, blockPublicAcls: true },
    publicAccessBlock: closed,
    ownership: 'BucketOwnerPreferred',
    acl: [
      { grantee: 'owner', permission: 'FULL_CONTROL' },
      { grantee: 'all-users', permission: 'READ' },
    ],
    policy: { statements: [OPEN_STATEMENT] },
    policyIsPublic: true,
    versioning: { status: 'enabled', mfaDelete: true },
    accessLogBucket: 'access-logs',
  },
  absences: {
    'account block': {
      answers: { 's3control:GetPublicAccessBlock': () => throwing('NoSuchPublicAccessBlockConfiguration') },
      facet: 'accountPublicAccessBlock',
      value: open,
    },
    'bucket block': {
      answers: { 's3:GetPublicAccessBlock': () => throwing('NoSuchPublicAccessBlockConfiguration') },
      facet: 'publicAccessBlock',
      value: open,
    },
    'ownership controls': {
      answers: { 's3:GetBucketOwnershipControls': () => throwing('OwnershipControlsNotFoundError') },
      facet: 'ownership',
      value: 'ObjectWriter',
    },
    policy: { answers: { 's3:GetBucketPolicy': () => throwing('NoSuchBucketPolicy') }, facet: 'policy', value: undefined },
    'policy, for its status,': {
      answers: { 's3:GetBucketPolicyStatus': () => throwing('NoSuchBucketPolicy') },
      facet: 'policyIsPublic',
      value: false,
    },
    versions: { answers: { 's3:GetBucketVersioning': {} }, facet: 'versioning', value: { status: 'never', mfaDelete: false } },
    'MFA delete': {
      answers: { 's3:GetBucketVersioning': { Status: 'Suspended' } },
      facet: 'versioning',
      value: { status: 'suspended', mfaDelete: false },
    },
    'access logging': { answers: { 's3:GetBucketLogging': {} }, facet: 'accessLogBucket', value: undefined },
  },
};

describeReader(contract);
const subject = (answers: Answers) => subjectOf(contract, { ...bucketAnswers, ...answers });

test('a bucket is asked for in its own region, the account in the global one', async () => {
  const { resource, sent } = await subjectOf(contract);
  expect(resource.identity).toMatchObject({ arn: 'arn:aws:s3:::web', region: 'eu-west-3', accountId: ACCOUNT });
  for (const facet of Object.keys(contract.facets)) await resource.facet(facet);
  const regions = Object.fromEntries(sent.map(({ operation, region }) => [operation, region]));
  expect(regions).toMatchObject({
    's3:ListBuckets': 'us-east-1',
    's3control:GetPublicAccessBlock': 'us-east-1',
    's3:GetBucketAcl': 'eu-west-3',
  });
  expect(sent.find(({ operation }) => operation === 's3control:GetPublicAccessBlock')?.input).toEqual({ AccountId: ACCOUNT });
});

test.each([
  [{ LocationConstraint: 'eu-north-1' }, 'eu-north-1'],
  [{ LocationConstraint: 'EU' }, 'eu-west-1'],
  [{}, 'us-east-1'],
])('where the listing names no region, the location %j does', async (location, region) => {
  const { resource } = await subject({ 's3:ListBuckets': { Buckets: [{ Name: 'web' }] }, 's3:GetBucketLocation': location });
  expect(resource.identity.region).toBe(region);
});

test('a bucket that cannot be located is judged all the same', async () => {
  const answers = { 's3:ListBuckets': { Buckets: [{ Name: 'web' }] }, 's3:GetBucketLocation': () => throwing('AccessDenied') };
  const { resource, session } = await subject(answers);
  expect(await facetOf(resource, 'policyIsPublic')).toBe(true);
  expect(session.coverage.gaps).toMatchObject([{ operation: 's3:GetBucketLocation', cause: 'denied' }]);
});

test.each(
  Object.keys(contract.facets).filter((facet) => facet !== 'accountPublicAccessBlock'),
)('%s of a bucket that was deleted meanwhile says so', async (facet) => {
  const calls = buckets.facetCalls[facet] ?? [];
  const gone: Answers = Object.fromEntries(
    calls.map(({ service, operation }) => [`${service}:${operation}`, () => throwing('NoSuchBucket')]),
  );
  const { resource } = await subject(gone);
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({
    cause: 'no-data',
    permissions: [],
    message: expect.stringContaining('deleted during the scan'),
  });
});

test.each([
  ['accountPublicAccessBlock', 's3control:GetPublicAccessBlock', {}],
  ['publicAccessBlock', 's3:GetPublicAccessBlock', {}],
  ['publicAccessBlock', 's3:GetPublicAccessBlock', { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }],
  ['ownership', 's3:GetBucketOwnershipControls', { OwnershipControls: { Rules: [] } }],
  ['ownership', 's3:GetBucketOwnershipControls', { OwnershipControls: { Rules: [{ ObjectOwnership: 'Anybody' }] } }],
  ['acl', 's3:GetBucketAcl', {}],
  ['acl', 's3:GetBucketAcl', aclOf(group('http://acs.amazonaws.com/groups/global/Martians'))],
  ['acl', 's3:GetBucketAcl', aclOf({ Grantee: { Type: 'Group' }, Permission: 'READ' })],
  ['acl', 's3:GetBucketAcl', aclOf({ Permission: 'READ' })],
  ['acl', 's3:GetBucketAcl', aclOf({ Grantee: { Type: 'CanonicalUser' }, Permission: 'READ' })],
  ['acl', 's3:GetBucketAcl', { Grants: [] }],
  ['versioning', 's3:GetBucketVersioning', { Status: 'Paused' }],
  ['versioning', 's3:GetBucketVersioning', { Status: 'Enabled', MFADelete: 'Perhaps' }],
  ['accessLogBucket', 's3:GetBucketLogging', { LoggingEnabled: {} }],
  ['policy', 's3:GetBucketPolicy', {}],
  ['policy', 's3:GetBucketPolicy', { Policy: '{"Statement":[{"Effect":"Allow"}]}' }],
  ['policyIsPublic', 's3:GetBucketPolicyStatus', {}],
  ['policyIsPublic', 's3:GetBucketPolicyStatus', { PolicyStatus: {} }],
])('%s is unread when %s answers %j', async (facet, operation, answer) => {
  const { resource } = await subject({ [operation]: answer });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed', operation });
});

test('an unknown grantee leaves the known grants standing', async () => {
  const acl = aclOf(
    group('http://acs.amazonaws.com/groups/global/Martians'),
    group('http://acs.amazonaws.com/groups/global/AuthenticatedUsers'),
  );
  const { resource } = await subject({ 's3:GetBucketAcl': acl });
  expect(await resource.facet('acl')).toMatchObject({ value: { known: [{ grantee: 'authenticated-users', permission: 'READ' }] } });
});

test.each([
  ['the owner', { Type: 'CanonicalUser', ID: 'owner' }, { grantee: 'owner' }],
  ['another account', { Type: 'CanonicalUser', ID: 'stranger' }, { grantee: 'account', account: 'stranger' }],
  [
    'an account by its address',
    { Type: 'AmazonCustomerByEmail', EmailAddress: 'ana@example.com' },
    { grantee: 'account', account: 'ana@example.com' },
  ],
  ['S3 when it writes access logs', { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' }, { grantee: 'log-delivery' }],
  [
    'CloudFront when it writes logs',
    { Type: 'CanonicalUser', ID: 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0' },
    { grantee: 'aws' },
  ],
])('an ACL tells %s from others', async (_who, Grantee, expected) => {
  const { resource } = await subject({ 's3:GetBucketAcl': aclOf({ Grantee, Permission: 'WRITE' }) });
  expect(await facetOf(resource, 'acl')).toEqual([{ ...expected, permission: 'WRITE' }]);
});

test('a listing without buckets in it is no empty account', async () => {
  expect(await refusalOf(() => subject({ 's3:ListBuckets': pages({}) }))).toMatchObject({
    cause: 'malformed',
    operation: 's3:ListBuckets',
  });
});

function throwing(name: string): never {
  throw refused(name, 404);
}

test('single buckets are asked for by their names, and others that begin alike are passed over', async () => {
  const { session, sent } = fakeSession({
    's3:ListBuckets': ({ Prefix }) => ({
      Buckets: [
        { Name: Prefix, BucketRegion: 'eu-west-1' },
        { Name: `${Prefix}-2`, BucketRegion: 'eu-west-1' },
      ],
    }),
  });
  const { known } = await buckets.only(session, scopeOf(buckets), ['logs', 'arn:aws:s3:::photos']);
  expect(known.map(({ identity }) => [identity.id, identity.region])).toEqual([
    ['logs', 'eu-west-1'],
    ['photos', 'eu-west-1'],
  ]);
  expect(sent.map(({ input }) => [input.Prefix, input.MaxBuckets])).toEqual([
    ['logs', 1_000],
    ['photos', 1_000],
  ]);
});

test("a bucket that the account does not own is not there, whoever's it is", async () => {
  const { session } = fakeSession({ 's3:ListBuckets': { Buckets: [] } });
  expect(await buckets.only(session, scopeOf(buckets), ['theirs'])).toMatchObject({ known: [], unread: undefined });
});
