import type { DBSnapshot } from '@aws-sdk/client-rds';
import type { Place } from '../call.ts';
import type { Wanted } from '../ec2/wanted.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeDBSnapshotAttributes, describeDBSnapshots } from './calls.ts';
import { identifyListed, type ListedByRds, listedOnly, toListedByRds } from './listed.ts';
import { type DatabaseSnapshotFacets, isKept, toSharedWith, toSnapshot } from './snapshot.ts';
import { dbSnapshotChanges } from './snapshot-changes.ts';

export type DBSnapshotFacets = DatabaseSnapshotFacets;

const SOURCE = 'rds:DescribeDBSnapshots';

/** Those that somebody has made, AWS Backup included. */
export const dbSnapshots = defineReader<'AWS::RDS::DBSnapshot', ListedByRds<DBSnapshot>>({
  type: 'AWS::RDS::DBSnapshot',
  scope: 'regional',
  changes: dbSnapshotChanges,
  list: { calls: [describeDBSnapshots], read: (place) => listSnapshots(place, 'all') },
  only: { calls: [describeDBSnapshots], read: (place, ids) => listedOnly(place, ids, 'db-snapshot-id', listSnapshots) },
  identify: identifyListed,
  facets: {
    snapshot: { calls: [], read: ({ detail }) => toSnapshot(SOURCE, detail, detail.DBInstanceIdentifier, detail.Encrypted) },
    sharedWith: {
      calls: [describeDBSnapshotAttributes],
      read: async ({ id }, place) => toSharedWith('rds:DescribeDBSnapshotAttributes', await describeDBSnapshotAttributes(place, id)),
    },
  },
});

async function listSnapshots(place: Place, wanted: Wanted): Promise<Listed<ListedByRds<DBSnapshot>>> {
  const own = (await describeDBSnapshots(place, wanted)).filter(isKept);
  return toListed(own, (detail) => toListedByRds(SOURCE, detail.DBSnapshotIdentifier, detail.DBSnapshotArn, detail));
}
