import type { Database } from '../../inventory/rds/database.ts';
import { type Evidence, notApplicable, type Verdict } from '../check.ts';

/** Judges a database, unless it is an instance for which its cluster decides. */
export function unlessInCluster({ clusterId }: Database, judge: () => Verdict): Verdict {
  return clusterId === undefined ? judge() : notApplicable(`its cluster ${clusterId} decides`);
}

/** What a finding says of a database besides the fact: its engine, since DocumentDB and Neptune are here too. */
export function engineOf({ engine, engineVersion, replicaOf }: Database): Evidence {
  return { engine, engineVersion, ...(replicaOf === undefined ? {} : { replicaOf }) };
}

/** Aurora, DocumentDB and Neptune keep the data in storage of the cluster's own; a Multi-AZ DB cluster is of plain MySQL or PostgreSQL. */
export function isMultiAzCluster({ kind, engine, clusterId }: Database): boolean {
  return (kind === 'cluster' || clusterId !== undefined) && (engine === 'mysql' || engine === 'postgres');
}
