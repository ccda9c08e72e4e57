import { expect, test } from 'vitest';
import { subnets } from '../../../inventory/ec2/subnet.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, fakeSession, pages } from '../fake-session.ts';
import { acl, mainTable } from './account.ts';

const subnet = {
  SubnetId: 'subnet-1',
  OwnerId: ACCOUNT,
  VpcId: 'vpc-1',
  CidrBlock: '10.0.1.0/24',
  Ipv6CidrBlockAssociationSet: [
    { Ipv6CidrBlock: '2600:1f14::/64', Ipv6CidrBlockState: { State: 'associated' } },
    { Ipv6CidrBlock: '2600:1f15::/64', Ipv6CidrBlockState: { State: 'disassociated' } },
  ],
  DefaultForAz: false,
  MapPublicIpOnLaunch: true,
  AssignIpv6AddressOnCreation: false,
};

const contract: ReaderContract = {
  reader: subnets,
  ids: ['subnet-1', 'subnet-2'],
  answers: {
    'ec2:DescribeSubnets': pages({ Subnets: [subnet] }, { Subnets: [{ ...subnet, SubnetId: 'subnet-2' }] }),
    'ec2:DescribeNetworkAcls': { NetworkAcls: [acl] },
    'ec2:DescribeRouteTables': { RouteTables: [mainTable] },
  },
  notAsked: { routes: ['ec2:GetManagedPrefixListEntries'] },
  facets: {
    subnet: {
      vpcId: 'vpc-1',
      isDefault: false,
      cidrs: ['10.0.1.0/24', '2600:1f14::/64'],
      assignsPublicAddresses: true,
      assignsIpv6Addresses: false,
      isShared: false,
    },
    routes: [{ destination: '0.0.0.0/0', target: 'internet-gateway', targetId: 'igw-1', active: true }],
    acl: [
      {
        ingress: [{ number: 100, action: 'allow', protocol: 'all', ports: { from: 0, to: 65_535 }, cidr: '0.0.0.0/0' }],
        egress: [],
      },
    ],
  },
};

describeReader(contract);

const subjectWith = async (changes: object) =>
  (await subjectOf(contract, { ...contract.answers, 'ec2:DescribeSubnets': { Subnets: [{ ...subnet, ...changes }] } })).resource;

test('a subnet with IPv6 only has no other CIDR', async () => {
  const resource = await subjectWith({ CidrBlock: undefined });
  expect(await facetOf(resource, 'subnet')).toMatchObject({ cidrs: ['2600:1f14::/64'] });
});

test('a shared subnet belongs to its owner, and what hides its routes and ACL is that they are the owner’s', async () => {
  const { session } = fakeSession({
    'ec2:DescribeSubnets': { Subnets: [{ ...subnet, OwnerId: '999999999999' }] },
    'ec2:DescribeNetworkAcls': { NetworkAcls: [] },
    'ec2:DescribeRouteTables': { RouteTables: [] },
  });
  const [shared] = (await subnets.list(session, scopeOf(subnets))).known;
  if (!shared) throw new Error('nothing is listed');
  expect(shared.identity).toMatchObject({ arn: 'arn:aws:ec2:eu-central-1:999999999999:subnet/subnet-1', accountId: '999999999999' });
  expect(await refusalOf(() => facetOf(shared, 'routes'))).toMatchObject({ cause: 'other-account' });
  expect(await refusalOf(() => facetOf(shared, 'acl'))).toMatchObject({ cause: 'other-account' });
});

test('behind VPC Block Public Access its routes to the internet are inactive', async () => {
  const resource = await subjectWith({ BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-ingress' } });
  expect(await facetOf(resource, 'routes')).toMatchObject([{ target: 'internet-gateway', active: false }]);
});

test.each([
  ['no VPC', { VpcId: undefined }],
  ['no CIDR', { CidrBlock: undefined, Ipv6CidrBlockAssociationSet: [] }],
  ['no word on public addresses', { MapPublicIpOnLaunch: undefined }],
  ['no word on IPv6 addresses', { AssignIpv6AddressOnCreation: undefined }],
])('a subnet with %s is unread', async (_, changes) => {
  const resource = await subjectWith(changes);
  expect(await refusalOf(() => facetOf(resource, 'subnet'))).toMatchObject({ cause: 'malformed', operation: 'ec2:DescribeSubnets' });
});
