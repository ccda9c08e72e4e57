import { instances } from '../../../inventory/ec2/instance.ts';
import { Listed, Unread } from '../../../inventory/facet.ts';
import type { BalancedWay } from '../../../inventory/load-balancing/way.ts';
import { scopeOf } from '../describe-reader.ts';
import { instance, networkInterface, region, reservations } from '../ec2/account.ts';
import { type Answers, fakeSession, refused } from '../fake-session.ts';
import { forwarding, group, listener, shop } from './balancer-answers.ts';

export const ELB = 'elasticloadbalancing';
export const health = (Id: string, Port = 22, Reason?: string) => ({ Target: { Id, Port }, TargetHealth: { State: 'healthy', Reason } });

/** An instance behind an application load balancer. */
export const estate: Answers = {
  ...region,
  'ec2:DescribeInstances': reservations({
    ...instance,
    NetworkInterfaces: [
      {
        ...networkInterface,
        PrivateIpAddress: '10.0.0.7',
        PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.7' }, { PrivateIpAddress: '10.0.0.8' }],
      },
    ],
  }),
  'ec2:DescribeSubnets': { Subnets: [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-public', CidrBlock: '10.0.1.0/24' }] },
  [`${ELB}:DescribeLoadBalancers`]: { LoadBalancers: [shop] },
  [`${ELB}:DescribeListeners`]: { Listeners: [listener] },
  [`${ELB}:DescribeRules`]: { Rules: [forwarding] },
  [`${ELB}:DescribeTargetGroups`]: { TargetGroups: [group] },
  [`${ELB}:DescribeTargetGroupAttributes`]: { Attributes: [{ Key: 'preserve_client_ip.enabled', Value: 'true' }] },
  [`${ELB}:DescribeTargetHealth`]: { TargetHealthDescriptions: [health('i-1')] },
};
/** The ways to the one instance of an estate, what is unread of them, and what was asked. */
export async function waysWith(answers: Answers) {
  const { session, sent } = fakeSession(answers);
  const { known } = await instances.list(session, scopeOf(instances));
  const facet = await known[0]?.facet('interfaces');
  if (!facet?.read || !(facet.value instanceof Listed)) throw new Error('there are no interfaces');
  const ways: Listed<BalancedWay> = facet.value.known[0].ways;
  return { ways: ways.known, cause: ways.unread?.cause, asked: new Set(sent.map(({ operation }) => operation)) };
}

export const denied = () => {
  throw refused('AccessDenied', 403);
};

/** The clients of a way's first hop, or why they are not all known. */
export function clientsOf(way: BalancedWay | undefined): readonly string[] | string {
  try {
    return [...(way?.hops[0]?.clients ?? [])];
  } catch (error) {
    if (error instanceof Unread) return error.reason.cause;
    throw error;
  }
}
