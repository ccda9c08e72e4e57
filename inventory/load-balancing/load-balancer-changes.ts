import { malformed } from '../broken-answer.ts';
import type { ChangeEvents, IdPath, Path } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import type { LoadBalancerFacets } from './load-balancer.ts';

/** Of classic load balancers too, which have names instead of ARNs in their events: those touch none of ours, but the ways to instances. */
export const ELB = 'elasticloadbalancing.amazonaws.com';

const balancer = namedIn('request.loadBalancerArn');
const ofListener = namedIn('request.listenerArn');

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html */
export const loadBalancerChanges: readonly ChangeEvents<keyof LoadBalancerFacets>[] = [
  { source: ELB, names: ['CreateLoadBalancer'], ids: namedIn('response.loadBalancers.loadBalancerArn'), onlyIfTold: true },
  { source: ELB, names: ['DeleteLoadBalancer'], ids: balancer, deletes: true, onlyIfTold: true },
  { source: ELB, names: ['ModifyLoadBalancerAttributes'], ids: balancer, facets: ['attributes'], onlyIfTold: true },
  { source: ELB, names: ['CreateListener'], ids: balancer, facets: ['listeners'] },
  { source: ELB, names: ['ModifyListener', 'DeleteListener'], ids: ofListener, facets: ['listeners'] },
  {
    source: ELB,
    names: ['SetSecurityGroups', 'SetSubnets', 'SetIpAddressType', 'ModifyIpPools', 'ModifyCapacityReservation'],
    ids: balancer,
    facets: [],
  },
  {
    source: ELB,
    names: ['CreateRule', 'ModifyListenerAttributes', 'AddListenerCertificates', 'RemoveListenerCertificates'],
    ids: ofListener,
    facets: [],
  },
  { source: ELB, names: ['ModifyRule', 'DeleteRule'], ids: namedIn('request.ruleArn'), facets: [] },
  { source: ELB, names: ['SetRulePriorities'], ids: namedIn('request.rulePriorities.ruleArn'), facets: [] },
  {
    source: ELB,
    names: ['AddTags', 'RemoveTags'],
    ids: [{ at: 'request.resourceArns', as: taggedBalancer }],
    facets: [],
    onlyIfTold: true,
  },
];

/** What decides whether and how load balancers send to instances, without a word about any instance. */
export const WAY_CHANGES = [
  'ApplySecurityGroupsToLoadBalancer',
  'AttachLoadBalancerToSubnets',
  'CreateListener',
  'CreateLoadBalancerListeners',
  'CreateRule',
  'DeleteListener',
  'DeleteLoadBalancer',
  'DeleteLoadBalancerListeners',
  'DeleteRule',
  'DetachLoadBalancerFromSubnets',
  'DisableAvailabilityZonesForLoadBalancer',
  'EnableAvailabilityZonesForLoadBalancer',
  'ModifyListener',
  'ModifyRule',
  'ModifyTargetGroupAttributes',
  'SetIpAddressType',
  'SetRulePriorities',
  'SetSecurityGroups',
  'SetSubnets',
] as const;

/** Names of load balancers from their own ARNs, or those of what belongs to them. */
function namedIn(at: Path): readonly IdPath[] {
  return [{ at, as: toName }];
}

function toName(arn: string, { name }: CloudTrailEvent): string {
  const [kind = '', , balancerName] = (arn.split(':')[5] ?? '').split('/');
  if (!KINDS.has(kind) || balancerName === undefined)
    throw malformed(`cloudtrail:${name}`, 'what should be an ARN of a load balancer is none');
  return balancerName;
}

const KINDS: ReadonlySet<string> = new Set(['loadbalancer', 'listener', 'listener-rule']);

/** Target groups and trust stores have tags as well. */
function taggedBalancer(arn: string, event: CloudTrailEvent): string | undefined {
  return arn.split(':')[5]?.startsWith('loadbalancer/') ? toName(arn, event) : undefined;
}
