import { expect, test } from 'vitest';
import { routeTables } from '../../../inventory/ec2/route-table.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, pages } from '../fake-session.ts';
import { mainTable, toInternet } from './account.ts';

const associated = { State: 'associated' };
const table = {
  ...mainTable,
  OwnerId: ACCOUNT,
  Associations: [
    { Main: true, AssociationState: associated },
    { Main: false, SubnetId: 'subnet-1', AssociationState: associated },
    { Main: false, SubnetId: 'subnet-2', AssociationState: { State: 'disassociated' } },
    { Main: false, GatewayId: 'igw-1', AssociationState: associated },
  ],
  Routes: [toInternet, { DestinationPrefixListId: 'pl-1', NatGatewayId: 'nat-1', State: 'blackhole' }],
};

const contract: ReaderContract = {
  reader: routeTables,
  ids: ['rtb-main', 'rtb-2'],
  answers: {
    'ec2:DescribeRouteTables': pages({ RouteTables: [table] }, { RouteTables: [{ ...table, RouteTableId: 'rtb-2', Associations: [] }] }),
    'ec2:GetManagedPrefixListEntries': { Entries: [{ Cidr: '203.0.113.0/24' }] },
  },
  facets: {
    table: { vpcId: 'vpc-1', isMain: true, subnetIds: ['subnet-1'] },
    routes: [
      { destination: '0.0.0.0/0', target: 'internet-gateway', targetId: 'igw-1', active: true },
      { destination: '203.0.113.0/24', target: 'nat', targetId: 'nat-1', active: false },
    ],
  },
};

describeReader(contract);

test('a table that nothing is associated with is neither main nor of any subnet', async () => {
  const { resource } = await subjectOf({ ...contract, subject: 'rtb-2' });
  expect(await facetOf(resource, 'table')).toEqual({ vpcId: 'vpc-1', isMain: false, subnetIds: [] });
});

test.each([
  ['table', 'associations', { Associations: undefined }],
  ['table', 'VPC', { VpcId: undefined }],
  ['routes', 'routes', { Routes: undefined }],
])('%s is unread where EC2 does not tell the %s', async (facet, _, changes) => {
  const { resource } = await subjectOf(contract, { 'ec2:DescribeRouteTables': { RouteTables: [{ ...table, ...changes }] } });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed', operation: 'ec2:DescribeRouteTables' });
});
