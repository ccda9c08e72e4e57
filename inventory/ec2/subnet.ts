import type { Subnet } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeNetworkAcls, describeSubnets } from './calls.ts';
import { associatedCidrs } from './cidr-blocks.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import type { NetworkAclEntries, Route } from './network.ts';
import { readRoutes, routeCalls } from './routes.ts';
import { readAcl } from './subnet-acl.ts';
import { subnetChanges } from './subnet-changes.ts';
import type { Wanted } from './wanted.ts';

export interface SubnetFacets {
  readonly subnet: SubnetProperties;
  /** Of its route table, or the main one of its VPC; those to the internet are inactive behind VPC Block Public Access. Throws `Unread` when not read. */
  readonly routes: Iterable<Route>;
  /** One element: the entries of its network ACL. Throws `Unread` when not read. */
  readonly acl: Iterable<NetworkAclEntries>;
}

export interface SubnetProperties {
  readonly vpcId: string;
  /** True for the subnet that AWS made in each zone of a default VPC. */
  readonly isDefault: boolean;
  /** IPv4, unless the subnet has IPv6 only, and IPv6, of which only those that are associated. */
  readonly cidrs: readonly string[];
  /** Whether what is launched here gets a public IPv4 address unless it says otherwise. */
  readonly assignsPublicAddresses: boolean;
  /** Whether an interface that is made here gets an IPv6 address unless it says otherwise. */
  readonly assignsIpv6Addresses: boolean;
  /** It belongs to another account, which shares it with this one and alone can change it. */
  readonly isShared: boolean;
}

const SOURCE = 'ec2:DescribeSubnets';

export const subnets = defineReader<'AWS::EC2::Subnet', Described<Subnet>>({
  type: 'AWS::EC2::Subnet',
  scope: 'regional',
  changes: subnetChanges,
  list: {
    calls: [describeSubnets],
    read: (place) => listSubnets(place, 'all'),
  },
  only: { calls: [describeSubnets], read: (place, ids) => describedOnly(place, ids, 'subnet-id', listSubnets) },
  identify: identifyAs('subnet'),
  facets: {
    subnet: { calls: [], read: ({ detail, ownerId }, { scope }) => ({ ...toProperties(detail), isShared: ownerId !== scope.accountId }) },
    routes: { calls: routeCalls, read: readSubnetRoutes },
    acl: { calls: [describeNetworkAcls], read: ({ id }, place) => readAcl(place, id) },
  },
});

async function listSubnets(place: Place, wanted: Wanted): Promise<Listed<Described<Subnet>>> {
  return toListed(await describeSubnets(place, wanted), (subnet) => toDescribed(SOURCE, subnet.SubnetId, subnet.OwnerId, subnet));
}

function readSubnetRoutes({ id, detail }: Described<Subnet>, place: Place): Promise<Listed<Route>> {
  return readRoutes(place, id, vpcIdOf(detail));
}

function toProperties(subnet: Subnet): Omit<SubnetProperties, 'isShared'> {
  const { CidrBlock, DefaultForAz, MapPublicIpOnLaunch, AssignIpv6AddressOnCreation } = subnet;
  const cidrs = [...(CidrBlock === undefined ? [] : [CidrBlock]), ...associatedCidrs(SOURCE, subnet)];
  if (DefaultForAz === undefined || MapPublicIpOnLaunch === undefined || AssignIpv6AddressOnCreation === undefined || cidrs.length === 0) {
    throw incomplete();
  }
  return {
    vpcId: vpcIdOf(subnet),
    isDefault: DefaultForAz,
    cidrs,
    assignsPublicAddresses: MapPublicIpOnLaunch,
    assignsIpv6Addresses: AssignIpv6AddressOnCreation,
  };
}

function vpcIdOf({ VpcId }: Subnet): string {
  if (VpcId === undefined) throw incomplete();
  return VpcId;
}

function incomplete() {
  return malformed(SOURCE, 'a subnet is incomplete');
}
