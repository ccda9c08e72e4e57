import type { ChangeEvents } from '../events/changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import { ADDRESS_CHANGES, MACHINE_CHANGES, NAT_CHANGES } from './network-changes.ts';
import type { NetworkInterfaceFacets } from './network-interface.ts';

const at = idsOf('eni');

export const networkInterfaceChanges: readonly ChangeEvents<keyof NetworkInterfaceFacets>[] = [
  { source: EC2, names: ['CreateNetworkInterface'], ids: at('response.networkInterface.networkInterfaceId') },
  { source: EC2, names: ['DeleteNetworkInterface'], ids: at('request.networkInterfaceId'), deletes: true },
  {
    source: EC2,
    names: [
      'AttachNetworkInterface',
      'ModifyNetworkInterfaceAttribute',
      'AssignPrivateIpAddresses',
      'UnassignPrivateIpAddresses',
      'AssignIpv6Addresses',
      'UnassignIpv6Addresses',
    ],
    ids: at('request.networkInterfaceId'),
  },
  { source: EC2, names: ['ResetNetworkInterfaceAttribute'], ids: at('request.networkInterfaceId'), facets: [] },
  // Of an address that is given to a machine, the interface is not told.
  { source: EC2, names: ['AssociateAddress'], ids: at('request.networkInterfaceId') },
  { source: EC2, names: ['DetachNetworkInterface', ...ADDRESS_CHANGES] },
  { source: EC2, names: ['RunInstances'], ids: at('response.instancesSet.networkInterfaceSet.networkInterfaceId') },
  { source: EC2, names: ['CreateVpcEndpoint'], ids: at('response.vpcEndpoint.networkInterfaceIdSet'), onlyIfTold: true },
  { source: EC2, names: ['DeleteVpcEndpoints', ...NAT_CHANGES, ...MACHINE_CHANGES] },
  // An interface takes its groups from the machine.
  { source: EC2, names: ['ModifyInstanceAttribute'], indirect: true },
  tagChanges('eni'),
];
