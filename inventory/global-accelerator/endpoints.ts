import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Place } from '../call.ts';
import { describeNetworkInterfaces } from '../ec2/calls.ts';
import { toListing } from '../ec2/listing.ts';
import { oncePer } from '../ec2/once-per.ts';
import type { Wanted } from '../ec2/wanted.ts';
import { Listed } from '../facet.ts';
import { describeLoadBalancers } from '../load-balancing/calls.ts';
import { joined } from '../partial.ts';
import type { Scope } from '../resource.ts';
import type { AcceleratedEndpoint } from './accelerated-endpoint.ts';
import {
  listAccelerators,
  listCrossAccountAttachments,
  listCustomRoutingAccelerators,
  listCustomRoutingEndpointGroups,
  listCustomRoutingListeners,
  listEndpointGroups,
  listListeners,
} from './calls.ts';
import { readCustomEndpoints } from './custom-endpoints.ts';
import { readForeignEndpoints } from './foreign-endpoints.ts';
import { readStandardEndpoints } from './standard-endpoints.ts';

export const acceleratorCalls = [
  describeNetworkInterfaces,
  describeLoadBalancers,
  listAccelerators,
  listListeners,
  listEndpointGroups,
  listCustomRoutingAccelerators,
  listCustomRoutingListeners,
  listCustomRoutingEndpointGroups,
  listCrossAccountAttachments,
];

const MANAGED = 'global_accelerator_managed';

/**
 * Everything in the region that accelerators lead to. Accelerators are asked for only where one can have been made: to send on with the client's address it needs
 * an interface in the endpoint's subnet ("Best practices for ENIs and security groups", AWS Global Accelerator Developer Guide). Without the client's address
 * it sends to load balancers only, of which those that face the internet are judged as such and inner ones are of the kind `network`.
 */
export function readEndpoints(place: Place, wanted: Wanted): Promise<Listed<AcceleratedEndpoint>> {
  return endpointsIn(place.scope, place, wanted);
}

const endpointsIn = oncePer(async (_scope: Scope, place: Place, wanted: Wanted): Promise<Listed<AcceleratedEndpoint>> => {
  const { known, unread } = await readManagedInterfaces(place, wanted);
  if (known.length === 0 && !(await hasInnerNetworkBalancer(place))) return new Listed<AcceleratedEndpoint>([], unread);
  const groupIds = [...new Set(known.flatMap(({ Groups = [] }) => Groups.flatMap(({ GroupId }) => GroupId ?? [])))];
  return joined(
    await Promise.all([
      readStandardEndpoints(place, groupIds),
      readCustomEndpoints(place, groupIds),
      readForeignEndpoints(place, groupIds),
    ]),
    unread,
  );
});

/** Those of the region that Global Accelerator has made. A look at single instances does not read all interfaces for them. */
async function readManagedInterfaces(place: Place, wanted: Wanted): Promise<Listed<NetworkInterface>> {
  const asked: Wanted = wanted === 'all' ? wanted : { filter: 'interface-type', values: [MANAGED] };
  return (await toListing(describeNetworkInterfaces(place, asked))).filter(({ InterfaceType }) => InterfaceType === MANAGED);
}

async function hasInnerNetworkBalancer(place: Place): Promise<boolean> {
  const { known } = await toListing(describeLoadBalancers(place));
  return known.some(({ Scheme, Type }) => Scheme === 'internal' && Type === 'network');
}
