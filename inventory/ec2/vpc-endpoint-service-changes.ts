import type { ChangeEvents } from '../events/changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import type { VpcEndpointServiceFacets } from './vpc-endpoint-service.ts';

const at = idsOf('vpce-svc');
const service = at('request.serviceId');

export const vpcEndpointServiceChanges: readonly ChangeEvents<keyof VpcEndpointServiceFacets>[] = [
  { source: EC2, names: ['CreateVpcEndpointServiceConfiguration'], ids: at('response.serviceConfiguration.serviceId') },
  { source: EC2, names: ['DeleteVpcEndpointServiceConfigurations'], ids: service },
  { source: EC2, names: ['ModifyVpcEndpointServiceConfiguration'], ids: service, facets: ['service'] },
  { source: EC2, names: ['ModifyVpcEndpointServicePermissions'], ids: service, facets: ['principals'] },
  {
    source: EC2,
    names: ['ModifyVpcEndpointServicePayerResponsibility', 'StartVpcEndpointServicePrivateDnsVerification'],
    ids: service,
    facets: [],
  },
  tagChanges('vpce-svc'),
];
