import { describe, expect, test } from 'vitest';
import { type Answer, type Answers, pages } from '../fake-session.ts';
import { clientsOf, denied, ELB, estate, waysWith } from './ways-of.ts';

const LISTING = 'elb:DescribeLoadBalancers';
const Listener = { Protocol: 'TCP', LoadBalancerPort: 2222, InstanceProtocol: 'TCP', InstancePort: 22 };
const old = {
  ...{ LoadBalancerName: 'old-shop', Scheme: 'internet-facing', VPCId: 'vpc-1' },
  ...{ Subnets: ['subnet-public'], SecurityGroups: ['sg-front'], Instances: [{ InstanceId: 'i-1' }] },
  ListenerDescriptions: [{ Listener }],
};

/** An estate with no other load balancers. */
function classic(answer: Answer): Answers {
  return { ...estate, [`${ELB}:DescribeLoadBalancers`]: { LoadBalancers: [] }, [LISTING]: answer };
}

const listed = (changes: object = {}) => classic({ LoadBalancerDescriptions: [{ ...old, ...changes }] });

test('a classic load balancer sends to an instance, from an address of its own', async () => {
  const { ways, cause } = await waysWith(listed());
  expect(cause).toBeUndefined();
  expect(ways).toMatchObject([
    {
      hops: [{ balancer: { name: 'old-shop', families: [4], groupIds: ['sg-front'] }, listener: { protocol: 'TCP', port: 2222 } }],
      target: { port: 22, transports: ['tcp'], address: '10.0.0.7', subnetId: 'subnet-1', keepsClientAddress: false },
    },
  ]);
  expect(clientsOf(ways[0])).toEqual(['0.0.0.0/0', '::/0']);
});

test('it is surrounded by its groups, and in each of its subnets by addresses, routes and network ACL', async () => {
  const { ways } = await waysWith(listed({ Subnets: ['subnet-public', 'subnet-1'] }));
  const { rules, zones } = ways[0]?.hops[0]?.balancer ?? {};
  expect(rules).toBeDefined();
  expect([...(zones ?? [])].map(({ subnetId, cidrs, routes }) => [subnetId, [...cidrs], [...routes].length])).toEqual([
    ['subnet-public', ['10.0.1.0/24'], 1],
    ['subnet-1', [], 1],
  ]);
});

test.each(['HTTP', 'HTTPS', 'SSL', 'TCP'])('over TCP, whether its listener speaks %s', async (Protocol) => {
  const { ways } = await waysWith(listed({ ListenerDescriptions: [{ Listener: { ...Listener, Protocol } }] }));
  expect(ways).toMatchObject([{ hops: [{ listener: { protocol: Protocol } }], target: { transports: ['tcp'] } }]);
});

test('each of its listeners leads to every instance that is registered', async () => {
  const web = { Protocol: 'HTTP', LoadBalancerPort: 80, InstanceProtocol: 'HTTP', InstancePort: 8080 };
  const { ways } = await waysWith(
    listed({ Instances: [{ InstanceId: 'i-9' }, { InstanceId: 'i-1' }], ListenerDescriptions: [{ Listener }, { Listener: web }] }),
  );
  expect(ways.map(({ target }) => target.port)).toEqual([22, 8080]);
});

test.each<[string, object]>([
  ['that is internal', { Scheme: 'internal' }],
  ['with which other instances are registered', { Instances: [{ InstanceId: 'i-9' }] }],
  ['with which nothing is registered', { Instances: [] }],
  ['without listeners', { ListenerDescriptions: [] }],
])('one %s is no way', async (_, changes) => {
  expect(await waysWith(listed(changes))).toMatchObject({ ways: [], cause: undefined });
});

test('those of all pages count, beside other load balancers', async () => {
  const more = pages({ LoadBalancerDescriptions: [{ ...old, Instances: [] }] }, { LoadBalancerDescriptions: [old] });
  const { ways, cause } = await waysWith({ ...estate, [LISTING]: more });
  expect([ways.map(({ hops }) => hops[0]?.balancer.name), cause]).toEqual([['shop', 'old-shop'], undefined]);
});

describe('nobody says that there is no other way', () => {
  test('where they may not be listed; what other load balancers send is still known', async () => {
    const { ways, cause } = await waysWith({ ...estate, [LISTING]: denied });
    expect([ways.length, cause]).toEqual([1, 'denied']);
  });

  test('where other load balancers may not be listed; what classic ones send is still known', async () => {
    const { ways, cause } = await waysWith({ ...listed(), [`${ELB}:DescribeLoadBalancers`]: denied });
    expect([ways.length, cause]).toEqual([1, 'denied']);
  });

  test('where a later page is refused', async () => {
    const first = { LoadBalancerDescriptions: [old], NextMarker: '1' };
    const { ways, cause } = await waysWith(classic(({ Marker }) => (Marker === undefined ? first : denied())));
    expect([ways.length, cause]).toEqual([1, 'denied']);
  });

  test.each<[string, object]>([
    ['scheme', { Scheme: undefined }],
    ['instances', { Instances: undefined }],
    ['listeners', { ListenerDescriptions: undefined }],
    ['ports', { ListenerDescriptions: [{ Listener: { ...Listener, InstancePort: undefined } }] }],
    ['security groups', { SecurityGroups: [] }],
  ])('where the %s of one are not told', async (_, changes) => {
    expect(await waysWith(listed(changes))).toMatchObject({ ways: [], cause: 'malformed' });
  });

  test.each<[string, object]>([
    ['subnets', { Subnets: undefined }],
    ['VPC', { VPCId: undefined }],
  ])('where its %s are not told, its zones are unread', async (_, changes) => {
    const { ways } = await waysWith(listed(changes));
    expect(() => [...(ways[0]?.hops[0]?.balancer.zones ?? [])]).toThrow('does not tell its subnets');
  });
});
