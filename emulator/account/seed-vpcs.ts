import {
  AcceptVpcPeeringConnectionCommand,
  CreateFlowLogsCommand,
  CreateRouteCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import type { Tags } from './description.ts';
import type { Vpc } from './networks.ts';
import { toDocument } from './policies.ts';
import type { Ec2Place } from './seed-ec2.ts';
import { toTags } from './seed-iam.ts';
import type { Networks } from './seed-network.ts';

/** A described VPC, with what AWS makes in each closed to all, or what is told of the default one. */
export async function seedVpc(place: Ec2Place, networks: Networks, name: string, vpc: Vpc): Promise<void> {
  const { vpcId: defaultId } = await networks.defaultOf(place);
  const vpcId = name === 'default' ? defaultId : await createVpc(place, vpc);
  place.state.bind('vpc', name, vpcId);
  if (vpc.flowLogs !== undefined) await logFlows(place, vpcId, vpc.flowLogs);
  const tableId = await mainTableOf(place, vpcId);
  for (const endpoint of vpc.endpoints ?? []) {
    const { service, policy } = typeof endpoint === 'string' ? { service: endpoint } : endpoint;
    await place.ec2.send(
      new CreateVpcEndpointCommand({
        ...{ VpcId: vpcId, ServiceName: `com.amazonaws.${place.region}.${service}`, VpcEndpointType: 'Gateway', RouteTableIds: [tableId] },
        ...(policy === undefined ? {} : { PolicyDocument: toDocument(policy) }),
        TagSpecifications: [{ ResourceType: 'vpc-endpoint', Tags: toTags({ Name: service }) }],
      }),
    );
  }
  if (vpc.peeringRoutes) await peer(place, defaultId, vpcId, vpc);
}

async function createVpc(place: Ec2Place, { cidr, tags }: Vpc): Promise<string> {
  const { Vpc: created } = await place.ec2.send(new CreateVpcCommand({ CidrBlock: cidr }));
  const vpcId = created?.VpcId ?? '';
  const inVpc = { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] };
  const { SecurityGroups = [] } = await place.ec2.send(new DescribeSecurityGroupsCommand(inVpc));
  const { NetworkAcls = [] } = await place.ec2.send(new DescribeNetworkAclsCommand(inVpc));
  const [groupId, aclId] = [SecurityGroups[0]?.GroupId ?? '', NetworkAcls[0]?.NetworkAclId ?? ''];
  const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await place.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: groupId, IpPermissions: [everything] }));
  await place.ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId: aclId, RuleNumber: 100, Egress: false }));
  await tag(place, [vpcId, groupId, aclId], tags);
  return vpcId;
}

async function logFlows({ ec2 }: Ec2Place, vpcId: string, bucket: string): Promise<void> {
  const destination = { LogDestinationType: 's3', LogDestination: `arn:aws:s3:::${bucket}` } as const;
  await ec2.send(new CreateFlowLogsCommand({ ResourceType: 'VPC', ResourceIds: [vpcId], TrafficType: 'REJECT', ...destination }));
}

async function peer(place: Ec2Place, from: string, to: string, { peeringRoutes = [], tags }: Vpc): Promise<void> {
  const { ec2 } = place;
  const { VpcPeeringConnection: created } = await ec2.send(new CreateVpcPeeringConnectionCommand({ VpcId: from, PeerVpcId: to }));
  const VpcPeeringConnectionId = created?.VpcPeeringConnectionId ?? '';
  await ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
  const RouteTableId = await mainTableOf(place, from);
  for (const DestinationCidrBlock of peeringRoutes) {
    await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, VpcPeeringConnectionId }));
  }
  await tag(place, [VpcPeeringConnectionId], tags);
}

async function mainTableOf({ ec2 }: Ec2Place, vpcId: string): Promise<string> {
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] }));
  const main = RouteTables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main));
  return main?.RouteTableId ?? '';
}

async function tag({ ec2 }: Ec2Place, ids: readonly string[], tags: Tags | undefined): Promise<void> {
  if (tags) await ec2.send(new CreateTagsCommand({ Resources: [...ids], Tags: toTags(tags) }));
}
