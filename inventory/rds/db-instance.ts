import type { DBInstance } from '@aws-sdk/client-rds';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Wanted } from '../ec2/wanted.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeDBInstances } from './calls.ts';
import { type Database, instanceToDatabase } from './database.ts';
import { dbInstanceChanges } from './db-instance-changes.ts';
import { type EngineSupport, engineSupportCalls, readEngineSupport } from './engine-support.ts';
import { readSubnets, type SubnetExposure, subnetCalls } from './exposure.ts';
import { identifyListed, type ListedByRds, listedOnly, toListedByRds } from './listed.ts';

export interface DBInstanceFacets {
  readonly database: Database;
  /** `undefined` where AWS tells no dates. */
  readonly engineSupport: EngineSupport | undefined;
  readonly access: DBInstanceAccess;
  /** One element for each subnet that it may be in. */
  readonly subnets: Iterable<SubnetExposure>;
  /** The server certificate by which clients know it; `undefined` where RDS tells of none. */
  readonly certificate: ServerCertificate | undefined;
}

export interface DBInstanceAccess {
  /** It has a public address, and its name means that address to whoever asks from outside the VPC. */
  readonly publiclyAccessible: boolean;
  /** `undefined` while it is made. */
  readonly port: number | undefined;
  readonly groupIds: readonly string[];
}

export interface ServerCertificate {
  /** Of the authority: `rds-ca-rsa2048-g1`. */
  readonly authority: string;
  /** ISO 8601 UTC. */
  readonly validUntil: string;
}

const SOURCE = 'rds:DescribeDBInstances';

/** Those of DocumentDB and Neptune as well, and those that belong to clusters. */
export const dbInstances = defineReader<'AWS::RDS::DBInstance', ListedByRds<DBInstance>>({
  type: 'AWS::RDS::DBInstance',
  scope: 'regional',
  changes: dbInstanceChanges,
  list: { calls: [describeDBInstances], read: (place) => listInstances(place, 'all') },
  only: { calls: [describeDBInstances], read: (place, ids) => listedOnly(place, ids, 'db-instance-id', listInstances) },
  identify: identifyListed,
  facets: {
    database: { calls: [], read: ({ detail }) => instanceToDatabase(detail) },
    engineSupport: { calls: engineSupportCalls, read: ({ detail }, place) => readEngineSupport(instanceToDatabase(detail), place) },
    access: { calls: [], read: ({ detail }) => toAccess(detail) },
    subnets: { calls: subnetCalls, read: ({ detail }, place) => readSubnets(place, detail) },
    certificate: { calls: [], read: ({ detail }) => toCertificate(detail) },
  },
});

async function listInstances(place: Place, wanted: Wanted): Promise<Listed<ListedByRds<DBInstance>>> {
  return toListed(await describeDBInstances(place, wanted), (detail) =>
    toListedByRds(SOURCE, detail.DBInstanceIdentifier, detail.DBInstanceArn, detail),
  );
}

function toAccess({ PubliclyAccessible, Endpoint, DbInstancePort, VpcSecurityGroups = [] }: DBInstance): DBInstanceAccess {
  if (PubliclyAccessible === undefined) throw malformed(SOURCE, 'a database has no PubliclyAccessible');
  return {
    publiclyAccessible: PubliclyAccessible,
    // Zero stands for none outside of an endpoint.
    port: Endpoint?.Port ?? (DbInstancePort || undefined),
    groupIds: VpcSecurityGroups.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
  };
}

function toCertificate({ CertificateDetails, CACertificateIdentifier }: DBInstance): ServerCertificate | undefined {
  const authority = CertificateDetails?.CAIdentifier ?? CACertificateIdentifier;
  const validUntil = CertificateDetails?.ValidTill?.toISOString();
  return authority === undefined || validUntil === undefined ? undefined : { authority, validUntil };
}
