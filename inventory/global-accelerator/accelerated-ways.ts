import type { InstanceNetworkInterface } from '@aws-sdk/client-ec2';
import type { Place } from '../call.ts';
import { describeSubnets } from '../ec2/calls.ts';
import { groupedBy, toListing } from '../ec2/listing.ts';
import { blocksInternet } from '../ec2/routes.ts';
import type { Wanted } from '../ec2/wanted.ts';
import { Listed } from '../facet.ts';
import { attempt, joined } from '../partial.ts';
import type { AcceleratedEndpoint } from './accelerated-endpoint.ts';
import { readEndpoints } from './endpoints.ts';
import type { AcceleratedWay } from './way.ts';

const endpointsById = groupedBy(({ endpoint }: AcceleratedEndpoint) => [endpoint]);

/** The ways from accelerators straight to an interface of an instance. What was refused makes the list partial. */
export async function readAcceleratedWays(
  place: Place,
  networkInterface: InstanceNetworkInterface,
  instanceId: string | undefined,
  wanted: Wanted,
): Promise<Listed<AcceleratedWay>> {
  const endpoints = await readEndpoints(place, wanted);
  const ways = endpointsOf(networkInterface, instanceId).flatMap(({ key, addresses }) =>
    endpointsById(endpoints, key).known.flatMap((endpoint) => addresses.flatMap((address) => waysTo(address, endpoint))),
  );
  if (ways.length === 0) return new Listed<AcceleratedWay>([], endpoints.unread);
  const subnets = await toListing(describeSubnets(place, 'all'));
  const blocked = await attempt(() => blocksInternet(subnets, networkInterface.SubnetId ?? ''));
  if (!blocked.read) return new Listed<AcceleratedWay>([], blocked.reason);
  return joined([new Listed(blocked.value ? [] : ways)], endpoints.unread);
}

/** Whether an accelerator sends straight to one of an instance's interfaces, or nobody can say that none does. */
export async function mayBeAccelerated(
  place: Place,
  interfaces: readonly InstanceNetworkInterface[],
  instanceId: string | undefined,
  wanted: Wanted,
): Promise<boolean> {
  const endpoints = await readEndpoints(place, wanted);
  const keys = interfaces.flatMap((each) => endpointsOf(each, instanceId).map(({ key }) => key));
  return endpoints.unread !== undefined || keys.some((key) => endpointsById(endpoints, key).known.length > 0);
}

/** What an interface may be an endpoint as, and where it is then sent to: an instance stands for its primary interface, a subnet for all addresses in it. */
function endpointsOf(
  { Attachment, SubnetId, PrivateIpAddress, PrivateIpAddresses = [], Ipv6Addresses = [] }: InstanceNetworkInterface,
  instanceId: string | undefined,
): readonly { readonly key: string; readonly addresses: readonly string[] }[] {
  const all = [
    PrivateIpAddress,
    ...PrivateIpAddresses.map((each) => each.PrivateIpAddress),
    ...Ipv6Addresses.map((each) => each.Ipv6Address),
  ];
  const addresses = [...new Set(all.filter((address) => address !== undefined))];
  const firsts = [4, 6].flatMap((family) => addresses.find((address) => familyOf(address) === family) ?? []);
  const isPrimary = (Attachment?.DeviceIndex ?? 0) === 0 && instanceId !== undefined;
  return [
    ...(isPrimary ? [{ key: instanceId, addresses: firsts }] : []),
    ...(SubnetId === undefined ? [] : [{ key: SubnetId, addresses }]),
  ];
}

/** With the client's address, only clients of the same family come. */
function waysTo(address: string, { accelerator, ports, transports }: AcceleratedEndpoint): readonly AcceleratedWay[] {
  const family = familyOf(address);
  return accelerator.families.includes(family) ? ports.map((range) => ({ accelerator, ports: range, transports, address })) : [];
}

function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}
