import { expect, test } from 'vitest';
import { snapshots } from '../../../inventory/ec2/snapshot.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, answerTo, fakeSession, type Input, pages, refused } from '../fake-session.ts';

const shared = { SnapshotId: 'snap-1', OwnerId: ACCOUNT, VolumeId: 'vol-1', StartTime: new Date('2026-03-01T10:00:00Z'), Encrypted: false };
const kept = { ...shared, SnapshotId: 'snap-2' };
const encrypted = { ...shared, SnapshotId: 'snap-3', Encrypted: true };

const own = pages({ Snapshots: [shared] }, { Snapshots: [kept, encrypted] });

function snapshotsWith(publicOnes: object): Answers {
  return {
    'ec2:DescribeSnapshots': (input: Input, region) =>
      input.RestorableByUserIds ? answerTo(publicOnes, input, region) : answerTo(own, input, region),
    'ec2:GetSnapshotBlockPublicAccessState': { State: 'unblocked' },
  };
}

async function publicFacets(answers: Answers) {
  const { session, sent } = fakeSession(answers);
  const { known } = await snapshots.list(session, scopeOf(snapshots));
  const read = await Promise.all(known.map((resource) => resource.facet('public')));
  return { read: read.map((facet) => (facet.read ? facet.value : facet.reason.cause)), sent, known };
}

const contract: ReaderContract = {
  reader: snapshots,
  ids: ['snap-1', 'snap-2', 'snap-3'],
  answers: snapshotsWith(pages({ Snapshots: [shared] }, { Snapshots: [] })),
  facets: {
    snapshot: { createdAt: '2026-03-01T10:00:00.000Z', encrypted: false, volumeId: 'vol-1' },
    public: true,
    blockPublicAccess: 'unblocked',
  },
};

describeReader(contract);

test('public are those that EC2 lists as restorable by all, asked once for the region', async () => {
  const { read, sent, known } = await publicFacets(contract.answers);
  expect(read).toEqual([true, false, false]);
  expect(sent.filter(({ input }) => input.RestorableByUserIds)).toHaveLength(2);
  expect(sent.every(({ input }) => input.MaxResults === 1_000 && String(input.OwnerIds) === 'self')).toBe(true);
  expect(known[0]?.identity.arn).toBe('arn:aws:ec2:eu-central-1::snapshot/snap-1');
});

test('where the question is refused only encrypted snapshots are known to be private', async () => {
  const denied = () => {
    throw refused('UnauthorizedOperation', 403);
  };
  expect((await publicFacets(snapshotsWith(denied))).read).toEqual(['denied', 'denied', false]);
});

test('where the answer breaks off, what it named is public and the rest unread', async () => {
  expect((await publicFacets(snapshotsWith(pages({ Snapshots: [shared] }, {})))).read).toEqual([true, 'malformed', false]);
});

test.each([
  ['encrypted snapshots', { Snapshots: [shared, encrypted] }],
  ['somebody else’s snapshots', { Snapshots: [shared, { ...kept, OwnerId: '999999999999' }] }],
])('an answer with %s has ignored the filter and is not believed', async (_, answer) => {
  const { known } = await publicFacets(snapshotsWith(answer));
  const [resource] = known;
  expect(resource && (await refusalOf(() => facetOf(resource, 'public')))).toMatchObject({ cause: 'unsupported' });
});
