import { expect, test } from 'vitest';
import { trails } from '../../../inventory/cloudtrail/trail.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { type Answers, pages, refused } from '../fake-session.ts';
import { OPEN_STATEMENT } from '../s3/bucket-answers.ts';
import { allEvents, MAIN, mainProperties, mainStatus, mainTrail, noObjectEvents, trailAnswers } from './trail-answers.ts';

const contract: ReaderContract = {
  reader: trails,
  answers: trailAnswers,
  /** The organization's trail belongs to another account. */
  ids: ['main'],
  notAsked: { bucket: ['s3:GetBucketLocation'], bucketLogging: ['s3:GetBucketLocation'], bucketMfaDelete: ['s3:GetBucketLocation'] },
  absences: {
    'access logging': { answers: { 's3:GetBucketLogging': {} }, facet: 'bucketLogging', value: undefined },
    versions: { answers: { 's3:GetBucketVersioning': {} }, facet: 'bucketMfaDelete', value: false },
  },
  facets: {
    trail: mainProperties,
    status: mainStatus,
    managementEvents: allEvents,
    objectEvents: noObjectEvents,
    bucketLogging: 'access-logs',
    bucketMfaDelete: true,
    bucket: {
      accountPublicAccessBlock: { blockPublicAcls: true, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false },
      publicAccessBlock: { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true },
      ownership: 'BucketOwnerPreferred',
      acl: [
        { grantee: 'owner', permission: 'FULL_CONTROL' },
        { grantee: 'all-users', permission: 'READ' },
      ],
      policy: { statements: [OPEN_STATEMENT] },
      policyIsPublic: true,
    },
  },
};

describeReader(contract);
const subject = (answers: Answers) => subjectOf(contract, { ...trailAnswers, ...answers });

test('a trail is asked for by its ARN in its home region', async () => {
  const { resource, sent } = await subjectOf(contract);
  expect(resource.identity).toMatchObject({ arn: MAIN, region: 'eu-west-1' });
  for (const facet of ['trail', 'status', 'managementEvents']) await resource.facet(facet);
  const asked = sent.filter(({ operation }) => operation !== 'cloudtrail:ListTrails');
  expect(asked).toEqual([
    { operation: 'cloudtrail:GetTrail', region: 'eu-west-1', input: { Name: MAIN } },
    { operation: 'cloudtrail:GetTrailStatus', region: 'eu-west-1', input: { Name: MAIN } },
    { operation: 'cloudtrail:GetEventSelectors', region: 'eu-west-1', input: { TrailName: MAIN } },
  ]);
});

test('a trail that is listed twice is one trail', async () => {
  const twice = { Trails: [{ TrailARN: MAIN, Name: 'main', HomeRegion: 'eu-west-1' }] };
  const { resource } = await subjectOf({ ...contract, answers: { ...trailAnswers, 'cloudtrail:ListTrails': pages(twice, twice) } });
  expect(resource.identity.id).toBe('main');
});

test('one part of the bucket that is denied leaves the others', async () => {
  const { resource } = await subject({ 's3:GetBucketAcl': () => throwing('AccessDenied') });
  const facet = await resource.facet('bucket');
  expect(facet).toMatchObject({ read: true, value: { policyIsPublic: true, ownership: 'BucketOwnerPreferred' } });
});

test.each([
  'bucket',
  'bucketLogging',
  'bucketMfaDelete',
])("a bucket that is not among the account's own is another account's: %s", async (facet) => {
  const { resource } = await subject({ 'cloudtrail:GetTrail': { Trail: { ...mainTrail, S3BucketName: 'archive' } } });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'other-account' });
});

test('a trail without a log group has none, and one without a key none', async () => {
  const { resource } = await subject({
    'cloudtrail:GetTrail': { Trail: { ...mainTrail, CloudWatchLogsLogGroupArn: undefined, KmsKeyId: '' } },
  });
  expect(await facetOf(resource, 'trail')).toEqual({ ...mainProperties, logGroupArn: undefined, kmsKeyId: undefined });
});

test('a bucket that is missing from a listing that broke off may be our own', async () => {
  const { resource } = await subject({
    's3:ListBuckets': (input) => {
      if (input.ContinuationToken !== undefined) throwing('AccessDenied');
      return { Buckets: [{ Name: 'web', BucketRegion: 'eu-west-3' }], ContinuationToken: '1' };
    },
  });
  expect(await refusalOf(() => facetOf(resource, 'bucket'))).toMatchObject({ cause: 'denied', operation: 's3:ListBuckets' });
});

test.each([
  ['trail', 'cloudtrail:GetTrail', {}],
  ['trail', 'cloudtrail:GetTrail', { Trail: { ...mainTrail, IsMultiRegionTrail: undefined } }],
  ['trail', 'cloudtrail:GetTrail', { Trail: { ...mainTrail, S3BucketName: undefined } }],
  ['status', 'cloudtrail:GetTrailStatus', {}],
  ['managementEvents', 'cloudtrail:GetEventSelectors', {}],
  ['bucketLogging', 's3:GetBucketLogging', { LoggingEnabled: {} }],
])('%s is unread when %s answers %j', async (facet, operation, answer) => {
  const { resource } = await subject({ [operation]: answer });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed', operation });
});

test('an answer without trails in it is no empty account', async () => {
  expect(await refusalOf(() => subject({ 'cloudtrail:ListTrails': {} }))).toMatchObject({ cause: 'malformed' });
});

function throwing(name: string): never {
  throw refused(name, 403);
}
