import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  ModifySubnetAttributeCommand,
  ReplaceNetworkAclAssociationCommand,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import type { Description } from './description.ts';
import type { NetworkAcl, SecurityGroup, Subnet } from './networks.ts';
import { toAclEntry, toIpPermission } from './rules.ts';
import { type Ec2Place, tagged } from './seed-ec2.ts';

/** Ids of a region's default VPC and what belongs to it. */
export interface DefaultNetwork {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly groupId: string;
  readonly aclId: string;
}

const FIRST_SUBNET = 128;

/** The networks of an account: everything is in the default VPC of its region. */
export class Networks {
  readonly #at: (where: { readonly region?: string }) => Ec2Place;
  readonly #defaults = new Map<string, Promise<DefaultNetwork>>();
  #subnets = 0;

  constructor(at: (where: { readonly region?: string }) => Ec2Place) {
    this.#at = at;
  }

  /** Subnets, security groups and ACLs, all groups before any rules, since rules name groups. */
  async seed(description: Description): Promise<void> {
    for (const [name, subnet] of description.subnets) await this.#seedSubnet(this.#at(subnet), name, subnet);
    for (const [name, group] of description.securityGroups) await this.#seedGroup(this.#at(group), name, group);
    for (const [name, group] of description.securityGroups) await this.#seedRules(this.#at(group), name, group);
    for (const [name, acl] of description.networkAcls) await this.#seedAcl(this.#at(acl), name, acl);
  }

  /** Moto's default VPC has no way to the internet, AWS's has one. */
  defaultOf(place: Ec2Place): Promise<DefaultNetwork> {
    const known = this.#defaults.get(place.region) ?? openDefaultNetwork(place);
    this.#defaults.set(place.region, known);
    return known;
  }

  async #seedSubnet(place: Ec2Place, name: string, subnet: Subnet): Promise<void> {
    const { ec2, state } = place;
    const { vpcId } = await this.defaultOf(place);
    const CidrBlock = `172.31.${FIRST_SUBNET + this.#subnets++}.0/24`;
    const { Subnet: created } = await ec2.send(new CreateSubnetCommand({ VpcId: vpcId, CidrBlock, AvailabilityZone: `${place.region}a` }));
    const SubnetId = created?.SubnetId;
    state.bind('subnet', name, SubnetId ?? '');
    if (subnet.public) await ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } }));
    if (subnet.route === 'none') {
      const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpcId }));
      await ec2.send(new AssociateRouteTableCommand({ SubnetId, RouteTableId: RouteTable?.RouteTableId }));
    }
  }

  async #seedGroup(place: Ec2Place, name: string, group: SecurityGroup): Promise<void> {
    const { vpcId, groupId } = await this.defaultOf(place);
    if (name === 'default') {
      place.state.bind('security-group', name, groupId);
      return;
    }
    const { GroupId } = await place.ec2.send(
      new CreateSecurityGroupCommand({ GroupName: name, Description: name, VpcId: vpcId, ...tagged('security-group', group.tags) }),
    );
    place.state.bind('security-group', name, GroupId ?? '');
  }

  async #seedRules({ ec2, state }: Ec2Place, name: string, { ingress, egress }: SecurityGroup): Promise<void> {
    const GroupId = state.idOf('security-group', name);
    const permissions = (rules: readonly string[]) =>
      rules.map((rule) =>
        toIpPermission(rule, (kind, other) => state.idOf(kind, kind === 'security-group' && other === 'self' ? name : other)),
      );
    // One call a rule: moto takes equal rules of one call for duplicates.
    for (const permission of permissions(ingress ?? [])) {
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission] }));
    }
    if (egress === undefined) return;
    const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [everything] }));
    for (const permission of permissions(egress)) {
      await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [permission] }));
    }
  }

  async #seedAcl(place: Ec2Place, name: string, acl: NetworkAcl): Promise<void> {
    const { ec2, state } = place;
    const NetworkAclId = await this.#aclId(place, name);
    state.bind('network-acl', name, NetworkAclId);
    for (const [Egress, rules] of [
      [false, acl.ingress],
      [true, acl.egress],
    ] as const) {
      for (const rule of rules ?? []) await ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId, Egress, ...toAclEntry(rule) }));
    }
    for (const subnet of acl.subnets ?? []) await associate(place, state.idOf('subnet', subnet), NetworkAclId);
  }

  async #aclId(place: Ec2Place, name: string): Promise<string> {
    const { vpcId, aclId } = await this.defaultOf(place);
    if (name !== 'default') {
      const { NetworkAcl: created } = await place.ec2.send(new CreateNetworkAclCommand({ VpcId: vpcId }));
      return created?.NetworkAclId ?? '';
    }
    for (const Egress of [false, true])
      await place.ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId: aclId, RuleNumber: 100, Egress }));
    return aclId;
  }
}

async function associate({ ec2 }: Ec2Place, subnetId: string, NetworkAclId: string): Promise<void> {
  const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({}));
  const association = NetworkAcls.flatMap(({ Associations = [] }) => Associations).find(({ SubnetId }) => SubnetId === subnetId);
  await ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId: association?.NetworkAclAssociationId, NetworkAclId }));
}

async function openDefaultNetwork({ ec2 }: Ec2Place): Promise<DefaultNetwork> {
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }));
  const vpcId = Vpcs[0]?.VpcId ?? '';
  const inVpc = { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] };
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const GatewayId = InternetGateway?.InternetGatewayId;
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId: vpcId }));
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand(inVpc));
  await ec2.send(new CreateRouteCommand({ RouteTableId: RouteTables[0]?.RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId }));
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand(inVpc));
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand(inVpc));
  const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand(inVpc));
  return {
    vpcId,
    subnetId: Subnets[0]?.SubnetId ?? '',
    groupId: SecurityGroups.find(({ GroupName }) => GroupName === 'default')?.GroupId ?? '',
    aclId: NetworkAcls.find(({ IsDefault }) => IsDefault)?.NetworkAclId ?? '',
  };
}
