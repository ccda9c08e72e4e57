import type { DBClusterSnapshot } from '@aws-sdk/client-rds';
import type { Place } from '../call.ts';
import type { Wanted } from '../ec2/wanted.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeDBClusterSnapshotAttributes, describeDBClusterSnapshots } from './calls.ts';
import { identifyListed, type ListedByRds, listedOnly, toListedByRds } from './listed.ts';
import { type DatabaseSnapshotFacets, isKept, toSharedWith, toSnapshot } from './snapshot.ts';
import { dbClusterSnapshotChanges } from './snapshot-changes.ts';

export type DBClusterSnapshotFacets = DatabaseSnapshotFacets;

const SOURCE = 'rds:DescribeDBClusterSnapshots';

/** Those that somebody has made, AWS Backup included; of Aurora, DocumentDB and Neptune. */
export const dbClusterSnapshots = defineReader<'AWS::RDS::DBClusterSnapshot', ListedByRds<DBClusterSnapshot>>({
  type: 'AWS::RDS::DBClusterSnapshot',
  scope: 'regional',
  changes: dbClusterSnapshotChanges,
  list: { calls: [describeDBClusterSnapshots], read: (place) => listSnapshots(place, 'all') },
  only: { calls: [describeDBClusterSnapshots], read: (place, ids) => listedOnly(place, ids, 'db-cluster-snapshot-id', listSnapshots) },
  identify: identifyListed,
  facets: {
    snapshot: { calls: [], read: ({ detail }) => toSnapshot(SOURCE, detail, detail.DBClusterIdentifier, detail.StorageEncrypted) },
    sharedWith: {
      calls: [describeDBClusterSnapshotAttributes],
      read: async ({ id }, place) =>
        toSharedWith('rds:DescribeDBClusterSnapshotAttributes', await describeDBClusterSnapshotAttributes(place, id)),
    },
  },
});

async function listSnapshots(place: Place, wanted: Wanted): Promise<Listed<ListedByRds<DBClusterSnapshot>>> {
  const own = (await describeDBClusterSnapshots(place, wanted)).filter(isKept);
  return toListed(own, (detail) => toListedByRds(SOURCE, detail.DBClusterSnapshotIdentifier, detail.DBClusterSnapshotArn, detail));
}
