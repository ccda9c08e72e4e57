import type { InstanceNetworkInterface, Subnet } from '@aws-sdk/client-ec2';
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { describeNetworkAcls, describeSubnets } from '../ec2/calls.ts';
import { groupRuleCalls, readGroupRules } from '../ec2/group-rules.ts';
import { groupedBy, toListing } from '../ec2/listing.ts';
import { notVisible } from '../ec2/not-visible.ts';
import { oncePer } from '../ec2/once-per.ts';
import { blocksInternet, readRoutes, routeCalls } from '../ec2/routes.ts';
import { readAcl } from '../ec2/subnet-acl.ts';
import type { Wanted } from '../ec2/wanted.ts';
import { Listed } from '../facet.ts';
import { acceleratorCalls } from '../global-accelerator/endpoints.ts';
import { toListed, unreadList } from '../partial.ts';
import {
  describeClassicLoadBalancers,
  describeListeners,
  describeLoadBalancers,
  describeRules,
  describeTargetGroupAttributes,
  describeTargetGroups,
  describeTargetHealth,
} from './calls.ts';
import { addressKey, type Registration, readRegistrations } from './registrations.ts';
import type { BalancedWay, BalancerZone, PassedBalancer } from './way.ts';

export const registrationCalls = [
  describeLoadBalancers,
  describeClassicLoadBalancers,
  describeListeners,
  describeRules,
  describeTargetGroups,
  describeTargetGroupAttributes,
  describeTargetHealth,
  ...acceleratorCalls,
];
export const wayCalls = [...registrationCalls, ...groupRuleCalls, describeNetworkAcls, ...routeCalls];

const BALANCERS = 'elasticloadbalancing:DescribeLoadBalancers';

const registrationsByTarget = groupedBy(({ target }: Registration) => [target]);
const subnetsById = groupedBy(({ SubnetId }: Subnet) => [SubnetId]);

/** The ways through load balancers to an interface of an instance. What was refused makes the list partial. */
export async function readWays(
  place: Place,
  networkInterface: InstanceNetworkInterface,
  instanceId: string | undefined,
  wanted: Wanted,
): Promise<Listed<BalancedWay>> {
  const registrations = await readRegistrations(place, wanted);
  const { SubnetId: subnetId = '' } = networkInterface;
  const reached = targetsOf(networkInterface, instanceId).flatMap(({ key, address }) =>
    registrationsByTarget(registrations, key).known.map((registration) => ({ registration, address })),
  );
  const ways = reached.map(async ({ registration, address }): Promise<BalancedWay> => {
    const { accelerator, passages, port, transports, keepsClientAddress } = registration;
    const passed = passages.map(async ({ balancer, listener, clients }) => ({
      balancer: await passedBalancer(balancer, place),
      listener,
      clients,
    }));
    const [first, ...others] = await Promise.all(passed);
    const target = { port, transports, address, subnetId, keepsClientAddress };
    if (!first || !accelerator) return { hops: first ? [first, ...others] : [], target };
    const zones = await unblockedAmong(first.balancer.zones, place);
    return { accelerator, hops: [{ ...first, balancer: { ...first.balancer, zones } }, ...others], target };
  });
  return new Listed(await Promise.all(ways), registrations.unread);
}

/** Zones in whose subnets VPC Block Public Access lets in what accelerators send ("VPC BPA basics", Amazon VPC User Guide). */
async function unblockedAmong(zones: Iterable<BalancerZone>, place: Place): Promise<Listed<BalancerZone>> {
  const subnets = await toListing(describeSubnets(place, 'all'));
  const judged = toListed(zones, (zone) => ({ zone, blocked: blocksInternet(subnets, zone.subnetId) }));
  return judged.filter(({ blocked }) => !blocked).map(({ zone }) => zone);
}

/** Whether such a load balancer sends to one of an instance's interfaces, or nobody can say that none does. */
export async function mayBeBalanced(
  place: Place,
  interfaces: readonly InstanceNetworkInterface[],
  instanceId: string | undefined,
  wanted: Wanted,
): Promise<boolean> {
  const registrations = await readRegistrations(place, wanted);
  const keys = interfaces.flatMap((each) => targetsOf(each, instanceId).map(({ key }) => key));
  return registrations.unread !== undefined || keys.some((key) => registrationsByTarget(registrations, key).known.length > 0);
}

/** What an interface may be registered as, and where it is then sent to: an instance stands for the first address of its primary interface. */
function targetsOf(
  { Attachment, PrivateIpAddress, PrivateIpAddresses = [], Ipv6Addresses = [], VpcId }: InstanceNetworkInterface,
  instanceId: string | undefined,
): readonly { readonly key: string; readonly address: string }[] {
  const addresses = [...PrivateIpAddresses.map((each) => each.PrivateIpAddress), ...Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address)];
  const all = [...new Set([PrivateIpAddress, ...addresses].filter((address) => address !== undefined))];
  const [first] = all;
  const isPrimary = (Attachment?.DeviceIndex ?? 0) === 0 && instanceId !== undefined && first !== undefined;
  return [
    ...(isPrimary ? [{ key: instanceId, address: first }] : []),
    ...all.map((address) => ({ key: addressKey(VpcId, address), address })),
  ];
}

const passedBalancer = oncePer(async (balancer: LoadBalancer, place: Place): Promise<PassedBalancer> => {
  const { LoadBalancerName, SecurityGroups = [], AvailabilityZones, VpcId, IpAddressType, Type } = balancer;
  const zones = toListed(AvailabilityZones ?? [undefined], (zone) => {
    if (zone?.SubnetId === undefined || VpcId === undefined) throw malformed(BALANCERS, 'a load balancer does not tell its subnets');
    return { subnetId: zone.SubnetId, vpcId: VpcId };
  });
  return {
    name: LoadBalancerName ?? '',
    families: IpAddressType === 'dualstack' ? [4, 6] : IpAddressType === 'dualstack-without-public-ipv4' ? [6] : [4],
    groupIds: SecurityGroups,
    rules:
      Type === 'network' && SecurityGroups.length === 0
        ? undefined
        : {
            ingress: await readGroupRules(place, SecurityGroups, 'ingress'),
            egress: await readGroupRules(place, SecurityGroups, 'egress'),
          },
    zones: new Listed(await Promise.all(zones.known.map((zone) => readZone(place, zone))), zones.unread),
  };
});

async function readZone(place: Place, { subnetId, vpcId }: { readonly subnetId: string; readonly vpcId: string }): Promise<BalancerZone> {
  const [subnets, acl, routes] = await Promise.all([
    toListing(describeSubnets(place, 'all')),
    readAcl(place, subnetId),
    readRoutes(place, subnetId, vpcId),
  ]);
  return { subnetId, cidrs: cidrsOf(subnets, subnetId), acl, routes };
}

function cidrsOf(subnets: Listed<Subnet>, subnetId: string): Listed<string> {
  const [found] = subnetsById(subnets, subnetId).known;
  if (!found) return unreadList(subnets.unread ?? notVisible('ec2:DescribeSubnets', subnetId).reason);
  const { CidrBlock, Ipv6CidrBlockAssociationSet = [] } = found;
  return new Listed(
    [CidrBlock, ...Ipv6CidrBlockAssociationSet.map(({ Ipv6CidrBlock }) => Ipv6CidrBlock)].filter((cidr) => cidr !== undefined),
  );
}
