import type { NetworkInterface, Vpc } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeNetworkInterfaces, describeSubnets, describeVpcs } from './calls.ts';
import { associatedCidrs } from './cidr-blocks.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import { type FlowLog, readFlowLogs, readSubnetIds } from './flow-log.ts';
import { groupedBy, toListing } from './listing.ts';
import { describeFlowLogs, describeVpcEndpoints } from './network-calls.ts';
import { vpcChanges } from './vpc-changes.ts';
import { readEndpoints, type VpcEndpointProperties } from './vpc-endpoint.ts';
import type { Wanted } from './wanted.ts';

export interface VpcFacets {
  readonly vpc: VpcProperties;
  /** Of the VPC itself and of its subnets. */
  readonly flowLogs: Iterable<FlowLog>;
  readonly subnetIds: Iterable<string>;
  readonly endpoints: Iterable<VpcEndpointProperties>;
  /** Ids of the network interfaces in it. */
  readonly interfaceIds: Iterable<string>;
}

export interface VpcProperties {
  readonly isDefault: boolean;
  /** IPv4 and IPv6, of which only those that are associated. */
  readonly cidrs: readonly string[];
  /** It belongs to another account, which shares subnets of it with this one and alone can change it. */
  readonly isShared: boolean;
}

const SOURCE = 'ec2:DescribeVpcs';
const interfacesByVpc = groupedBy(({ VpcId }: NetworkInterface) => [VpcId]);

export const vpcs = defineReader<'AWS::EC2::VPC', Described<Vpc>>({
  type: 'AWS::EC2::VPC',
  scope: 'regional',
  changes: vpcChanges,
  list: {
    calls: [describeVpcs],
    read: (place) => listVpcs(place, 'all'),
  },
  only: { calls: [describeVpcs], read: (place, ids) => describedOnly(place, ids, 'vpc-id', listVpcs) },
  identify: identifyAs('vpc'),
  facets: {
    vpc: { calls: [], read: ({ detail, ownerId }, { scope }) => ({ ...toProperties(detail), isShared: ownerId !== scope.accountId }) },
    flowLogs: { calls: [describeFlowLogs, describeSubnets], read: ({ id }, place) => readFlowLogs(id, place) },
    subnetIds: { calls: [describeSubnets], read: ({ id }, place) => readSubnetIds(id, place) },
    endpoints: { calls: [describeVpcEndpoints], read: ({ id }, place) => readEndpoints(id, place) },
    interfaceIds: { calls: [describeNetworkInterfaces], read: ({ id }, place) => readInterfaceIds(id, place) },
  },
});

async function listVpcs(place: Place, wanted: Wanted): Promise<Listed<Described<Vpc>>> {
  return toListed(await describeVpcs(place, wanted), (vpc) => toDescribed(SOURCE, vpc.VpcId, vpc.OwnerId, vpc));
}

function toProperties(vpc: Vpc): Omit<VpcProperties, 'isShared'> {
  if (vpc.IsDefault === undefined || vpc.CidrBlockAssociationSet === undefined) throw malformed(SOURCE, 'a VPC is incomplete');
  return { isDefault: vpc.IsDefault, cidrs: associatedCidrs(SOURCE, vpc) };
}

async function readInterfaceIds(vpcId: string, place: Place): Promise<Listed<string>> {
  const interfaces = await toListing(describeNetworkInterfaces(place, 'all'));
  return interfacesByVpc(interfaces, vpcId).map(({ NetworkInterfaceId = '' }) => NetworkInterfaceId);
}
