import { AUTO_SCALING, GROUP_LIFE_CHANGES } from '../autoscaling/group-changes.ts';
import type { ChangeEvents } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import { ACCELERATOR_CHANGES, acceleratorInterface, GLOBAL_ACCELERATOR } from '../global-accelerator/accelerator-changes.ts';
import { ELB, WAY_CHANGES } from '../load-balancing/load-balancer-changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import { IMAGE_LIFE_CHANGES } from './image-changes.ts';
import type { InstanceFacets } from './instance.ts';
import { ADDRESS_CHANGES, INGRESS_RULE_CHANGES, SUBNET_ACL_CHANGES, SUBNET_ROUTE_CHANGES } from './network-changes.ts';

const SSM = 'ssm.amazonaws.com';
const at = idsOf('i');

/**
 * SSM Agent reports the operating system every five minutes (UpdateInstanceInformation): that is no change, and one event for each machine and each report
 * would be dear. Patch Manager reports what it found as inventory.
 */
export const instanceChanges: readonly ChangeEvents<keyof InstanceFacets>[] = [
  { source: EC2, names: ['RunInstances'], ids: at('response.instancesSet.instanceId') },
  { source: EC2, names: ['CreateFleet'], ids: at('response.fleetInstanceSet.instanceIds'), onlyIfTold: true },
  {
    source: EC2,
    names: ['StartInstances', 'StopInstances'],
    ids: at('request.instancesSet.instanceId'),
    facets: ['instance', 'interfaces', 'publicAddresses'],
  },
  { source: EC2, names: ['RebootInstances'], ids: at('request.instancesSet.instanceId'), facets: ['instance'] },
  { source: EC2, names: ['TerminateInstances'], ids: at('request.instancesSet.instanceId'), deletes: true },
  { source: EC2, names: ['BidEvictedEvent'], ids: at('serviceDetails.instanceIdSet'), byService: true },
  { source: EC2, names: ['ModifyInstanceAttribute'], ids: at('request.instanceId'), facets: ['instance', 'interfaces'] },
  {
    source: EC2,
    names: [
      'ResetInstanceAttribute',
      'MonitorInstances',
      'UnmonitorInstances',
      'ModifyInstancePlacement',
      'ModifyInstanceCpuOptions',
      'ModifyInstanceMaintenanceOptions',
      'ModifyInstanceNetworkPerformanceOptions',
    ],
    ids: at('request.instanceId', 'request.instancesSet.instanceId'),
    facets: [],
  },
  { source: EC2, names: ['ModifyInstanceMetadataOptions'], ids: at('request.instanceId'), facets: ['metadataOptions'] },
  {
    source: EC2,
    names: ['AssociateIamInstanceProfile', 'DisassociateIamInstanceProfile', 'ReplaceIamInstanceProfileAssociation'],
    ids: at('request.instanceId', 'response.iamInstanceProfileAssociation.instanceId'),
    facets: ['instance'],
  },
  {
    source: EC2,
    names: ['CreateReplaceRootVolumeTask'],
    ids: at('request.instanceId', 'response.replaceRootVolumeTask.instanceId'),
    facets: ['instance', 'image', 'newerImage'],
  },
  {
    source: EC2,
    names: ['AttachNetworkInterface', 'AttachClassicLinkVpc', 'DetachClassicLinkVpc'],
    ids: at('request.instanceId'),
    facets: ['interfaces', 'publicAddresses'],
  },
  // Of an address that is given to an interface, the machine is not told.
  { source: EC2, names: ['AssociateAddress'], ids: at('request.instanceId'), facets: ['interfaces', 'publicAddresses'] },
  // They name an attachment, an interface or an address.
  {
    source: EC2,
    names: [
      'DetachNetworkInterface',
      'ModifyNetworkInterfaceAttribute',
      'AssignPrivateIpAddresses',
      'UnassignPrivateIpAddresses',
      'AssignIpv6Addresses',
      'UnassignIpv6Addresses',
      ...ADDRESS_CHANGES,
    ],
    facets: ['interfaces', 'publicAddresses'],
    indirect: true,
  },
  {
    source: EC2,
    names: [...new Set(['AssociateRouteTable', ...INGRESS_RULE_CHANGES, ...SUBNET_ACL_CHANGES, ...SUBNET_ROUTE_CHANGES])],
    facets: ['interfaces'],
    indirect: true,
  },
  // Other targets are addresses, and load balancers behind which are more.
  {
    source: ELB,
    names: ['RegisterTargets', 'DeregisterTargets', 'RegisterInstancesWithLoadBalancer', 'DeregisterInstancesFromLoadBalancer'],
    ids: at('request.targets.id', 'request.instances.instanceId'),
    facets: ['interfaces'],
    indirect: true,
  },
  { source: ELB, names: [...WAY_CHANGES], facets: ['interfaces'], indirect: true },
  { source: GLOBAL_ACCELERATOR, names: [...ACCELERATOR_CHANGES], facets: ['interfaces'], indirect: true },
  {
    source: EC2,
    names: ['CreateNetworkInterface'],
    ids: acceleratorInterface,
    facets: ['interfaces'],
    indirect: true,
    onlyIfTold: true,
  },
  { source: EC2, names: [...IMAGE_LIFE_CHANGES], facets: ['image', 'newerImage', 'rebuild'], indirect: true },
  {
    source: EC2,
    names: ['CreateLaunchTemplateVersion', 'ModifyLaunchTemplate', 'DeleteLaunchTemplateVersions', 'DeleteLaunchTemplate'],
    facets: ['rebuild'],
    indirect: true,
  },
  { source: AUTO_SCALING, names: [...GROUP_LIFE_CHANGES], facets: ['rebuild'], indirect: true },
  { source: SSM, names: ['PutInventory'], ids: [{ at: 'request.instanceId', as: patched }], facets: ['patchState'] },
  tagChanges('i'),
];

/** A machine of EC2 of which Patch Manager reports (`AWS:PatchSummary`; amazon-ssm-agent, AWS-RunPatchBaseline). */
function patched(instanceId: string, { request }: CloudTrailEvent): string | undefined {
  const items = request.at('items').list.map((item) => item.at('typeName').text);
  const mayTell = items.length === 0 || items.some((type) => type === undefined || type === 'AWS:PatchSummary');
  return instanceId.startsWith('i-') && mayTell ? instanceId : undefined;
}
