import type { ServiceConfiguration } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import { describeVpcEndpointServiceConfigurations, describeVpcEndpointServicePermissions } from './network-calls.ts';
import { vpcEndpointServiceChanges } from './vpc-endpoint-service-changes.ts';
import type { Wanted } from './wanted.ts';

/** A service of the account's own, behind its load balancers, that other VPCs reach by endpoints (AWS PrivateLink). */
export interface VpcEndpointServiceFacets {
  readonly service: EndpointService;
  /** ARNs of accounts, users and roles that may ask for a connection; `*`: everybody. Its own account always may. */
  readonly principals: Iterable<string>;
}

export interface EndpointService {
  /** `com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0`. */
  readonly name: string;
  /** Somebody must accept each connection before anything passes. */
  readonly asksFirst: boolean;
}

const SOURCE = 'ec2:DescribeVpcEndpointServiceConfigurations';

export const vpcEndpointServices = defineReader<'AWS::EC2::VPCEndpointService', Described<ServiceConfiguration>>({
  type: 'AWS::EC2::VPCEndpointService',
  scope: 'regional',
  changes: vpcEndpointServiceChanges,
  list: { calls: [describeVpcEndpointServiceConfigurations], read: (place) => listServices(place, 'all') },
  only: {
    calls: [describeVpcEndpointServiceConfigurations],
    read: (place, ids) => describedOnly(place, ids, 'service-id', listServices),
  },
  identify: identifyAs('vpc-endpoint-service'),
  facets: {
    service: { calls: [], read: ({ detail }) => toService(detail) },
    principals: { calls: [describeVpcEndpointServicePermissions], read: ({ id }, place) => readPrincipals(id, place) },
  },
});

/** Only its owner sees a service's configuration. */
async function listServices(place: Place, wanted: Wanted): Promise<Listed<Described<ServiceConfiguration>>> {
  const configurations = await describeVpcEndpointServiceConfigurations(place, wanted);
  return toListed(configurations, (one) => toDescribed(SOURCE, one.ServiceId, place.scope.accountId, one));
}

function toService({ ServiceName, AcceptanceRequired }: ServiceConfiguration): EndpointService {
  if (ServiceName === undefined || AcceptanceRequired === undefined) throw malformed(SOURCE, 'a service is incomplete');
  return { name: ServiceName, asksFirst: AcceptanceRequired };
}

async function readPrincipals(serviceId: string, place: Place): Promise<Listed<string>> {
  return toListed(await describeVpcEndpointServicePermissions(place, { serviceId }), ({ Principal }) => {
    if (Principal === undefined) throw malformed('ec2:DescribeVpcEndpointServicePermissions', 'a permission names nobody');
    return Principal;
  });
}
