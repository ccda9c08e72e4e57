import type { ChangeEvents, IdPath } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import { isElsewhere } from '../events/is-elsewhere.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import type { VpcFacets } from './vpc.ts';

const at = idsOf('vpc');

export const vpcChanges: readonly ChangeEvents<keyof VpcFacets>[] = [
  { source: EC2, names: ['CreateVpc', 'CreateDefaultVpc'], ids: at('response.vpc.vpcId') },
  { source: EC2, names: ['DeleteVpc'], ids: at('request.vpcId'), deletes: true },
  { source: EC2, names: ['AssociateVpcCidrBlock'], ids: at('request.vpcId'), facets: ['vpc'] },
  { source: EC2, names: ['DisassociateVpcCidrBlock'], ids: at('response.vpcId'), facets: ['vpc'] },
  {
    source: EC2,
    names: [
      'ModifyVpcAttribute',
      'ModifyVpcTenancy',
      'AssociateDhcpOptions',
      'AttachInternetGateway',
      'DetachInternetGateway',
      'AttachVpnGateway',
      'DetachVpnGateway',
      'EnableVpcClassicLink',
      'DisableVpcClassicLink',
      'AttachClassicLinkVpc',
      'DetachClassicLinkVpc',
    ],
    ids: at('request.vpcId'),
    facets: [],
  },
  {
    source: EC2,
    names: ['CreateVpcPeeringConnection', 'AcceptVpcPeeringConnection'],
    ids: ['requesterVpcInfo', 'accepterVpcInfo'].map(ownSide),
    facets: [],
  },
  { source: EC2, names: ['RejectVpcPeeringConnection', 'DeleteVpcPeeringConnection'], facets: [] },
  // Flow logs have ids of their own, and may be of subnets.
  { source: EC2, names: ['CreateFlowLogs', 'DeleteFlowLogs'], facets: ['flowLogs'] },
  { source: EC2, names: ['CreateVpcEndpoint'], ids: at('request.vpcId', 'response.vpcEndpoint.vpcId'), facets: ['endpoints'] },
  { source: EC2, names: ['ModifyVpcEndpoint', 'DeleteVpcEndpoints'], facets: ['endpoints'] },
  {
    source: EC2,
    names: ['CreateSubnet'],
    ids: at('request.vpcId', 'response.subnet.vpcId'),
    facets: ['flowLogs', 'subnetIds'],
    indirect: true,
  },
  { source: EC2, names: ['CreateDefaultSubnet', 'DeleteSubnet'], facets: ['flowLogs', 'subnetIds'], indirect: true },
  tagChanges('vpc'),
];

/** One of the two VPCs of a peering, if it is of the account and region of the event. */
function ownSide(side: string): IdPath {
  const as = (found: string, event: CloudTrailEvent): string | undefined => {
    const vpc = event.response.at('vpcPeeringConnection', side);
    const place = { accountId: vpc.at('ownerId').text, region: vpc.at('region').text };
    return isElsewhere(event, place) ? undefined : found;
  };
  return { at: `response.vpcPeeringConnection.${side}.vpcId`, as };
}
