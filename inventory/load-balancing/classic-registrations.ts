import type { Instance, Listener, LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing';
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { toListing } from '../ec2/listing.ts';
import { Listed } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import { describeClassicLoadBalancers } from './calls.ts';
import type { Registration } from './registrations.ts';
import { EVERYBODY } from './sendings.ts';

const BALANCERS = 'elb:DescribeLoadBalancers';

/** The instances that internet-facing classic load balancers of the region send to, healthy or not. */
export async function readClassicRegistrations(place: Place): Promise<Listed<Registration>> {
  const each = toListed(await toListing(describeClassicLoadBalancers(place)), registrationsWith);
  return joined(each.known, each.unread);
}

function registrationsWith(classic: LoadBalancerDescription): Listed<Registration> {
  const { Scheme, Instances, ListenerDescriptions } = classic;
  if (Scheme === undefined || Instances === undefined || ListenerDescriptions === undefined) throw incomplete();
  if (Scheme !== 'internet-facing') return new Listed<Registration>([]);
  const balancer = toBalancer(classic);
  const pairs = ListenerDescriptions.flatMap(({ Listener }) => Instances.map((instance) => ({ Listener, instance })));
  return toListed(pairs, ({ Listener, instance }) => toRegistration(balancer, Listener, instance));
}

/** Every listener sends whoever comes to a port of every instance, over TCP and from an address of the balancer's own. */
function toRegistration(balancer: LoadBalancer, listener: Listener | undefined, { InstanceId }: Instance): Registration {
  const { Protocol, LoadBalancerPort, InstancePort } = listener ?? {};
  if (Protocol === undefined || LoadBalancerPort === undefined || InstancePort === undefined || InstanceId === undefined)
    throw incomplete();
  return {
    passages: [{ balancer, listener: { protocol: Protocol, port: LoadBalancerPort }, clients: new Listed(EVERYBODY) }],
    ...{ target: InstanceId, port: InstancePort, transports: ['tcp'], keepsClientAddress: false },
  };
}

/** As one of another kind is told. It always has groups, and in a VPC no IPv6 (User Guide for Classic Load Balancers). */
function toBalancer({ LoadBalancerName, VPCId, Subnets, SecurityGroups = [] }: LoadBalancerDescription): LoadBalancer {
  if (SecurityGroups.length === 0) throw incomplete();
  const zones = Subnets?.map((SubnetId) => ({ SubnetId }));
  return { LoadBalancerName, VpcId: VPCId, IpAddressType: 'ipv4', SecurityGroups, AvailabilityZones: zones };
}

function incomplete(): Error {
  return malformed(BALANCERS, 'a classic load balancer is incomplete');
}
