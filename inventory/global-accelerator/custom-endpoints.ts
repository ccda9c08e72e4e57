import type { CustomRoutingEndpointGroup } from '@aws-sdk/client-global-accelerator';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { toListing } from '../ec2/listing.ts';
import type { Listed } from '../facet.ts';
import { noData } from '../no-data.ts';
import { joined, toListed, unreadList } from '../partial.ts';
import { type AcceleratedEndpoint, enabledAmong, type NamedAccelerator, toPortRange, transportOf } from './accelerated-endpoint.ts';
import { listCustomRoutingAccelerators, listCustomRoutingEndpointGroups, listCustomRoutingListeners } from './calls.ts';

const LISTENERS = 'globalaccelerator:ListCustomRoutingListeners';
const GROUPS = 'globalaccelerator:ListCustomRoutingEndpointGroups';

/**
 * The subnets of the region to whose addresses custom routing accelerators send, always with the client's address. Each address and port must have been allowed
 * first (AllowCustomRoutingTraffic): whether one was is not read.
 */
export async function readCustomEndpoints(place: Place, groupIds: readonly string[]): Promise<Listed<AcceleratedEndpoint>> {
  const all = await toListing(listCustomRoutingAccelerators(place));
  const accelerators = enabledAmong(all, 'globalaccelerator:ListCustomRoutingAccelerators');
  const each = accelerators.known.map((accelerator) => endpointsOf(accelerator, groupIds, place));
  return joined(await Promise.all(each), accelerators.unread);
}

async function endpointsOf(accelerator: NamedAccelerator, groupIds: readonly string[], place: Place): Promise<Listed<AcceleratedEndpoint>> {
  const listeners = await toListing(listCustomRoutingListeners(place, { acceleratorArn: accelerator.arn }));
  const each = listeners.known.map(async ({ ListenerArn: listenerArn }) => {
    if (listenerArn === undefined) return unreadList<AcceleratedEndpoint>(malformed(LISTENERS, 'a listener has no ARN').reason);
    const groups = await toListing(listCustomRoutingEndpointGroups(place, { listenerArn }));
    const here = groups.filter(({ EndpointGroupRegion: region }) => region === undefined || region === place.scope.region);
    return joined(
      here.known.map((group) => endpointsIn(group, accelerator, groupIds)),
      here.unread,
    );
  });
  return joined(await Promise.all(each), listeners.unread);
}

function endpointsIn(
  { EndpointGroupRegion, DestinationDescriptions, EndpointDescriptions }: CustomRoutingEndpointGroup,
  { name, families }: NamedAccelerator,
  groupIds: readonly string[],
): Listed<AcceleratedEndpoint> {
  const subnets = EndpointDescriptions ?? [{ EndpointId: undefined }];
  const pairs = subnets.flatMap(({ EndpointId }) => (DestinationDescriptions ?? [undefined]).map((to) => ({ EndpointId, to })));
  const clients = unreadList<string>(noData(GROUPS, 'what a custom routing accelerator is allowed to send to is not read').reason);
  return toListed(pairs, ({ EndpointId: endpoint, to }) => {
    if (EndpointGroupRegion === undefined || endpoint === undefined || to?.Protocols === undefined)
      throw malformed(GROUPS, 'an endpoint group is incomplete');
    return {
      endpoint,
      accelerator: { name, families, groupIds, clients, keepsClientAddress: true },
      ports: [toPortRange(to, GROUPS)],
      transports: to.Protocols.map((protocol) => transportOf(protocol, GROUPS)),
    };
  });
}
