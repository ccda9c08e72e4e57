import type { ChangeEvents } from '../events/changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import type { VpcEndpointFacets } from './vpc-endpoint.ts';

const at = idsOf('vpce');

export const vpcEndpointChanges: readonly ChangeEvents<keyof VpcEndpointFacets>[] = [
  { source: EC2, names: ['CreateVpcEndpoint'], ids: at('response.vpcEndpoint.vpcEndpointId') },
  { source: EC2, names: ['ModifyVpcEndpoint', 'DeleteVpcEndpoints'], ids: at('request.vpcEndpointId') },
  // The owner of the service decides; of endpoints of other accounts their own trails tell nothing.
  {
    source: EC2,
    names: ['AcceptVpcEndpointConnections', 'RejectVpcEndpointConnections'],
    facets: ['endpoint'],
    ids: at('request.vpcEndpointId'),
  },
  { ...tagChanges('vpce'), ids: [{ at: 'request.resourcesSet.resourceId', as: toEndpointId }] },
];

/** Ids of endpoint services begin as those of endpoints do. */
function toEndpointId(found: string): string | undefined {
  return found.startsWith('vpce-') && !found.startsWith('vpce-svc-') ? found : undefined;
}
