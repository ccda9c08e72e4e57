/**
 * Names of EC2's events by what they change for others: for the subnets that a route table or a network ACL holds in, for the instances behind a security
 * group. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html
 */

/** The entries of prefix lists, which rules and routes stand for. */
export const PREFIX_LIST_CHANGES = ['ModifyManagedPrefixList', 'RestoreManagedPrefixListVersion'] as const;

/** Routes lead nowhere without what they lead to, and lead there again once it is back. */
const ROUTE_TARGET_CHANGES = [
  'AttachInternetGateway',
  'DetachInternetGateway',
  'DeleteEgressOnlyInternetGateway',
  'DeleteNatGateway',
  'AcceptVpcPeeringConnection',
  'DeleteVpcPeeringConnection',
  'AttachVpnGateway',
  'DetachVpnGateway',
  'AcceptTransitGatewayVpcAttachment',
  'DeleteTransitGatewayVpcAttachment',
  'DeleteCarrierGateway',
] as const;

/** Endpoints of the gateway kind are routes to a service. */
const ENDPOINT_CHANGES = ['CreateVpcEndpoint', 'ModifyVpcEndpoint', 'DeleteVpcEndpoints'] as const;

/** A VPC's addresses are local routes in all of its tables. */
export const VPC_ADDRESS_CHANGES = ['AssociateVpcCidrBlock', 'DisassociateVpcCidrBlock'] as const;

/** What the tables' routes lead to, without a word about any table. */
export const ROUTE_SURROUNDINGS = [...ROUTE_TARGET_CHANGES, ...ENDPOINT_CHANGES, ...VPC_ADDRESS_CHANGES, ...PREFIX_LIST_CHANGES] as const;

/** The routes that hold in subnets. A new table holds nowhere yet, and one that holds somewhere cannot be deleted. */
export const SUBNET_ROUTE_CHANGES = [
  'CreateRoute',
  'ReplaceRoute',
  'DeleteRoute',
  'DisassociateRouteTable',
  'ReplaceRouteTableAssociation',
  'EnableVgwRoutePropagation',
  'DisableVgwRoutePropagation',
  'ModifyVpcBlockPublicAccessOptions',
  'CreateVpcBlockPublicAccessExclusion',
  'ModifyVpcBlockPublicAccessExclusion',
  'DeleteVpcBlockPublicAccessExclusion',
  ...ROUTE_SURROUNDINGS,
] as const;

/** The network ACLs that hold in subnets. */
export const SUBNET_ACL_CHANGES = [
  'CreateNetworkAclEntry',
  'ReplaceNetworkAclEntry',
  'DeleteNetworkAclEntry',
  'ReplaceNetworkAclAssociation',
] as const;

/** Rules of security groups that let something in. */
export const INGRESS_RULE_CHANGES = [
  'AuthorizeSecurityGroupIngress',
  'RevokeSecurityGroupIngress',
  'ModifySecurityGroupRules',
  ...PREFIX_LIST_CHANGES,
] as const;

/** Addresses of interfaces, which these events name by an allocation, an association or a machine. */
export const ADDRESS_CHANGES = ['DisassociateAddress', 'ReleaseAddress'] as const;

/** Interfaces are made, given public addresses and done away with as machines come, go, start and stop. */
export const MACHINE_CHANGES = ['StartInstances', 'StopInstances', 'TerminateInstances'] as const;

/** Addresses that go with a NAT gateway's interfaces. */
export const NAT_CHANGES = [
  'CreateNatGateway',
  'DeleteNatGateway',
  'AssociateNatGatewayAddress',
  'DisassociateNatGatewayAddress',
  'AssignPrivateNatGatewayAddress',
  'UnassignPrivateNatGatewayAddress',
] as const;
