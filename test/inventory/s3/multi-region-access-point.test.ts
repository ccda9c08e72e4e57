import { expect, test } from 'vitest';
import { multiRegionAccessPoints } from '../../../inventory/s3/multi-region-access-point.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, fakeSession, pages } from '../fake-session.ts';
import { bucketAnswers } from './bucket-answers.ts';

const open = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
const PublicAccessBlock = { BlockPublicAcls: true, IgnorePublicAcls: false, BlockPublicPolicy: true, RestrictPublicBuckets: false };
const Regions = [
  { Bucket: 'web', Region: 'eu-west-3' },
  { Bucket: 'copy', Region: 'us-east-1' },
];
const world = { Name: 'world', Alias: 'mfzwi23gnjvgw.mrap', PublicAccessBlock, Regions, Status: 'READY' };
const other = { ...world, Name: 'other', Alias: 'other.mrap' };

const contract: ReaderContract = {
  reader: multiRegionAccessPoints,
  answers: {
    's3control:GetPublicAccessBlock': bucketAnswers['s3control:GetPublicAccessBlock'] ?? {},
    's3control:ListMultiRegionAccessPoints': pages({ AccessPoints: [world] }, { AccessPoints: [other] }),
  },
  ids: ['world', 'other'],
  facets: {
    accountPublicAccessBlock: { ...open, blockPublicAcls: true },
    publicAccessBlock: { ...open, blockPublicAcls: true, blockPublicPolicy: true },
    buckets: ['web', 'copy'],
  },
};

describeReader(contract);

test('they are asked for in the one region that keeps them', async () => {
  const { resource, sent } = await subjectOf(contract);
  expect(resource.identity).toMatchObject({ arn: `arn:aws:s3::${ACCOUNT}:accesspoint/mfzwi23gnjvgw.mrap`, region: 'global' });
  expect(sent).toMatchObject([{ region: 'us-west-2', input: { AccountId: ACCOUNT } }, { region: 'us-west-2' }]);
});

test.each(['aws-cn', 'aws-us-gov'])('%s has none, and is not asked', async (partition) => {
  const { session, sent } = fakeSession(contract.answers, { partition });
  const listed = await multiRegionAccessPoints.list(session, scopeOf(multiRegionAccessPoints));
  expect([listed.known, listed.unread, sent]).toEqual([[], undefined, []]);
});

test.each([
  ['publicAccessBlock', { ...world, PublicAccessBlock: undefined }],
  ['publicAccessBlock', { ...world, PublicAccessBlock: { ...PublicAccessBlock, RestrictPublicBuckets: undefined } }],
  ['buckets', { ...world, Regions: undefined }],
])('%s is unread where the listing lacks it', async (facet, broken) => {
  const answers = { ...contract.answers, 's3control:ListMultiRegionAccessPoints': { AccessPoints: [broken] } };
  const { resource } = await subjectOf(contract, answers);
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed' });
});

test.each(['Name', 'Alias'])('one without %s leaves the others known, and the list partial', async (member) => {
  const { session } = fakeSession({
    's3control:ListMultiRegionAccessPoints': { AccessPoints: [{ ...world, [member]: undefined }, other] },
  });
  const listed = await multiRegionAccessPoints.list(session, scopeOf(multiRegionAccessPoints));
  expect(listed.known.map(({ identity }) => identity.id)).toEqual(['other']);
  expect(listed.unread).toMatchObject({ cause: 'malformed' });
});
