import type { LoadBalancer, TargetGroup, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { groupedBy, toListing } from '../ec2/listing.ts';
import { oncePer } from '../ec2/once-per.ts';
import type { Wanted } from '../ec2/wanted.ts';
import { Listed } from '../facet.ts';
import type { AcceleratedEndpoint } from '../global-accelerator/accelerated-endpoint.ts';
import { readEndpoints } from '../global-accelerator/endpoints.ts';
import type { Accelerator } from '../global-accelerator/way.ts';
import { attempt, joined, toListed, unreadList } from '../partial.ts';
import type { Scope } from '../resource.ts';
import { describeLoadBalancers, describeTargetGroupAttributes, describeTargetGroups, describeTargetHealth } from './calls.ts';
import { readClassicRegistrations } from './classic-registrations.ts';
import { type Passage, readSendings, type Sending } from './sendings.ts';

/** That what comes from the internet is sent to what is registered with a target group or a classic load balancer. */
export interface Registration {
  /** Before the first load balancer, which then need not face the internet itself. */
  readonly accelerator?: Accelerator;
  /** From the internet inwards: one load balancer, or two. */
  readonly passages: readonly Passage[];
  /** `i-…`, or the VPC and a private address in it: see `addressKey`. */
  readonly target: string;
  readonly port: number;
  readonly transports: readonly ('tcp' | 'udp')[];
  readonly keepsClientAddress: boolean;
}

/** What all registrations of a region rest on. */
interface Estate {
  readonly place: Place;
  readonly balancers: Listed<LoadBalancer>;
  readonly groups: Listed<TargetGroup>;
}

/** Whether what comes in is sent to a port of a listener. */
type Arrives = (port: number) => boolean;

const HEALTH = 'elasticloadbalancing:DescribeTargetHealth';
const GROUPS = 'elasticloadbalancing:DescribeTargetGroups';
const ATTRIBUTES = 'elasticloadbalancing:DescribeTargetGroupAttributes';

const groupsByArn = groupedBy(({ TargetGroupArn }: TargetGroup) => [TargetGroupArn]);
const balancersByArn = groupedBy(({ LoadBalancerArn }: LoadBalancer) => [LoadBalancerArn]);

const TRANSPORTS: Readonly<Record<string, readonly ('tcp' | 'udp')[]>> = {
  HTTP: ['tcp'],
  HTTPS: ['tcp'],
  TCP: ['tcp'],
  TLS: ['tcp'],
  UDP: ['udp'],
  QUIC: ['udp'],
  TCP_UDP: ['tcp', 'udp'],
  TCP_QUIC: ['tcp', 'udp'],
};

/** The target of a registration by address. */
export function addressKey(vpcId: string | undefined, address: string): string {
  return `${vpcId} ${address}`;
}

/**
 * Everything that load balancers of the region send to which face the internet or have an accelerator before them. Nothing more than these is asked for where there
 * are none.
 */
export function readRegistrations(place: Place, wanted: Wanted): Promise<Listed<Registration>> {
  return registrationsIn(place.scope, place, wanted);
}

const registrationsIn = oncePer(async (_scope: Scope, place: Place, wanted: Wanted): Promise<Listed<Registration>> => {
  return joined(await Promise.all([readGroupRegistrations(place, wanted), readClassicRegistrations(place)]));
});

async function readGroupRegistrations(place: Place, wanted: Wanted): Promise<Listed<Registration>> {
  const [balancers, endpoints] = await Promise.all([toListing(describeLoadBalancers(place)), readEndpoints(place, wanted)]);
  const facing = balancers.known.filter(facesInternet);
  const accelerated = endpoints.known.flatMap((endpoint) =>
    balancersByArn(balancers, endpoint.endpoint)
      .known.filter(isPassed)
      .map((balancer) => ({ balancer, endpoint })),
  );
  const unread = balancers.unread ?? endpoints.unread;
  if (facing.length === 0 && accelerated.length === 0) return new Listed<Registration>([], unread);
  const estate = { place, balancers, groups: await toListing(describeTargetGroups(place)) };
  const each = await Promise.all([
    ...facing.map((balancer) => registrationsFrom(balancer, [], estate, () => true)),
    ...accelerated.map(({ balancer, endpoint }) => registrationsBehind(balancer, endpoint, estate)),
  ]);
  return joined(each, unread);
}

/** Through a load balancer that an accelerator sends to, at the ports and by the transports of that. */
async function registrationsBehind(balancer: LoadBalancer, endpoint: AcceleratedEndpoint, estate: Estate): Promise<Listed<Registration>> {
  const { accelerator, ports, transports } = endpoint;
  const arrives: Arrives = (port) => ports.some(({ from, to }) => from <= port && port <= to);
  return (await registrationsFrom(balancer, [], estate, arrives)).flatMap((registration) => {
    const common = registration.transports.filter((transport) => transports.includes(transport));
    return common.length === 0 ? [] : [{ ...registration, accelerator, transports: common }];
  });
}

function facesInternet(balancer: LoadBalancer): boolean {
  return balancer.Scheme === 'internet-facing' && isPassed(balancer);
}

/** Gateway load balancers take in nothing from the internet by themselves. */
function isPassed({ Type }: LoadBalancer): boolean {
  return Type !== 'gateway';
}

/** What a load balancer sends to of that which arrives, where some have come through others before. */
async function registrationsFrom(
  balancer: LoadBalancer,
  before: readonly Sending[],
  estate: Estate,
  arrives: Arrives,
): Promise<Listed<Registration>> {
  const sendings = await toListing(readSendings(balancer, estate.place));
  const arriving = sendings.filter(({ listener }) => arrives(listener.port));
  const each = await Promise.all(arriving.known.map((sending) => registeredWith([...before, sending], sending, estate)));
  return joined(each, arriving.unread);
}

async function registeredWith(sendings: readonly Sending[], sending: Sending, estate: Estate): Promise<Listed<Registration>> {
  const { place, groups } = estate;
  const { targetGroupArn } = sending;
  const [group] = groupsByArn(groups, targetGroupArn).known;
  if (!group) return unreadList(groups.unread ?? malformed(GROUPS, 'a target group that is sent to is not listed').reason);
  if (group.TargetType === 'lambda') return new Listed<Registration>([]);
  const health = await attempt(() => describeTargetHealth(place, { targetGroupArn }));
  if (!health.read) return unreadList(health.reason);
  const inUse = health.value.filter(({ TargetHealth }) => TargetHealth?.Reason !== 'Target.NotInUse');
  if (inUse.length === 0) return new Listed<Registration>([]);
  if (group.TargetType === 'alb') return behind(sendings, inUse, estate);
  const keeps = await attempt(() => keepsClientAddress(sending, group, place));
  if (!keeps.read) return unreadList(keeps.reason);
  return toListed(inUse, (target) => ({ passages: sendings, ...toTarget(target, group), keepsClientAddress: keeps.value }));
}

/** An application load balancer behind a network load balancer; nothing stands behind it in turn. */
async function behind(
  sendings: readonly Sending[],
  targets: readonly TargetHealthDescription[],
  estate: Estate,
): Promise<Listed<Registration>> {
  const each = targets.map(({ Target }) => {
    const [inner] = balancersByArn(estate.balancers, Target?.Id ?? '').known;
    if (!inner || Target?.Port === undefined || sendings.length > 1) {
      return unreadList<Registration>(malformed(HEALTH, 'a load balancer behind another is not listed').reason);
    }
    return registrationsFrom(inner, sendings, estate, (port) => port === Target.Port);
  });
  return joined(await Promise.all(each));
}

/** "Client IP preservation", User Guide for Network Load Balancers: a setting for TCP and TLS, always on for the others. */
async function keepsClientAddress({ balancer, targetGroupArn }: Sending, { Protocol }: TargetGroup, place: Place): Promise<boolean> {
  if (balancer.Type !== 'network') return false;
  if (Protocol !== 'TCP' && Protocol !== 'TLS') return true;
  const attributes = await describeTargetGroupAttributes(place, { targetGroupArn });
  const setting = attributes.find(({ Key }) => Key === 'preserve_client_ip.enabled')?.Value;
  if (setting === undefined) throw malformed(ATTRIBUTES, 'a target group does not say whether it keeps client addresses');
  return setting === 'true';
}

function toTarget({ Target }: TargetHealthDescription, { TargetType, VpcId, Protocol }: TargetGroup) {
  const transports = TRANSPORTS[Protocol ?? ''];
  if (Target?.Id === undefined || Target.Port === undefined) throw malformed(HEALTH, 'a target is incomplete');
  if (!transports) throw malformed(GROUPS, 'a target group has an unknown protocol');
  return { target: TargetType === 'ip' ? addressKey(VpcId, Target.Id) : Target.Id, port: Target.Port, transports };
}
