import type { ChangeEvents } from '../events/changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import { ADDRESS_CHANGES, MACHINE_CHANGES, NAT_CHANGES, PREFIX_LIST_CHANGES } from './network-changes.ts';
import type { SecurityGroupFacets } from './security-group.ts';

const at = idsOf('sg');
/** A group of a default VPC may be named instead: then it may be any. */
const group = at('request.groupId', 'response.securityGroupRuleSet.groupId');

export const securityGroupChanges: readonly ChangeEvents<keyof SecurityGroupFacets>[] = [
  { source: EC2, names: ['AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress'], ids: group, facets: ['ingress'] },
  { source: EC2, names: ['AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupEgress'], ids: group, facets: ['egress'] },
  { source: EC2, names: ['ModifySecurityGroupRules'], ids: group, facets: ['ingress', 'egress'] },
  {
    source: EC2,
    names: [
      'UpdateSecurityGroupRuleDescriptionsIngress',
      'UpdateSecurityGroupRuleDescriptionsEgress',
      'AssociateSecurityGroupVpc',
      'DisassociateSecurityGroupVpc',
    ],
    ids: group,
    facets: [],
  },
  { source: EC2, names: ['CreateSecurityGroup'], ids: at('response.groupId') },
  { source: EC2, names: ['DeleteSecurityGroup'], ids: at('request.groupId', 'response.groupId'), deletes: true },
  // Each VPC comes and goes with its default group.
  { source: EC2, names: ['CreateVpc', 'CreateDefaultVpc', 'DeleteVpc'] },
  { source: EC2, names: [...PREFIX_LIST_CHANGES], facets: ['ingress', 'egress'], indirect: true },
  {
    source: EC2,
    names: ['RunInstances'],
    ids: at('response.instancesSet.networkInterfaceSet.groupSet.groupId'),
    facets: ['attachments'],
    indirect: true,
  },
  {
    source: EC2,
    names: ['CreateNetworkInterface'],
    ids: at('response.networkInterface.groupSet.groupId'),
    facets: ['attachments'],
    indirect: true,
  },
  {
    source: EC2,
    names: [
      'ModifyInstanceAttribute',
      'ModifyNetworkInterfaceAttribute',
      'DeleteNetworkInterface',
      'AttachNetworkInterface',
      'DetachNetworkInterface',
      'AssignIpv6Addresses',
      'UnassignIpv6Addresses',
      'UnassignPrivateIpAddresses',
      'AssociateAddress',
      'CreateVpcEndpoint',
      'ModifyVpcEndpoint',
      'DeleteVpcEndpoints',
      ...ADDRESS_CHANGES,
      ...MACHINE_CHANGES,
      ...NAT_CHANGES,
    ],
    facets: ['attachments'],
    indirect: true,
  },
  tagChanges('sg'),
];
