import { describe } from 'vitest';
import { done, family, items, newer, older } from './ec2-families.ts';

describe('security groups', () => {
  family('as it was', older, [
    [
      'AuthorizeSecurityGroupIngress',
      { groupId: 'sg-1', ipPermissions: {} },
      { ...done, securityGroupRuleSet: items({ groupId: 'sg-1' }) },
      '(Instance *: interfaces)',
      'SecurityGroup sg-1: ingress',
    ],
    ['AuthorizeSecurityGroupIngress', { groupName: 'web' }, null, '(Instance *: interfaces)', 'SecurityGroup *: ingress'],
    [
      'AuthorizeSecurityGroupIngress',
      { groupName: 'web' },
      { securityGroupRuleSet: items({ groupId: 'sg-1' }) },
      '(Instance *: interfaces)',
      'SecurityGroup sg-1: ingress',
    ],
    [
      'RevokeSecurityGroupIngress',
      { groupId: 'sg-1', securityGroupRuleIds: items({ securityGroupRuleId: 'sgr-1' }) },
      done,
      '(Instance *: interfaces)',
      'SecurityGroup sg-1: ingress',
    ],
    [
      'RevokeSecurityGroupIngress',
      { securityGroupRuleIds: items({ securityGroupRuleId: 'sgr-1' }) },
      done,
      '(Instance *: interfaces)',
      'SecurityGroup *: ingress',
    ],
    ['AuthorizeSecurityGroupEgress', { groupId: 'sg-1' }, done, 'SecurityGroup sg-1: egress'],
    ['RevokeSecurityGroupEgress', { groupId: 'sg-1' }, done, 'SecurityGroup sg-1: egress'],
    ['UpdateSecurityGroupRuleDescriptionsIngress', { groupId: 'sg-1' }, done, 'SecurityGroup sg-1: -'],
    ['CreateSecurityGroup', { groupName: 'web', vpcId: 'vpc-1' }, { ...done, groupId: 'sg-1' }, 'SecurityGroup sg-1'],
    ['CreateSecurityGroup', { groupName: 'web', vpcId: 'vpc-1' }, null, 'SecurityGroup *'],
    ['DeleteSecurityGroup', { groupId: 'sg-1' }, done, 'SecurityGroup sg-1 gone'],
    ['DeleteSecurityGroup', { groupName: 'web' }, done, 'SecurityGroup *'],
    ['DeleteSecurityGroup', { groupName: 'web' }, { ...done, groupId: 'sg-1' }, 'SecurityGroup sg-1 gone'],
  ]);
  family('newer', newer, [
    [
      'ModifySecurityGroupRules',
      { GroupId: 'sg-1', SecurityGroupRule: { tag: 1, SecurityGroupRuleId: 'sgr-1' } },
      { return: true },
      '(Instance *: interfaces)',
      'SecurityGroup sg-1: egress ingress',
    ],
    [
      'ModifySecurityGroupRules',
      { SecurityGroupRule: [{ tag: 1, SecurityGroupRuleId: 'sgr-1' }] },
      { return: true },
      '(Instance *: interfaces)',
      'SecurityGroup *: egress ingress',
    ],
    ['AssociateSecurityGroupVpc', { GroupId: 'sg-1', VpcId: 'vpc-1' }, { state: 'associating' }, 'SecurityGroup sg-1: -'],
    [
      'ModifyManagedPrefixList',
      { PrefixListId: 'pl-1' },
      null,
      '(Instance *: interfaces)',
      '(RouteTable *: routes)',
      '(SecurityGroup *: egress ingress)',
      '(Subnet *: routes)',
      '(VPCPeeringConnection *: peeringRoutes)',
    ],
  ]);
});

describe('network ACLs', () => {
  const entry = { networkAclId: 'acl-1', egress: false, ruleNumber: 100, portRange: {} };
  const entries = ['(Instance *: interfaces)', '(Subnet *: acl)', 'NetworkAcl acl-1: entries'];
  family('as it was', older, [
    ['CreateNetworkAcl', { vpcId: 'vpc-1' }, { networkAcl: { networkAclId: 'acl-1', vpcId: 'vpc-1' } }, 'NetworkAcl acl-1'],
    ['CreateNetworkAcl', { vpcId: 'vpc-1' }, null, 'NetworkAcl *'],
    ['CreateNetworkAclEntry', entry, done, ...entries],
    ['ReplaceNetworkAclEntry', entry, done, ...entries],
    ['DeleteNetworkAclEntry', entry, done, ...entries],
    ['DeleteNetworkAcl', { networkAclId: 'acl-1' }, done, 'NetworkAcl acl-1 gone'],
    [
      'ReplaceNetworkAclAssociation',
      { associationId: 'aclassoc-1', networkAclId: 'acl-1' },
      { newAssociationId: 'aclassoc-2' },
      '(Instance *: interfaces)',
      '(Subnet *: acl)',
      'NetworkAcl *: subnetIds',
    ],
  ]);
});

describe('routes', () => {
  const routes = ['(Instance *: interfaces)', '(Subnet *: routes)', 'RouteTable rtb-1: routes'];
  const surroundings = ['(Instance *: interfaces)', '(RouteTable *: routes)', '(Subnet *: routes)'];
  const intoPeerings = '(VPCPeeringConnection *: peeringRoutes)';
  const withPeering = (id: string) => [...routes.slice(0, 2), `(VPCPeeringConnection ${id}: peeringRoutes)`, ...routes.slice(2)];
  family('as it was', older, [
    ['CreateRouteTable', { vpcId: 'vpc-1' }, { routeTable: { routeTableId: 'rtb-1' } }, 'RouteTable rtb-1'],
    ['DeleteRouteTable', { routeTableId: 'rtb-1' }, done, intoPeerings, 'RouteTable rtb-1 gone'],
    ['CreateRoute', { routeTableId: 'rtb-1', destinationCidrBlock: '0.0.0.0/0', gatewayId: 'igw-1' }, done, ...routes],
    ['CreateRoute', { routeTableId: 'rtb-1', vpcPeeringConnectionId: 'pcx-1' }, done, ...withPeering('pcx-1')],
    ['ReplaceRoute', { routeTableId: 'rtb-1' }, done, ...withPeering('*')],
    ['DeleteRoute', { routeTableId: 'rtb-1' }, done, ...withPeering('*')],
    ['EnableVgwRoutePropagation', { routeTableId: 'rtb-1', gatewayId: 'vgw-1' }, done, ...routes],
    [
      'AssociateRouteTable',
      { routeTableId: 'rtb-1', subnetId: 'subnet-1' },
      { associationId: 'rtbassoc-1' },
      '(Instance *: interfaces)',
      '(Subnet subnet-1: routes)',
      'RouteTable rtb-1: table',
    ],
    [
      'AssociateRouteTable',
      { routeTableId: 'rtb-1', gatewayId: 'igw-1' },
      { associationId: 'rtbassoc-1' },
      '(Instance *: interfaces)',
      '(Subnet *: routes)',
      'RouteTable rtb-1: table',
    ],
    [
      'ReplaceRouteTableAssociation',
      { associationId: 'rtbassoc-1', routeTableId: 'rtb-1' },
      { newAssociationId: 'rtbassoc-2' },
      '(Instance *: interfaces)',
      '(Subnet *: routes)',
      'RouteTable *: table',
    ],
    [
      'DisassociateRouteTable',
      { associationId: 'rtbassoc-1' },
      done,
      '(Instance *: interfaces)',
      '(Subnet *: routes)',
      'RouteTable *: table',
    ],
    ['AttachInternetGateway', { internetGatewayId: 'igw-1', vpcId: 'vpc-1' }, done, ...surroundings, 'VPC vpc-1: -'],
    ['DetachInternetGateway', { internetGatewayId: 'igw-1', vpcId: 'vpc-1' }, done, ...surroundings, 'VPC vpc-1: -'],
    ['CreateInternetGateway', {}, { internetGateway: { internetGatewayId: 'igw-1' } }],
  ]);
  family('newer', newer, [
    ['DeleteEgressOnlyInternetGateway', { EgressOnlyInternetGatewayId: 'eigw-1' }, { returnCode: true }, ...surroundings],
    [
      'DeleteNatGateway',
      { NatGatewayId: 'nat-1' },
      { natGatewayId: 'nat-1' },
      '(Instance *: interfaces)',
      '(RouteTable *: routes)',
      '(SecurityGroup *: attachments)',
      '(Subnet *: routes)',
      'NetworkInterface *',
    ],
    [
      'ModifyVpcBlockPublicAccessOptions',
      { InternetGatewayBlockMode: 'off' },
      { vpcBlockPublicAccessOptions: {} },
      '(Instance *: interfaces)',
      '(Subnet *: routes)',
      'RegionSettings eu-west-1: vpcBlockPublicAccess',
    ],
  ]);
});

describe('VPCs and subnets', () => {
  const withEndpoints = [
    '(Instance *: interfaces)',
    '(RouteTable *: routes)',
    '(SecurityGroup *: attachments)',
    '(Subnet *: routes)',
    'VPC *: endpoints',
  ];
  const withVpc = ['NetworkAcl *', 'RouteTable *', 'SecurityGroup *'];
  const peering = {
    vpcPeeringConnection: {
      requesterVpcInfo: { vpcId: 'vpc-1', ownerId: '111122223333', region: 'eu-west-1' },
      accepterVpcInfo: { vpcId: 'vpc-2', ownerId: '222233334444', region: 'eu-west-1' },
    },
  };
  const withinAccount = {
    vpcPeeringConnection: { requesterVpcInfo: { vpcId: 'vpc-1' }, accepterVpcInfo: { vpcId: 'vpc-2', ownerId: '111122223333' } },
  };
  family('as it was', older, [
    ['CreateVpc', { cidrBlock: '10.0.0.0/16' }, { vpc: { vpcId: 'vpc-1' } }, ...withVpc, 'VPC vpc-1'],
    ['DeleteVpc', { vpcId: 'vpc-1' }, done, ...withVpc, 'VPC vpc-1 gone'],
    ['CreateDefaultVpc', null, { vpc: { vpcId: 'vpc-1' } }, ...withVpc, 'Subnet *', 'VPC vpc-1'],
    ['ModifyVpcAttribute', { vpcId: 'vpc-1', enableDnsSupport: { value: false } }, done, 'VPC vpc-1: -'],
    ['CreateVpcPeeringConnection', { vpcId: 'vpc-1', peerVpcId: 'vpc-2' }, peering, 'VPC vpc-1: -', 'VPCPeeringConnection *'],
    [
      'CreateVpcPeeringConnection',
      { vpcId: 'vpc-1', peerVpcId: 'vpc-2' },
      withinAccount,
      'VPC vpc-1: -',
      'VPC vpc-2: -',
      'VPCPeeringConnection *',
    ],
    ['CreateVpcPeeringConnection', { vpcId: 'vpc-1', peerVpcId: 'vpc-2' }, null, 'VPC *: -', 'VPCPeeringConnection *'],
    ['RejectVpcPeeringConnection', { vpcPeeringConnectionId: 'pcx-1' }, done, 'VPC *: -', 'VPCPeeringConnection pcx-1'],
    ['ModifyVpcPeeringConnectionOptions', { vpcPeeringConnectionId: 'pcx-1' }, done, 'VPCPeeringConnection pcx-1: -'],
    ['EnableVpcClassicLink', { vpcId: 'vpc-1' }, done, 'VPC vpc-1: -'],
    [
      'CreateSubnet',
      { vpcId: 'vpc-1' },
      { subnet: { subnetId: 'subnet-1' } },
      '(NetworkAcl *: subnetIds)',
      '(VPC vpc-1: flowLogs subnetIds)',
      'Subnet subnet-1',
    ],
    [
      'DeleteSubnet',
      { subnetId: 'subnet-1' },
      done,
      '(NetworkAcl *: subnetIds)',
      '(RouteTable *: table)',
      '(VPC *: flowLogs subnetIds)',
      'Subnet subnet-1 gone',
    ],
    ['ModifySubnetAttribute', { subnetId: 'subnet-1', mapPublicIpOnLaunch: { value: true } }, done, 'Subnet subnet-1: subnet'],
    ['DisassociateSubnetCidrBlock', { associationId: 'subnet-cidr-assoc-1' }, { subnetId: 'subnet-1' }, 'Subnet subnet-1: subnet'],
    ['DisassociateSubnetCidrBlock', { associationId: 'subnet-cidr-assoc-1' }, null, 'Subnet *: subnet'],
  ]);
  family('newer', newer, [
    [
      'AssociateVpcCidrBlock',
      { VpcId: 'vpc-1', CidrBlock: '10.1.0.0/16' },
      { vpcId: 'vpc-1' },
      '(Instance *: interfaces)',
      '(RouteTable *: routes)',
      '(Subnet *: routes)',
      '(VPCPeeringConnection *: peering)',
      'VPC vpc-1: vpc',
    ],
    ['CreateFlowLogs', { ResourceId: { tag: 1, content: 'subnet-1' } }, { flowLogIdSet: { item: 'fl-1' } }, 'VPC *: flowLogs'],
    ['DeleteFlowLogs', { FlowLogId: { tag: 1, content: 'fl-1' } }, {}, 'VPC *: flowLogs'],
    [
      'CreateVpcEndpoint',
      { VpcId: 'vpc-1', ServiceName: 'com.amazonaws.eu-west-1.s3' },
      { vpcEndpoint: { vpcEndpointId: 'vpce-1', vpcId: 'vpc-1' } },
      '(Instance *: interfaces)',
      '(RouteTable *: routes)',
      '(SecurityGroup *: attachments)',
      '(Subnet *: routes)',
      'VPC vpc-1: endpoints',
      'VPCEndpoint vpce-1',
    ],
    ['ModifyVpcEndpoint', { VpcEndpointId: 'vpce-1', PolicyDocument: '{}' }, { return: true }, ...withEndpoints, 'VPCEndpoint vpce-1'],
    [
      'DeleteVpcEndpoints',
      {
        VpcEndpointId: [
          { tag: 1, content: 'vpce-1' },
          { tag: 2, content: 'vpce-2' },
        ],
      },
      { unsuccessful: '' },
      ...withEndpoints.slice(0, 4),
      'NetworkInterface *',
      'VPC *: endpoints',
      'VPCEndpoint vpce-1',
      'VPCEndpoint vpce-2',
    ],
    [
      'AcceptVpcEndpointConnections',
      { ServiceId: 'vpce-svc-1', VpcEndpointId: { tag: 1, content: 'vpce-1' } },
      { unsuccessful: '' },
      'VPCEndpoint vpce-1: endpoint',
    ],
    ['CreateVpcEndpointServiceConfiguration', {}, { serviceConfiguration: { serviceId: 'vpce-svc-1' } }, 'VPCEndpointService vpce-svc-1'],
    [
      'ModifyVpcEndpointServiceConfiguration',
      { ServiceId: 'vpce-svc-1', AcceptanceRequired: false },
      { return: true },
      'VPCEndpointService vpce-svc-1: service',
    ],
    [
      'ModifyVpcEndpointServicePermissions',
      { ServiceId: 'vpce-svc-1', AddAllowedPrincipals: { tag: 1, content: '*' } },
      { return: true },
      'VPCEndpointService vpce-svc-1: principals',
    ],
    [
      'DeleteVpcEndpointServiceConfigurations',
      { ServiceId: { tag: 1, content: 'vpce-svc-1' } },
      { unsuccessful: '' },
      'VPCEndpointService vpce-svc-1',
    ],
  ]);
  family('as it was', older, [
    ['CreateTags', { resourcesSet: items({ resourceId: 'vpce-1' }), tagSet: items({ key: 'a' }) }, done, 'VPCEndpoint vpce-1: -'],
    [
      'CreateTags',
      { resourcesSet: items({ resourceId: 'vpce-svc-1' }), tagSet: items({ key: 'a' }) },
      done,
      'VPCEndpointService vpce-svc-1: -',
    ],
  ]);
});

describe('network interfaces and addresses', () => {
  const onMachines = '(Instance *: interfaces publicAddresses)';
  const onGroups = '(SecurityGroup *: attachments)';
  const eni = { networkInterfaceId: 'eni-1' };
  family('as it was', older, [
    [
      'CreateNetworkInterface',
      { subnetId: 'subnet-1' },
      { networkInterface: { ...eni, groupSet: items({ groupId: 'sg-1' }) } },
      '(SecurityGroup sg-1: attachments)',
      'NetworkInterface eni-1',
    ],
    ['DeleteNetworkInterface', eni, done, onGroups, 'NetworkInterface eni-1 gone'],
    [
      'AttachNetworkInterface',
      { ...eni, instanceId: 'i-1' },
      { attachmentId: 'eni-attach-1' },
      onGroups,
      'Instance i-1: interfaces publicAddresses',
      'NetworkInterface eni-1',
    ],
    ['DetachNetworkInterface', { attachmentId: 'eni-attach-1' }, done, onMachines, onGroups, 'NetworkInterface *'],
    [
      'ModifyNetworkInterfaceAttribute',
      { ...eni, groupSet: items({ groupId: 'sg-2' }) },
      done,
      onMachines,
      onGroups,
      'NetworkInterface eni-1',
    ],
    [
      'AssociateAddress',
      { instanceId: 'i-1', allocationId: 'eipalloc-1' },
      done,
      onGroups,
      'Instance i-1: interfaces publicAddresses',
      'NetworkInterface *',
    ],
    [
      'AssociateAddress',
      { ...eni, allocationId: 'eipalloc-1' },
      done,
      onGroups,
      'Instance *: interfaces publicAddresses',
      'NetworkInterface eni-1',
    ],
    ['DisassociateAddress', { associationId: 'eipassoc-1' }, done, onMachines, onGroups, 'NetworkInterface *'],
    ['ReleaseAddress', { allocationId: 'eipalloc-1' }, done, onMachines, onGroups, 'NetworkInterface *'],
    ['AllocateAddress', { domain: 'vpc' }, { allocationId: 'eipalloc-1' }],
  ]);
});
