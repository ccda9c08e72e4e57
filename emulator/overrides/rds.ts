import { type Exchange, edited, type Overrides } from '../exchange.ts';
import { toElement } from '../wire/serialize.ts';
import { at, type Element, escapeXml, putChildren, textAt } from '../wire/xml.ts';

const STANDARD = 'open-source-rds-standard-support';
const EXTENDED = 'open-source-rds-extended-support';

/** Some major versions, and the last days of their standard and extended support: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html and alike. */
const SUPPORT: readonly (readonly [engine: string, version: string, standard?: string, extended?: string])[] = [
  ['aurora-postgresql', '13', '2026-02-28', '2029-02-28'],
  ['aurora-postgresql', '17', '2030-02-28', '2033-02-28'],
  ['mariadb', '10.5', '2025-06-30'],
  ['mysql', '5.7', '2024-02-29', '2027-02-28'],
  ['mysql', '8.4', '2029-07-31', '2032-07-31'],
  ['oracle-ee', '19'],
  ['postgres', '12', '2025-02-28', '2028-02-29'],
  ['postgres', '17', '2030-02-28', '2033-02-28'],
];

/** Years for which a new server certificate is valid. */
const VALID_DAYS = 3 * 365;

export const rdsOverrides: Overrides = {
  /** Moto knows no dates of certificates, and says nothing of the address and the subnets of what is in a cluster. */
  'rds:DescribeDBInstances': (exchange) =>
    edited(exchange, (root) => {
      const instances = at(root, 'DescribeDBInstancesResult', 'DBInstances')?.children ?? [];
      const subnets = instances.map((instance) => at(instance, 'DBSubnetGroup')).find((group) => group !== undefined);
      for (const instance of instances) {
        const described = exchange.state.description.databases.get(textAt(instance, 'DBInstanceIdentifier') ?? '');
        const ValidTill = exchange.state.date(described?.certificateUntil ?? -VALID_DAYS);
        put(instance, 'CertificateDetails', { CAIdentifier: 'rds-ca-rsa2048-g1', ValidTill });
        if (!at(instance, 'PubliclyAccessible')) put(instance, 'PubliclyAccessible', described?.public ?? false);
        if (subnets && !at(instance, 'DBSubnetGroup')) putChildren(instance, subnets);
      }
    }),

  /** In how many zones a cluster is, its described instances do not say. */
  'rds:DescribeDBClusters': (exchange) =>
    edited(exchange, (root) => {
      for (const cluster of at(root, 'DescribeDBClustersResult', 'DBClusters')?.children ?? []) {
        const described = exchange.state.description.databaseClusters.get(textAt(cluster, 'DBClusterIdentifier') ?? '');
        if (described) put(cluster, 'MultiAZ', described.multiAz ?? true);
      }
    }),

  /** Moto has no such operation. */
  'rds:DescribeDBMajorEngineVersions': (_exchange: Exchange) => ({
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: Buffer.from(
      `<DescribeDBMajorEngineVersionsResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><DescribeDBMajorEngineVersionsResult><DBMajorEngineVersions>${SUPPORT.map(
        ([engine, version, standard, extended]) =>
          `<DBMajorEngineVersion><Engine>${escapeXml(engine)}</Engine><MajorEngineVersion>${escapeXml(version)}</MajorEngineVersion><SupportedEngineLifecycles>${lifecycle(STANDARD, standard)}${lifecycle(EXTENDED, extended)}</SupportedEngineLifecycles></DBMajorEngineVersion>`,
      ).join(
        '',
      )}</DBMajorEngineVersions></DescribeDBMajorEngineVersionsResult><ResponseMetadata><RequestId>00000000-0000-0000-0000-000000000000</RequestId></ResponseMetadata></DescribeDBMajorEngineVersionsResponse>`,
    ),
  }),
};

function lifecycle(name: string, until: string | undefined): string {
  if (until === undefined) return '';
  return `<SupportedEngineLifecycle><LifecycleSupportName>${name}</LifecycleSupportName><LifecycleSupportEndDate>${until}T23:59:59.999Z</LifecycleSupportEndDate></SupportedEngineLifecycle>`;
}

function put(element: Element, name: string, value: Parameters<typeof toElement>[1]): void {
  const member = toElement(name, value, { list: 'member' });
  if (member) putChildren(element, member);
}
