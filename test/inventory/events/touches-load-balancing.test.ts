import { expect, test } from 'vitest';
import { record } from './records.ts';
import { told } from './told-touches.ts';

const arn = (kind: string) => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:${kind}`;
const loadBalancerArn = arn('loadbalancer/app/shop/50dc6c495c0c9188');
const listenerArn = arn('listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2');
const ruleArn = arn('listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee');
const targetGroupArn = arn('targetgroup/shop/73e2d6bc24d8a067');
const onInstances = '(Instance *: interfaces)';

test.each<[name: string, request: object, response: unknown, ...touches: string[]]>([
  ['CreateLoadBalancer', { name: 'shop' }, { loadBalancers: [{ loadBalancerArn }] }, 'LoadBalancer shop'],
  ['DeleteLoadBalancer', { loadBalancerArn }, null, onInstances, 'LoadBalancer shop gone'],
  ['ModifyLoadBalancerAttributes', { loadBalancerArn, attributes: [] }, { attributes: [] }, 'LoadBalancer shop: attributes'],
  ['CreateListener', { loadBalancerArn, port: 80 }, { listeners: [{ listenerArn }] }, onInstances, 'LoadBalancer shop: listeners'],
  ['ModifyListener', { listenerArn, port: 80 }, { listeners: [{ listenerArn }] }, onInstances, 'LoadBalancer shop: listeners'],
  ['DeleteListener', { listenerArn }, null, onInstances, 'LoadBalancer shop: listeners'],
  ['CreateRule', { listenerArn }, { rules: [{ ruleArn }] }, onInstances, 'LoadBalancer shop: -'],
  ['DeleteRule', { ruleArn }, null, onInstances, 'LoadBalancer shop: -'],
  ['SetRulePriorities', { rulePriorities: [{ ruleArn, priority: 1 }] }, {}, onInstances, 'LoadBalancer shop: -'],
  ['SetSecurityGroups', { loadBalancerArn, securityGroups: ['sg-1'] }, {}, onInstances, 'LoadBalancer shop: -'],
  [
    'RegisterTargets',
    { targetGroupArn, targets: [{ id: 'i-1' }, { id: 'i-2' }] },
    null,
    '(Instance i-1: interfaces)',
    '(Instance i-2: interfaces)',
  ],
  ['RegisterTargets', { targetGroupArn, targets: [{ id: '10.0.0.7' }] }, null, onInstances],
  [
    'RegisterInstancesWithLoadBalancer',
    { loadBalancerName: 'old-shop', instances: [{ instanceId: 'i-1' }] },
    { instances: [{ instanceId: 'i-1' }, { instanceId: 'i-2' }] },
    '(Instance i-1: interfaces)',
  ],
  [
    'DeregisterInstancesFromLoadBalancer',
    { loadBalancerName: 'old-shop', instances: [{ instanceId: 'i-1' }] },
    { instances: [] },
    '(Instance i-1: interfaces)',
  ],
  ['ModifyTargetGroupAttributes', { targetGroupArn }, {}, onInstances],
  ['AddTags', { resourceArns: [loadBalancerArn] }, null, 'LoadBalancer shop: -'],
  ['AddTags', { resourceArns: [targetGroupArn] }, null],
])('%s %o', (eventName, requestParameters, responseElements, ...touched) => {
  expect(told(record({ eventSource: 'elasticloadbalancing.amazonaws.com', eventName, requestParameters, responseElements }))).toEqual(
    touched,
  );
});

test.each([
  'ApplySecurityGroupsToLoadBalancer',
  'AttachLoadBalancerToSubnets',
  'CreateLoadBalancerListeners',
  'DeleteLoadBalancer',
  'DeleteLoadBalancerListeners',
  'DetachLoadBalancerFromSubnets',
  'DisableAvailabilityZonesForLoadBalancer',
  'EnableAvailabilityZonesForLoadBalancer',
])('%s of a classic load balancer may open a way to any instance, or close it', (eventName) => {
  const requestParameters = { loadBalancerName: 'old-shop' };
  const touched = told(record({ eventSource: 'elasticloadbalancing.amazonaws.com', eventName, requestParameters, responseElements: null }));
  expect(touched).toContain(onInstances);
});

test.each([
  'CreateLoadBalancer',
  'DeleteLoadBalancer',
  'ModifyLoadBalancerAttributes',
])('%s of a classic load balancer touches none of ours', (eventName) => {
  const requestParameters = { loadBalancerName: 'old-shop' };
  const touched = told(record({ eventSource: 'elasticloadbalancing.amazonaws.com', eventName, requestParameters, responseElements: null }));
  expect(touched.filter((text) => text.startsWith('LoadBalancer'))).toEqual([]);
});
