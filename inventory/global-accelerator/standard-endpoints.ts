import type { EndpointDescription, EndpointGroup, Listener, PortOverride } from '@aws-sdk/client-global-accelerator';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { toListing } from '../ec2/listing.ts';
import type { PortRange } from '../ec2/network.ts';
import { Listed } from '../facet.ts';
import { EVERYBODY } from '../load-balancing/sendings.ts';
import { noData } from '../no-data.ts';
import { joined, toListed, unreadList } from '../partial.ts';
import { type AcceleratedEndpoint, enabledAmong, type NamedAccelerator, toPortRange, transportOf } from './accelerated-endpoint.ts';
import { listAccelerators, listEndpointGroups, listListeners } from './calls.ts';

const LISTENERS = 'globalaccelerator:ListListeners';
const GROUPS = 'globalaccelerator:ListEndpointGroups';

/** What the account's own accelerators send to in the region, healthy or not. */
export async function readStandardEndpoints(place: Place, groupIds: readonly string[]): Promise<Listed<AcceleratedEndpoint>> {
  const accelerators = enabledAmong(await toListing(listAccelerators(place)), 'globalaccelerator:ListAccelerators');
  const each = accelerators.known.map((accelerator) => endpointsOf(accelerator, groupIds, place));
  return joined(await Promise.all(each), accelerators.unread);
}

async function endpointsOf(accelerator: NamedAccelerator, groupIds: readonly string[], place: Place): Promise<Listed<AcceleratedEndpoint>> {
  const { arn: acceleratorArn } = accelerator;
  const listeners = await toListing(listListeners(place, { acceleratorArn }));
  const each = listeners.known.map(async (listener) => {
    const { ListenerArn: listenerArn } = listener;
    if (listenerArn === undefined) return unreadList<AcceleratedEndpoint>(malformed(LISTENERS, 'a listener has no ARN').reason);
    const groups = await toListing(listEndpointGroups(place, { listenerArn }));
    const here = groups.filter(
      ({ EndpointGroupRegion }) => EndpointGroupRegion === undefined || EndpointGroupRegion === place.scope.region,
    );
    return joined(
      here.known.map((group) => endpointsIn(group, listener, accelerator, groupIds)),
      here.unread,
    );
  });
  return joined(await Promise.all(each), listeners.unread);
}

function endpointsIn(
  group: EndpointGroup,
  { Protocol, PortRanges }: Listener,
  { name, families }: NamedAccelerator,
  groupIds: readonly string[],
): Listed<AcceleratedEndpoint> {
  const { EndpointGroupRegion, EndpointDescriptions, PortOverrides = [] } = group;
  return toListed(EndpointDescriptions ?? [undefined], (described) => {
    if (EndpointGroupRegion === undefined || described?.EndpointId === undefined)
      throw malformed(GROUPS, 'an endpoint group is incomplete');
    if (PortRanges === undefined) throw malformed(LISTENERS, 'a listener has no ports');
    const { EndpointId: endpoint, ClientIPPreservationEnabled: keeps } = described;
    return {
      endpoint,
      accelerator: {
        name,
        families,
        groupIds,
        clients: clientsOf(group, described),
        keepsClientAddress: isInstance(endpoint) || keeps === true,
      },
      ports: portsOf(
        PortRanges.map((range) => toPortRange(range, LISTENERS)),
        PortOverrides,
      ),
      transports: [transportOf(Protocol, LISTENERS)],
    };
  });
}

/** An instance is always sent to with the client's address ("How to enable client IP address preservation"). */
function isInstance(endpoint: string): boolean {
  return endpoint.startsWith('i-');
}

/** Everybody. What has no share of the traffic has one as soon as nothing else is healthy. */
function clientsOf({ TrafficDialPercentage }: EndpointGroup, { Weight }: EndpointDescription): Listed<string> {
  const idle = TrafficDialPercentage === 0 || Weight === 0;
  return idle ? unreadList(noData(GROUPS, 'an accelerator sends to it only where nothing else is healthy').reason) : new Listed(EVERYBODY);
}

/** The ports of a listener as the endpoint sees them. */
function portsOf(ranges: readonly PortRange[], overrides: readonly PortOverride[]): readonly PortRange[] {
  const replaced = overrides.map(({ ListenerPort, EndpointPort }) => {
    if (ListenerPort === undefined || EndpointPort === undefined) throw malformed(GROUPS, 'a port override is incomplete');
    return { from: ListenerPort, to: EndpointPort };
  });
  const heard = replaced.filter(({ from }) => ranges.some((range) => range.from <= from && from <= range.to));
  return [
    ...ranges.flatMap((range) =>
      without(
        range,
        heard.map(({ from }) => from),
      ),
    ),
    ...heard.map(({ to }) => ({ from: to, to })),
  ];
}

function without(range: PortRange, ports: readonly number[]): readonly PortRange[] {
  const inside = [...new Set(ports)].filter((port) => range.from <= port && port <= range.to).sort((one, other) => one - other);
  const left: PortRange[] = [];
  let { from } = range;
  for (const port of inside) {
    if (from < port) left.push({ from, to: port - 1 });
    from = port + 1;
  }
  return from <= range.to ? [...left, { from, to: range.to }] : left;
}
