import type { Snapshot } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { type Listed, Unread } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeSnapshots, getSnapshotBlockPublicAccessState } from './calls.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import { groupedBy } from './listing.ts';
import { oncePer } from './once-per.ts';
import { snapshotChanges } from './snapshot-changes.ts';
import type { Wanted } from './wanted.ts';

export interface SnapshotFacets {
  readonly snapshot: { readonly createdAt: string; readonly encrypted: boolean; readonly volumeId: string };
  /** Anyone may make a volume of it. */
  readonly public: boolean;
  /** The region's block public access for snapshots: `block-all-sharing` also neutralises those shared before. */
  readonly blockPublicAccess: string;
}

const SOURCE = 'ec2:DescribeSnapshots';
const snapshotsById = groupedBy(({ SnapshotId }: Snapshot) => [SnapshotId]);

export const snapshots = defineReader<'AWS::EC2::Snapshot', Described<Snapshot>>({
  type: 'AWS::EC2::Snapshot',
  scope: 'regional',
  changes: snapshotChanges,
  list: {
    calls: [describeSnapshots],
    read: (place) => listOwn(place, 'all'),
  },
  only: { calls: [describeSnapshots], read: (place, ids) => describedOnly(place, ids, 'snapshot-id', listOwn) },
  identify: identifyAs('snapshot'),
  facets: {
    snapshot: { calls: [], read: ({ detail }) => toSnapshot(detail) },
    public: { calls: [describeSnapshots], read: isPublic },
    blockPublicAccess: { calls: [getSnapshotBlockPublicAccessState], read: (_snapshot, place) => getSnapshotBlockPublicAccessState(place) },
  },
});

async function listOwn(place: Place, wanted: Wanted): Promise<Listed<Described<Snapshot>>> {
  const own = await describeSnapshots(place, { restorableBy: 'owner', wanted });
  return toListed(own, (snapshot) => toDescribed(SOURCE, snapshot.SnapshotId, snapshot.OwnerId, snapshot));
}

function toSnapshot({ StartTime, Encrypted, VolumeId }: Snapshot): SnapshotFacets['snapshot'] {
  if (StartTime === undefined || Encrypted === undefined || VolumeId === undefined) throw malformed(SOURCE, 'a snapshot is incomplete');
  return { createdAt: StartTime.toISOString(), encrypted: Encrypted, volumeId: VolumeId };
}

/** Encrypted snapshots cannot be made public (Amazon EC2 API Reference, ModifySnapshotAttribute). */
function isPublic({ id, detail }: Described<Snapshot>, place: Place): boolean | Promise<boolean> {
  return detail.Encrypted === true ? false : isAmongPublic(id, place);
}

async function isAmongPublic(id: string, place: Place): Promise<boolean> {
  const listing = await describeSnapshots(place, { restorableBy: 'all', wanted: 'all' });
  if (!isOfPublicOnly(listing, place.session.accountId)) throw ignoredFilter();
  const [found] = snapshotsById(listing, id);
  return found !== undefined;
}

/** False for an answer that cannot be of public snapshots of this account: whoever gave it does not know the filter. */
const isOfPublicOnly = oncePer((listing: Listed<Snapshot>, accountId: string) =>
  listing.known.every(({ Encrypted, OwnerId }) => Encrypted !== true && OwnerId === accountId),
);

function ignoredFilter(): Unread {
  const message = `${SOURCE}: the answer lists snapshots that cannot be public`;
  return new Unread({ cause: 'unsupported', operation: SOURCE, permissions: [], message });
}
