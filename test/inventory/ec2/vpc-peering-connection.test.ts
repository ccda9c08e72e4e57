import { expect, test } from 'vitest';
import { vpcPeeringConnections } from '../../../inventory/ec2/vpc-peering-connection.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, pages } from '../fake-session.ts';

const requester = {
  VpcId: 'vpc-1',
  OwnerId: ACCOUNT,
  Region: 'eu-central-1',
  CidrBlock: '10.0.0.0/16',
  CidrBlockSet: [{ CidrBlock: '10.0.0.0/16' }],
};
const accepter = {
  ...{ VpcId: 'vpc-2', OwnerId: '999999999999', Region: 'eu-west-1', CidrBlock: '10.1.0.0/16' },
  CidrBlockSet: [{ CidrBlock: '10.1.0.0/16' }, { CidrBlock: '10.2.0.0/16' }],
  Ipv6CidrBlockSet: [{ Ipv6CidrBlock: '2600:1f14::/56' }],
};
const connection = { VpcPeeringConnectionId: 'pcx-1', Status: { Code: 'active' }, RequesterVpcInfo: requester, AccepterVpcInfo: accepter };
const into = (DestinationCidrBlock: string, VpcPeeringConnectionId = 'pcx-1') => ({
  DestinationCidrBlock,
  VpcPeeringConnectionId,
  State: 'active',
});
const table = { RouteTableId: 'rtb-1', VpcId: 'vpc-1', Routes: [into('10.1.0.0/16'), into('10.9.0.0/16', 'pcx-9')] };

const contract: ReaderContract = {
  reader: vpcPeeringConnections,
  ids: ['pcx-1', 'pcx-2'],
  answers: {
    'ec2:DescribeVpcPeeringConnections': pages(
      { VpcPeeringConnections: [connection] },
      { VpcPeeringConnections: [{ ...connection, VpcPeeringConnectionId: 'pcx-2' }] },
    ),
    'ec2:DescribeRouteTables': pages({ RouteTables: [{ RouteTableId: 'rtb-0', VpcId: 'vpc-1', Routes: [] }] }, { RouteTables: [table] }),
  },
  notAsked: { peeringRoutes: ['ec2:GetManagedPrefixListEntries'] },
  facets: {
    peering: {
      status: 'active',
      requester: { vpcId: 'vpc-1', accountId: ACCOUNT, region: 'eu-central-1', cidrs: ['10.0.0.0/16'] },
      accepter: { vpcId: 'vpc-2', accountId: '999999999999', region: 'eu-west-1', cidrs: ['10.1.0.0/16', '10.2.0.0/16', '2600:1f14::/56'] },
    },
    peeringRoutes: [{ tableId: 'rtb-1', vpcId: 'vpc-1', destination: '10.1.0.0/16' }],
  },
};

describeReader(contract);

const subjectWith = async (answers: object) => (await subjectOf(contract, { ...contract.answers, ...answers })).resource;

test('a route to a prefix list leads to each of its blocks', async () => {
  const listed = { DestinationPrefixListId: 'pl-1', VpcPeeringConnectionId: 'pcx-1', State: 'active' };
  const resource = await subjectWith({
    'ec2:DescribeRouteTables': { RouteTables: [{ ...table, Routes: [listed] }] },
    'ec2:GetManagedPrefixListEntries': { Entries: [{ Cidr: '10.1.0.0/17' }, { Cidr: '10.1.128.0/17' }] },
  });
  expect(await facetOf(resource, 'peeringRoutes')).toMatchObject([{ destination: '10.1.0.0/17' }, { destination: '10.1.128.0/17' }]);
});

test('a table that does not tell its routes may lead anywhere', async () => {
  const { Routes: _untold, ...silent } = { ...table, RouteTableId: 'rtb-0' };
  const resource = await subjectWith({ 'ec2:DescribeRouteTables': { RouteTables: [silent, table] } });
  expect(await resource.facet('peeringRoutes')).toMatchObject({
    value: { known: [{ destination: '10.1.0.0/16' }], unread: { cause: 'malformed', operation: 'ec2:DescribeRouteTables' } },
  });
});

test('a connection that was not accepted tells no blocks of the other side', async () => {
  const pending = { ...connection, Status: { Code: 'pending-acceptance' }, AccepterVpcInfo: { VpcId: 'vpc-2', OwnerId: '999999999999' } };
  const resource = await subjectWith({ 'ec2:DescribeVpcPeeringConnections': { VpcPeeringConnections: [pending] } });
  expect(await facetOf(resource, 'peering')).toMatchObject({ status: 'pending-acceptance', accepter: { cidrs: [] } });
});

test.each([
  ['no status', { Status: undefined }],
  ['no VPC', { AccepterVpcInfo: {} }],
])('a connection with %s is unread', async (_, changes) => {
  const resource = await subjectWith({ 'ec2:DescribeVpcPeeringConnections': { VpcPeeringConnections: [{ ...connection, ...changes }] } });
  expect(await refusalOf(() => facetOf(resource, 'peering'))).toMatchObject({ cause: 'malformed' });
});
