import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing';
import type {
  Listener,
  LoadBalancer,
  LoadBalancerAttribute,
  Rule,
  SslPolicy,
  TargetGroup,
  TargetGroupAttribute,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';

/** The largest page that these listings give (Elastic Load Balancing API Reference, `PageSize`). */
const PAGE = 400;

/** Application, network and gateway load balancers; classic ones have an API of their own. */
export const describeLoadBalancers = definePagedCall<LoadBalancer>({
  service: 'elasticloadbalancing',
  operation: 'DescribeLoadBalancers',
  permissions: ['elasticloadbalancing:DescribeLoadBalancers'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.elasticloadbalancing(region);
    for await (const page of sdk.paginateDescribeLoadBalancers({ client, pageSize: PAGE }, {})) {
      yield required(page.LoadBalancers, 'LoadBalancers');
    }
  },
});

/** Classic load balancers, with all that is known of them. */
export const describeClassicLoadBalancers = definePagedCall<LoadBalancerDescription>({
  service: 'elb',
  operation: 'DescribeLoadBalancers',
  permissions: ['elasticloadbalancing:DescribeLoadBalancers'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.elb(region);
    for await (const page of sdk.paginateDescribeLoadBalancers({ client }, { PageSize: PAGE })) {
      yield required(page.LoadBalancerDescriptions, 'LoadBalancerDescriptions');
    }
  },
});

export const describeLoadBalancerAttributes = defineCall<readonly LoadBalancerAttribute[], { readonly balancerArn: string }>({
  service: 'elasticloadbalancing',
  operation: 'DescribeLoadBalancerAttributes',
  permissions: ['elasticloadbalancing:DescribeLoadBalancerAttributes'],
  async send(session, region, { balancerArn }) {
    const { sdk, client } = await session.aws.elasticloadbalancing(region);
    const answer = await client.send(new sdk.DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: balancerArn }));
    return required(answer.Attributes, 'Attributes');
  },
});

export const describeListeners = definePagedCall<Listener, { readonly balancerArn: string }>({
  service: 'elasticloadbalancing',
  operation: 'DescribeListeners',
  permissions: ['elasticloadbalancing:DescribeListeners'],
  async *pages(session, region, { balancerArn }) {
    const { sdk, client } = await session.aws.elasticloadbalancing(region);
    for await (const page of sdk.paginateDescribeListeners({ client, pageSize: PAGE }, { LoadBalancerArn: balancerArn })) {
      yield required(page.Listeners, 'Listeners');
    }
  },
});

/** The rules of a listener of an application load balancer, the default one included. */
export const describeRules = definePagedCall<Rule, { readonly listenerArn: string }>({
  service: 'elasticloadbalancing',
  operation: 'DescribeRules',
  permissions: ['elasticloadbalancing:DescribeRules'],
  async *pages(session, region, { listenerArn }) {
    const { sdk, client } = await session.aws.elasticloadbalancing(region);
    for await (const page of sdk.paginateDescribeRules({ client, pageSize: PAGE }, { ListenerArn: listenerArn })) {
      yield required(page.Rules, 'Rules');
    }
  },
});

export const describeTargetGroups = definePagedCall<TargetGroup>({
  service: 'elasticloadbalancing',
  operation: 'DescribeTargetGroups',
  permissions: ['elasticloadbalancing:DescribeTargetGroups'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.elasticloadbalancing(region);
    for await (const page of sdk.paginateDescribeTargetGroups({ client, pageSize: PAGE }, {})) {
      yield required(page.TargetGroups, 'TargetGroups');
    }
  },
});

export const describeTargetGroupAttributes = defineCall<readonly TargetGroupAttribute[], { readonly targetGroupArn: string }>({
  service: 'elasticloadbalancing',
  operation: 'DescribeTargetGroupAttributes',
  permissions: ['elasticloadbalancing:DescribeTargetGroupAttributes'],
  async send(session, region, { targetGroupArn }) {
    const { sdk, client } = await session.aws.elasticloadbalancing(region);
    const answer = await client.send(new sdk.DescribeTargetGroupAttributesCommand({ TargetGroupArn: targetGroupArn }));
    return required(answer.Attributes, 'Attributes');
  },
});

/** Everything that is registered with a target group, healthy or not. */
export const describeTargetHealth = defineCall<readonly TargetHealthDescription[], { readonly targetGroupArn: string }>({
  service: 'elasticloadbalancing',
  operation: 'DescribeTargetHealth',
  permissions: ['elasticloadbalancing:DescribeTargetHealth'],
  async send(session, region, { targetGroupArn }) {
    const { sdk, client } = await session.aws.elasticloadbalancing(region);
    const answer = await client.send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }));
    return required(answer.TargetHealthDescriptions, 'TargetHealthDescriptions');
  },
});

/** What AWS's named TLS policies offer. All of them: they fit in one page, and new ones need no new release of ours. */
export const describeSslPolicies = defineCall<readonly SslPolicy[]>({
  service: 'elasticloadbalancing',
  operation: 'DescribeSSLPolicies',
  permissions: ['elasticloadbalancing:DescribeSSLPolicies'],
  async send(session, region) {
    const { sdk, client } = await session.aws.elasticloadbalancing(region);
    const policies: SslPolicy[] = [];
    for (let marker: string | undefined; ; ) {
      const answer = await client.send(new sdk.DescribeSSLPoliciesCommand({ PageSize: PAGE, ...(marker ? { Marker: marker } : {}) }));
      policies.push(...required(answer.SslPolicies, 'SslPolicies'));
      if (!answer.NextMarker || answer.NextMarker === marker) return policies;
      marker = answer.NextMarker;
    }
  },
});
