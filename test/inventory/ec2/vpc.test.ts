import { expect, test } from 'vitest';
import { vpcs } from '../../../inventory/ec2/vpc.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, pages } from '../fake-session.ts';

const associated = { State: 'associated' };
const vpc = {
  VpcId: 'vpc-1',
  OwnerId: ACCOUNT,
  IsDefault: true,
  CidrBlock: '172.31.0.0/16',
  CidrBlockAssociationSet: [{ CidrBlock: '172.31.0.0/16', CidrBlockState: associated }],
};

const flowLog = { FlowLogId: 'fl-1', ResourceId: 'vpc-1', FlowLogStatus: 'ACTIVE', DeliverLogsStatus: 'SUCCESS', TrafficType: 'REJECT' };
const ofSubnet = { ...flowLog, FlowLogId: 'fl-2', ResourceId: 'subnet-1', DeliverLogsStatus: undefined, TrafficType: 'ALL' };
const endpoint = {
  ...{ VpcEndpointId: 'vpce-1', VpcId: 'vpc-1', ServiceName: 'com.amazonaws.eu-central-1.s3' },
  ...{ VpcEndpointType: 'Gateway', State: 'Available', RouteTableIds: ['rtb-1'] },
};

const contract: ReaderContract = {
  reader: vpcs,
  ids: ['vpc-1', 'vpc-2'],
  answers: {
    'ec2:DescribeVpcs': pages({ Vpcs: [vpc] }, { Vpcs: [{ ...vpc, VpcId: 'vpc-2' }] }),
    'ec2:DescribeSubnets': {
      Subnets: [
        { SubnetId: 'subnet-1', VpcId: 'vpc-1' },
        { SubnetId: 'subnet-2', VpcId: 'vpc-2' },
      ],
    },
    'ec2:DescribeFlowLogs': pages(
      { FlowLogs: [flowLog] },
      { FlowLogs: [ofSubnet, { ...flowLog, ResourceId: 'vpc-2' }, { ...flowLog, ResourceId: 'eni-1' }] },
    ),
    'ec2:DescribeVpcEndpoints': { VpcEndpoints: [endpoint, { ...endpoint, VpcId: 'vpc-2' }] },
    'ec2:DescribeNetworkInterfaces': {
      NetworkInterfaces: [
        { NetworkInterfaceId: 'eni-1', VpcId: 'vpc-1' },
        { NetworkInterfaceId: 'eni-2', VpcId: 'vpc-2' },
      ],
    },
  },
  facets: {
    vpc: { isDefault: true, cidrs: ['172.31.0.0/16'], isShared: false },
    flowLogs: [
      { id: 'fl-1', resourceId: 'vpc-1', active: true, delivery: 'SUCCESS', traffic: 'REJECT' },
      { id: 'fl-2', resourceId: 'subnet-1', active: true, delivery: undefined, traffic: 'ALL' },
    ],
    subnetIds: ['subnet-1'],
    endpoints: [{ id: 'vpce-1', serviceName: 'com.amazonaws.eu-central-1.s3', kind: 'Gateway', available: true, routeTableIds: ['rtb-1'] }],
    interfaceIds: ['eni-1'],
  },
};

describeReader(contract);

const subjectWith = async (changes: object) =>
  (await subjectOf(contract, { 'ec2:DescribeVpcs': { Vpcs: [{ ...vpc, ...changes }] } })).resource;

test('the largest pages are asked for', async () => {
  const { sent } = await subjectOf(contract);
  expect(sent.map(({ input }) => input.MaxResults)).toEqual([1_000, 1_000]);
});

test('CIDRs are IPv4 and IPv6, without those that are coming or going', async () => {
  const resource = await subjectWith({
    CidrBlockAssociationSet: [
      ...vpc.CidrBlockAssociationSet,
      { CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associating' } },
      { CidrBlock: '10.1.0.0/16', CidrBlockState: { State: 'disassociated' } },
    ],
    Ipv6CidrBlockAssociationSet: [
      { Ipv6CidrBlock: '2600:1f14::/56', Ipv6CidrBlockState: associated },
      { Ipv6CidrBlock: '2600:1f15::/56', Ipv6CidrBlockState: { State: 'failed' } },
    ],
  });
  expect(await facetOf(resource, 'vpc')).toMatchObject({ cidrs: ['172.31.0.0/16', '2600:1f14::/56'] });
});

test.each([
  ['no word on whether it is the default', { IsDefault: undefined }],
  ['no list of CIDRs', { CidrBlockAssociationSet: undefined }],
  ['a CIDR without a state', { CidrBlockAssociationSet: [{ CidrBlock: '172.31.0.0/16' }] }],
])('a VPC with %s is unread', async (_, changes) => {
  const resource = await subjectWith(changes);
  expect(await refusalOf(() => facetOf(resource, 'vpc'))).toMatchObject({ cause: 'malformed', operation: 'ec2:DescribeVpcs' });
});

test('a VPC of another account is shared', async () => {
  const resource = await subjectWith({ OwnerId: '999999999999' });
  expect(await facetOf(resource, 'vpc')).toMatchObject({ isShared: true });
});

test('flow logs are asked for once for the region, without a filter', async () => {
  const { resource, sent } = await subjectOf(contract);
  await facetOf(resource, 'flowLogs');
  const asked = sent.filter(({ operation }) => operation === 'ec2:DescribeFlowLogs');
  expect(asked.map(({ input }) => [input.MaxResults, input.Filter])).toEqual([
    [1_000, undefined],
    [1_000, undefined],
  ]);
});
