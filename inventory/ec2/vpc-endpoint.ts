import type { ServiceDetail, VpcEndpoint } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { noData } from '../no-data.ts';
import { toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import { groupedBy, toListing } from './listing.ts';
import { describeVpcEndpointServices, describeVpcEndpoints } from './network-calls.ts';
import { vpcEndpointChanges } from './vpc-endpoint-changes.ts';
import type { Wanted } from './wanted.ts';

export interface VpcEndpointFacets {
  readonly endpoint: OwnEndpoint;
  /** What may be done through it, by whom; `undefined` for kinds that have none. A policy that nobody wrote lets everybody do everything. */
  readonly policy: PolicyDocument | undefined;
  /** Whether its service heeds a policy. */
  readonly takesPolicy: boolean;
}

export interface VpcEndpointProperties {
  readonly id: string;
  /** `com.amazonaws.eu-west-1.s3`. */
  readonly serviceName: string;
  /** `Gateway`, `Interface`, `GatewayLoadBalancer`, `Resource` or `ServiceNetwork`. */
  readonly kind: string;
  /** Whether it works: neither waits to be accepted nor was refused, is going or has failed. */
  readonly available: boolean;
  /** Of the gateway kind: the tables that send the service's addresses to it. */
  readonly routeTableIds: readonly string[];
}

/** An endpoint with what matters of it alone. */
export interface OwnEndpoint extends VpcEndpointProperties {
  /** Deleted, refused by the owner of the service, or failed: nothing passes through it. */
  readonly isGone: boolean;
  /** An AWS service made it and alone can change it. */
  readonly isManaged: boolean;
}

const SOURCE = 'ec2:DescribeVpcEndpoints';

export const vpcEndpoints = defineReader<'AWS::EC2::VPCEndpoint', Described<VpcEndpoint>>({
  type: 'AWS::EC2::VPCEndpoint',
  scope: 'regional',
  changes: vpcEndpointChanges,
  list: { calls: [describeVpcEndpoints], read: (place) => listEndpoints(place, 'all') },
  only: { calls: [describeVpcEndpoints], read: (place, ids) => describedOnly(place, ids, 'vpc-endpoint-id', listEndpoints) },
  identify: identifyAs('vpc-endpoint'),
  facets: {
    endpoint: { calls: [], read: ({ detail }) => toOwnEndpoint(detail) },
    policy: {
      calls: [],
      read: ({ detail: { PolicyDocument: text } }) => (text === undefined || text === '' ? undefined : toPolicyDocument(text, SOURCE)),
    },
    takesPolicy: { calls: [describeVpcEndpointServices], read: ({ detail }, place) => readPolicySupport(detail.ServiceName ?? '', place) },
  },
});

async function listEndpoints(place: Place, wanted: Wanted): Promise<Listed<Described<VpcEndpoint>>> {
  return toListed(await describeVpcEndpoints(place, wanted), (one) => toDescribed(SOURCE, one.VpcEndpointId, one.OwnerId, one));
}

const servicesByName = groupedBy(({ ServiceName }: ServiceDetail) => [ServiceName]);

/** A service may be there twice: S3 by either kind of endpoint. */
async function readPolicySupport(serviceName: string, place: Place): Promise<boolean> {
  const found = servicesByName(await describeVpcEndpointServices(place), serviceName);
  const [first] = found;
  if (first) return found.known.some(({ VpcEndpointPolicySupported }) => VpcEndpointPolicySupported === true);
  throw noData('ec2:DescribeVpcEndpointServices', `there is no ${serviceName}`);
}

const GONE = new Set(['deleting', 'deleted', 'rejected', 'failed', 'expired']);

function toOwnEndpoint(endpoint: VpcEndpoint): OwnEndpoint {
  const isGone = GONE.has(endpoint.State?.toLowerCase() ?? '');
  return { ...toProperties(endpoint), isGone, isManaged: endpoint.RequesterManaged === true };
}

const endpointsByVpc = groupedBy(({ VpcId }: VpcEndpoint) => [VpcId]);

/** The endpoints in a VPC. */
export async function readEndpoints(vpcId: string, place: Place): Promise<Listed<VpcEndpointProperties>> {
  return toListed(endpointsByVpc(await toListing(describeVpcEndpoints(place, 'all')), vpcId), toProperties);
}

/** EC2 writes states in either case. */
function toProperties({ VpcEndpointId, ServiceName = '', VpcEndpointType, State, RouteTableIds = [] }: VpcEndpoint): VpcEndpointProperties {
  if (VpcEndpointId === undefined || VpcEndpointType === undefined || State === undefined) {
    throw malformed(SOURCE, 'an endpoint is incomplete');
  }
  const available = State.toLowerCase() === 'available';
  return { id: VpcEndpointId, serviceName: ServiceName, kind: VpcEndpointType, available, routeTableIds: RouteTableIds };
}
