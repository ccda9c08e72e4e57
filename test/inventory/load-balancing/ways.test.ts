import { describe, expect, test } from 'vitest';
import type { Answers } from '../fake-session.ts';
import { arnOf, forwarding, group, listener, shop } from './balancer-answers.ts';
import { clientsOf, denied, ELB, estate, health, waysWith } from './ways-of.ts';

const nlb = { ...shop, LoadBalancerArn: arnOf('loadbalancer/net/front/1'), LoadBalancerName: 'front', Type: 'network', SecurityGroups: [] };
const tcp = { ...listener, Protocol: 'TCP', Port: 2222, DefaultActions: forwarding.Actions };

const behindNlb: Answers = {
  ...estate,
  [`${ELB}:DescribeLoadBalancers`]: { LoadBalancers: [nlb] },
  [`${ELB}:DescribeListeners`]: { Listeners: [tcp] },
  [`${ELB}:DescribeTargetGroups`]: { TargetGroups: [{ ...group, Protocol: 'TCP' }] },
};

test('an application load balancer sends to an instance, with an address of its own', async () => {
  const { ways, cause } = await waysWith(estate);
  expect(cause).toBeUndefined();
  expect(ways).toMatchObject([
    {
      hops: [{ balancer: { name: 'shop', families: [4], groupIds: ['sg-front'] }, listener: { protocol: 'HTTPS', port: 443 } }],
      target: { port: 22, transports: ['tcp'], address: '10.0.0.7', subnetId: 'subnet-1', keepsClientAddress: false },
    },
  ]);
  expect(clientsOf(ways[0])).toEqual(['0.0.0.0/0', '::/0']);
});

test('nothing more is asked where no load balancer faces the internet', async () => {
  const { ways, asked } = await waysWith({
    ...estate,
    [`${ELB}:DescribeLoadBalancers`]: { LoadBalancers: [{ ...shop, Scheme: 'internal' }] },
  });
  expect([ways, [...asked].filter((name) => name.startsWith(ELB))]).toEqual([[], [`${ELB}:DescribeLoadBalancers`]]);
});

test('a network load balancer without groups lets everybody in, and keeps the addresses of clients as its target group says', async () => {
  const { ways } = await waysWith(behindNlb);
  expect(ways).toMatchObject([{ hops: [{ balancer: { rules: undefined } }], target: { keepsClientAddress: true } }]);
  const off = { Attributes: [{ Key: 'preserve_client_ip.enabled', Value: 'false' }] };
  expect((await waysWith({ ...behindNlb, [`${ELB}:DescribeTargetGroupAttributes`]: off })).ways).toMatchObject([
    { target: { keepsClientAddress: false } },
  ]);
});

test('UDP keeps the addresses of clients always', async () => {
  const { ways, asked } = await waysWith({
    ...behindNlb,
    [`${ELB}:DescribeTargetGroups`]: { TargetGroups: [{ ...group, Protocol: 'TCP_UDP' }] },
  });
  expect(ways).toMatchObject([{ target: { keepsClientAddress: true, transports: ['tcp', 'udp'] } }]);
  expect(asked).not.toContain(`${ELB}:DescribeTargetGroupAttributes`);
});

describe('targets', () => {
  const byAddress = (Id: string, VpcId = 'vpc-1') => ({
    ...estate,
    [`${ELB}:DescribeTargetGroups`]: { TargetGroups: [{ ...group, TargetType: 'ip', VpcId }] },
    [`${ELB}:DescribeTargetHealth`]: { TargetHealthDescriptions: [health(Id, 8080)] },
  });

  test.each<[string, Answers, number]>([
    ['an address of the interface, also a secondary one', byAddress('10.0.0.8'), 1],
    ['the same address in another VPC', byAddress('10.0.0.8', 'vpc-2'), 0],
    ['another instance', { ...estate, [`${ELB}:DescribeTargetHealth`]: { TargetHealthDescriptions: [health('i-9')] } }, 0],
    [
      'one in a zone that the balancer is not in',
      { ...estate, [`${ELB}:DescribeTargetHealth`]: { TargetHealthDescriptions: [health('i-1', 22, 'Target.NotInUse')] } },
      0,
    ],
    [
      'one that is not healthy',
      { ...estate, [`${ELB}:DescribeTargetHealth`]: { TargetHealthDescriptions: [health('i-1', 22, 'Target.Timeout')] } },
      1,
    ],
    ['a function', { ...estate, [`${ELB}:DescribeTargetGroups`]: { TargetGroups: [{ ...group, TargetType: 'lambda' }] } }, 0],
  ])('%s', async (_, answers, count) => {
    const { ways, cause } = await waysWith(answers);
    expect([ways.length, cause]).toEqual([count, undefined]);
  });
});

describe('rules', () => {
  const rule = (changes: object) => ({ ...estate, [`${ELB}:DescribeRules`]: { Rules: [{ ...forwarding, ...changes }] } });
  const office = { Field: 'source-ip', SourceIpConfig: { Values: ['203.0.113.0/24'] } };

  test.each<[string, object, readonly string[] | string]>([
    ['on the source address let in only those', { Conditions: [office] }, ['203.0.113.0/24']],
    [
      'on host and path let in everybody, who may ask for them',
      { Conditions: [{ Field: 'host-header' }, { Field: 'path-pattern' }] },
      ['0.0.0.0/0', '::/0'],
    ],
    ['on a header may want a secret', { Conditions: [{ Field: 'http-header' }] }, 'no-data'],
  ])('%s', async (_, changes, clients) => {
    expect(clientsOf((await waysWith(rule(changes))).ways[0])).toEqual(clients);
  });

  test.each<[string, object]>([
    ['that want a sign-in first', { Actions: [{ Type: 'authenticate-oidc' }, ...forwarding.Actions] }],
    ['that answer by themselves', { Actions: [{ Type: 'fixed-response' }] }],
    [
      'that send to a group with no weight',
      { Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: group.TargetGroupArn, Weight: 0 }] } }] },
    ],
  ])('%s are no way', async (_, changes) => {
    expect(await waysWith(rule(changes))).toMatchObject({ ways: [], cause: undefined });
  });

  test('of several to one group add up', async () => {
    const Rules = [
      { ...forwarding, Conditions: [office] },
      { ...forwarding, Conditions: [{ ...office, SourceIpConfig: { Values: ['198.51.100.0/24'] } }] },
    ];
    const { ways } = await waysWith({ ...estate, [`${ELB}:DescribeRules`]: { Rules } });
    expect(ways.map(clientsOf)).toEqual([['203.0.113.0/24', '198.51.100.0/24']]);
  });

  test('of a listener that wants a client certificate are no way', async () => {
    const guarded = { ...listener, MutualAuthentication: { Mode: 'verify' } };
    expect(await waysWith({ ...estate, [`${ELB}:DescribeListeners`]: { Listeners: [guarded] } })).toMatchObject({
      ways: [],
      cause: undefined,
    });
  });
});

test('an application load balancer behind a network load balancer is passed on the port that is sent to', async () => {
  const inner = { ...shop, Scheme: 'internal' };
  const toInner = { ...group, TargetGroupArn: arnOf('targetgroup/inner/1'), Protocol: 'TCP', TargetType: 'alb' };
  const chained: Answers = {
    ...estate,
    [`${ELB}:DescribeLoadBalancers`]: { LoadBalancers: [nlb, inner] },
    [`${ELB}:DescribeListeners`]: ({ LoadBalancerArn }) => ({
      Listeners:
        LoadBalancerArn === nlb.LoadBalancerArn
          ? [{ ...tcp, DefaultActions: [{ Type: 'forward', TargetGroupArn: toInner.TargetGroupArn }] }]
          : [listener, { ...listener, Port: 8443 }],
    }),
    [`${ELB}:DescribeTargetGroups`]: { TargetGroups: [group, toInner] },
    [`${ELB}:DescribeTargetHealth`]: ({ TargetGroupArn }) => ({
      TargetHealthDescriptions: [TargetGroupArn === group.TargetGroupArn ? health('i-1') : health(inner.LoadBalancerArn, 443)],
    }),
  };
  const { ways, cause } = await waysWith(chained);
  expect(cause).toBeUndefined();
  expect(ways.map(({ hops }) => hops.map(({ balancer, listener: { port } }) => `${balancer.name} ${port}`))).toEqual([
    ['front 2222', 'shop 443'],
  ]);
});

test.each([
  'DescribeLoadBalancers',
  'DescribeListeners',
  'DescribeRules',
  'DescribeTargetGroups',
  'DescribeTargetHealth',
])('where %s is refused nobody says that there is no way', async (operation) => {
  expect(await waysWith({ ...estate, [`${ELB}:${operation}`]: denied })).toMatchObject({ ways: [], cause: 'denied' });
});

test('where the attributes of a target group are refused nobody says that there is no way', async () => {
  expect(await waysWith({ ...behindNlb, [`${ELB}:DescribeTargetGroupAttributes`]: denied })).toMatchObject({ ways: [], cause: 'denied' });
});
