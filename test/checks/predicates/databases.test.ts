import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { judgePublicDatabase } from '../../../checks/predicates/database-reach.ts';
import { engineOf, isMultiAzCluster, unlessInCluster } from '../../../checks/predicates/databases.ts';
import { EXAMPLE_CLUSTER, EXAMPLE_DATABASE, EXAMPLE_MEMBER } from '../../../checks/predicates/example-databases.ts';
import { internetRoute, openAcl } from '../../../checks/predicates/example-networks.ts';
import { rule } from '../../../checks/predicates/example-rules.ts';
import type { SubnetExposure } from '../../../inventory/rds/exposure.ts';

test.each([
  ['an instance of PostgreSQL', EXAMPLE_DATABASE, false],
  ['a cluster of Aurora', EXAMPLE_CLUSTER, false],
  ['a member of a cluster of Aurora', EXAMPLE_MEMBER, false],
  ['a cluster of PostgreSQL', { ...EXAMPLE_CLUSTER, engine: 'postgres' }, true],
  ['a cluster of MySQL', { ...EXAMPLE_CLUSTER, engine: 'mysql' }, true],
  ['a member of a cluster of MySQL', { ...EXAMPLE_MEMBER, engine: 'mysql' }, true],
  ['a member of a cluster of PostgreSQL', { ...EXAMPLE_MEMBER, engine: 'postgres' }, true],
])('whether %s is, or is in, a Multi-AZ cluster', (_, database, expected) => {
  expect(isMultiAzCluster(database)).toBe(expected);
});

test('a member of a cluster is judged with that', () => {
  expect(unlessInCluster(EXAMPLE_MEMBER, () => ({ status: 'PASS' }))).toMatchObject({
    status: 'NOT_APPLICABLE',
    reason: 'its cluster shop decides',
  });
  expect(unlessInCluster(EXAMPLE_DATABASE, () => ({ status: 'PASS' }))).toEqual({ status: 'PASS' });
});

test('a finding tells the engine, and of a replica whose', () => {
  expect(engineOf(EXAMPLE_DATABASE)).toEqual({ engine: 'postgres', engineVersion: '17.6' });
  expect(engineOf({ ...EXAMPLE_DATABASE, replicaOf: 'orders' })).toEqual({
    engine: 'postgres',
    engineVersion: '17.6',
    replicaOf: 'orders',
  });
});

describe('a database with a public address', () => {
  const open: SubnetExposure = { subnetId: 'subnet-1', ingress: [rule('tcp', 5432, '0.0.0.0/0')], acl: openAcl, routes: [internetRoute] };
  const judged = (subnets: Iterable<SubnetExposure>, port: number | undefined = 5432) =>
    judgePublicDatabase({ publiclyAccessible: true, port, groupIds: ['sg-1'] }, () => subnets);
  const making = (subnets: Iterable<SubnetExposure>) =>
    judgePublicDatabase({ publiclyAccessible: true, port: undefined, groupIds: ['sg-1'] }, () => subnets);

  test('is CRITICAL where its port is open in one of its subnets', () => {
    expect(judged([{ ...open, routes: [] }, open])).toMatchObject({
      reason: 'publicly accessible, and its port 5432 is open',
      evidence: { publiclyAccessible: true, port: 5432, securityGroups: ['sg-1'] },
      severity: 'CRITICAL',
    });
  });

  test.each<[string, SubnetExposure]>([
    ['its groups', { ...open, ingress: [rule('tcp', 3306, '0.0.0.0/0')] }],
    ['its routes', { ...open, routes: [] }],
    ['its network ACL', { ...open, acl: [{ ingress: [], egress: [] }] }],
  ])('is MEDIUM where %s let nobody in', (_, subnet) => {
    expect(judged([subnet])).toMatchObject({ reason: 'publicly accessible, but nothing lets the internet in', severity: 'MEDIUM' });
  });

  test('is neither where that was not read', () => {
    for (const subnets of [
      partial<SubnetExposure>([], 'ec2:DescribeSubnets'),
      [{ ...open, ingress: partial<never>([], 'ec2:DescribeSecurityGroups') }],
    ]) {
      expect(judged(subnets)).toMatchObject({ reason: 'publicly accessible', severityUnsure: true });
      expect(judged(subnets)).not.toHaveProperty('severity');
    }
  });

  test('and without a port yet is open to nobody', () => {
    expect(making([open])).toMatchObject({ severity: 'MEDIUM', evidence: { publiclyAccessible: true, securityGroups: ['sg-1'] } });
    expect(making([open])).not.toHaveProperty('evidence.port');
  });
});
