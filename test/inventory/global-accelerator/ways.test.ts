import { describe, expect, test } from 'vitest';
import { instances } from '../../../inventory/ec2/instance.ts';
import { Listed } from '../../../inventory/facet.ts';
import { scopeOf } from '../describe-reader.ts';
import { instance, networkInterface, region, reservations } from '../ec2/account.ts';
import { type Answers, fakeSession, pages } from '../fake-session.ts';
import { arnOf, forwarding, group, listener, shop } from '../load-balancing/balancer-answers.ts';
import { denied, ELB, health } from '../load-balancing/ways-of.ts';

const GA = 'globalaccelerator';
const REGION = scopeOf(instances).region;
const managed = { NetworkInterfaceId: 'eni-ga', InterfaceType: 'global_accelerator_managed', Groups: [{ GroupId: 'sg-accelerator' }] };
const anycast = { AcceleratorArn: 'arn:aws:globalaccelerator::1:accelerator/a', Name: 'anycast', IpAddressType: 'IPV4', Enabled: true };
const heard = { ListenerArn: `${anycast.AcceleratorArn}/listener/l`, Protocol: 'TCP', PortRanges: [{ FromPort: 22, ToPort: 22 }] };
const endpoints = { EndpointGroupRegion: REGION, EndpointDescriptions: [{ EndpointId: 'i-1' }] };
const face = {
  ...networkInterface,
  PrivateIpAddress: '10.0.0.7',
  PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.7' }, { PrivateIpAddress: '10.0.0.8' }],
};

/** An instance to which an accelerator sends, without a public address. */
const estate: Answers = {
  ...region,
  'ec2:DescribeInstances': reservations({ ...instance, NetworkInterfaces: [face] }),
  'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', InterfaceType: 'interface' }, managed] },
  [`${GA}:ListAccelerators`]: { Accelerators: [anycast] },
  [`${GA}:ListListeners`]: { Listeners: [heard] },
  [`${GA}:ListEndpointGroups`]: { EndpointGroups: [endpoints] },
  [`${GA}:ListCustomRoutingAccelerators`]: { Accelerators: [] },
  [`${GA}:ListCrossAccountAttachments`]: { CrossAccountAttachments: [] },
};
const sendingTo = (changes: object, endpoint: object = {}) => ({
  ...estate,
  [`${GA}:ListEndpointGroups`]: {
    EndpointGroups: [{ ...endpoints, EndpointDescriptions: [{ EndpointId: 'i-1', ...endpoint }], ...changes }],
  },
});

async function read(answers: Answers) {
  const { session, sent } = fakeSession(answers);
  const { known } = await instances.list(session, scopeOf(instances));
  const facet = await known[0]?.facet('interfaces');
  if (!facet?.read || !(facet.value instanceof Listed)) throw new Error('there are no interfaces');
  const { ways, accelerated } = facet.value.known[0];
  const straight: Listed<{ readonly ports: { from: number; to: number }; readonly accelerator: { readonly clients: Listed<string> } }> =
    accelerated;
  const behind: Listed<object> = ways;
  return {
    ...{ accelerated: straight.known, cause: straight.unread?.cause, ways: behind.known, waysCause: behind.unread?.cause },
    ports: straight.known.map(({ ports: { from, to } }) => `${from}-${to}`),
    clients: straight.known.map(({ accelerator: { clients } }) => clients.unread?.message ?? clients.known),
    asked: sent.filter(({ operation }) => operation.startsWith(GA)),
  };
}

test('an accelerator sends to the first address of an instance, with the client’s address', async () => {
  const { accelerated, cause, clients } = await read(estate);
  expect(accelerated).toMatchObject([
    {
      accelerator: { name: 'anycast', families: [4], groupIds: ['sg-accelerator'], keepsClientAddress: true },
      ...{ ports: { from: 22, to: 22 }, transports: ['tcp'], address: '10.0.0.7' },
    },
  ]);
  expect([cause, clients]).toEqual([undefined, [['0.0.0.0/0', '::/0']]]);
});

test('accelerators are asked for in the one region where they answer', async () => {
  const { asked } = await read(estate);
  expect(new Set(asked.map((each) => each.region))).toEqual(new Set(['us-west-2']));
});

test('they are not asked for at all where none has an interface', async () => {
  const { accelerated, cause, asked } = await read({ ...estate, 'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: [] } });
  expect([accelerated, cause, asked]).toEqual([[], undefined, []]);
});

test('where one may send to an inner network load balancer, for which it makes no interface, they are asked for', async () => {
  const inner = { ...shop, Scheme: 'internal', Type: 'network' };
  const { asked } = await read({
    ...estate,
    'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: [] },
    [`${ELB}:DescribeLoadBalancers`]: { LoadBalancers: [inner] },
  });
  expect(asked.map(({ operation }) => operation)).toContain(`${GA}:ListAccelerators`);
});

test('a look at one instance reads no other interfaces than those of accelerators', async () => {
  const { session, sent } = fakeSession(estate);
  const { known } = (await instances.only?.(session, scopeOf(instances), ['i-1'])) ?? { known: [] };
  await known[0]?.facet('interfaces');
  expect(sent.filter(({ operation }) => operation === 'ec2:DescribeNetworkInterfaces').map(({ input }) => input.Filters)).toEqual([
    [{ Name: 'interface-type', Values: ['global_accelerator_managed'] }],
  ]);
});

describe('ports', () => {
  const listening = (ranges: readonly (readonly [number, number])[], PortOverrides: readonly object[] = []): Answers => ({
    ...sendingTo({ PortOverrides }),
    [`${GA}:ListListeners`]: { Listeners: [{ ...heard, PortRanges: ranges.map(([FromPort, ToPort]) => ({ FromPort, ToPort })) }] },
  });
  const override = (ListenerPort: number, EndpointPort: number) => ({ ListenerPort, EndpointPort });

  test.each<[string, Answers, readonly string[]]>([
    [
      'are those of the listener',
      listening([
        [80, 90],
        [443, 443],
      ]),
      ['80-90', '443-443'],
    ],
    ['are replaced by overrides', listening([[2222, 2222]], [override(2222, 22)]), ['22-22']],
    ['stay around overrides', listening([[80, 90]], [override(85, 22), override(80, 23)]), ['81-84', '86-90', '22-22', '23-23']],
    ['stay before an override', listening([[80, 81]], [override(81, 22)]), ['80-80', '22-22']],
    ['are not opened by overrides of ports that nobody listens on', listening([[80, 80]], [override(443, 22)]), ['80-80']],
  ])('%s', async (_, answers, expected) => {
    expect((await read(answers)).ports).toEqual(expected);
  });
});

describe('an accelerator is no way', () => {
  test.each<[string, Answers]>([
    ['that is off', { ...estate, [`${GA}:ListAccelerators`]: { Accelerators: [{ ...anycast, Enabled: false }] } }],
    ['that sends to another region', sendingTo({ EndpointGroupRegion: 'ap-south-1' })],
    ['that sends to another instance', sendingTo({}, { EndpointId: 'i-9' })],
    ['that sends to an Elastic IP address', sendingTo({}, { EndpointId: 'eipalloc-1' })],
    ['that sends to nothing', sendingTo({ EndpointDescriptions: [] })],
    [
      'into a subnet that VPC Block Public Access closes',
      {
        ...estate,
        'ec2:DescribeSubnets': {
          Subnets: [{ SubnetId: 'subnet-1', BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-ingress' } }],
        },
      },
    ],
  ])('%s', async (_, answers) => {
    const { accelerated, cause } = await read(answers);
    expect([accelerated, cause]).toEqual([[], undefined]);
  });

  test('to an interface that is not the instance’s first', async () => {
    const second = { ...face, NetworkInterfaceId: 'eni-2', Attachment: { ...face.Attachment, DeviceIndex: 1 } };
    const { accelerated } = await read({ ...estate, 'ec2:DescribeInstances': reservations({ ...instance, NetworkInterfaces: [second] }) });
    expect(accelerated).toEqual([]);
  });
});

test.each<[string, Answers]>([
  ['an endpoint without weight', sendingTo({}, { Weight: 0 })],
  ['a group to which no traffic is dialed', sendingTo({ TrafficDialPercentage: 0 })],
])('%s is sent to perhaps', async (_, answers) => {
  const { clients } = await read(answers);
  expect(clients).toEqual([expect.stringContaining('only where nothing else is healthy')]);
});

test('a dual-stack accelerator sends to an address of either family', async () => {
  const both = { ...face, Ipv6Addresses: [{ Ipv6Address: '2001:db8::7' }] };
  const { accelerated } = await read({
    ...estate,
    'ec2:DescribeInstances': reservations({ ...instance, NetworkInterfaces: [both] }),
    [`${GA}:ListAccelerators`]: { Accelerators: [{ ...anycast, IpAddressType: 'DUAL_STACK' }] },
  });
  expect(accelerated).toMatchObject([{ address: '10.0.0.7' }, { address: '2001:db8::7' }]);
});

describe('custom routing', () => {
  const custom: Answers = {
    ...estate,
    [`${GA}:ListAccelerators`]: { Accelerators: [] },
    [`${GA}:ListCustomRoutingAccelerators`]: pages({ Accelerators: [{ ...anycast, Enabled: false }] }, { Accelerators: [anycast] }),
    [`${GA}:ListCustomRoutingListeners`]: { Listeners: [{ ListenerArn: heard.ListenerArn }] },
    [`${GA}:ListCustomRoutingEndpointGroups`]: {
      EndpointGroups: [
        {
          EndpointGroupRegion: REGION,
          DestinationDescriptions: [{ FromPort: 20, ToPort: 30, Protocols: ['TCP', 'UDP'] }],
          EndpointDescriptions: [{ EndpointId: 'subnet-1' }],
        },
      ],
    },
  };

  test('sends perhaps to every address in a subnet', async () => {
    const { accelerated, cause, clients } = await read(custom);
    expect(accelerated).toMatchObject([
      { address: '10.0.0.7', ports: { from: 20, to: 30 }, transports: ['tcp', 'udp'] },
      { address: '10.0.0.8' },
    ]);
    expect([cause, clients[0]]).toEqual([undefined, expect.stringContaining('custom routing')]);
  });

  test.each([
    'ListCustomRoutingAccelerators',
    'ListCustomRoutingListeners',
    'ListCustomRoutingEndpointGroups',
  ])('where %s is refused nobody says that there is no way', async (operation) => {
    expect(await read({ ...custom, [`${GA}:${operation}`]: denied })).toMatchObject({
      accelerated: [],
      cause: 'denied',
      waysCause: 'denied',
    });
  });
});

test.each<[string, object, number]>([
  ['an instance that is shared with them', { EndpointId: `arn:aws:ec2:${REGION}:1:instance/i-1`, Region: REGION }, 1],
  ['a subnet that is shared with them', { EndpointId: `arn:aws:ec2:${REGION}:1:subnet/subnet-1` }, 2],
  ['no other instance', { EndpointId: 'i-9', Region: REGION }, 0],
  ['nothing of another region', { EndpointId: 'i-1', Region: 'ap-south-1' }, 0],
  ['no range of addresses', { Cidr: '203.0.113.0/24' }, 0],
])('accelerators of other accounts send perhaps to %s', async (_, resource, count) => {
  const { ports, clients, cause } = await read({
    ...estate,
    [`${GA}:ListAccelerators`]: { Accelerators: [] },
    [`${GA}:ListCrossAccountAttachments`]: { CrossAccountAttachments: [{ Resources: [resource] }] },
  });
  expect([ports, cause]).toEqual([Array.from({ length: count }, () => '1-65535'), undefined]);
  expect(clients).toEqual(Array.from({ length: count }, () => expect.stringContaining('another account')));
});

describe('an inner load balancer', () => {
  const inner = { ...shop, Scheme: 'internal' };
  const balanced = (changes: object = {}, endpoint: object = {}): Answers => ({
    ...sendingTo({}, { EndpointId: inner.LoadBalancerArn, ClientIPPreservationEnabled: true, ...endpoint }),
    'ec2:DescribeSubnets': { Subnets: [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-public', CidrBlock: '10.0.1.0/24' }] },
    [`${GA}:ListListeners`]: { Listeners: [{ ...heard, PortRanges: [{ FromPort: 443, ToPort: 443 }] }] },
    [`${ELB}:DescribeLoadBalancers`]: { LoadBalancers: [inner] },
    [`${ELB}:DescribeListeners`]: { Listeners: [listener, { ...listener, Port: 8443 }] },
    [`${ELB}:DescribeRules`]: { Rules: [forwarding] },
    [`${ELB}:DescribeTargetGroups`]: { TargetGroups: [group] },
    [`${ELB}:DescribeTargetHealth`]: { TargetHealthDescriptions: [health('i-1')] },
    ...changes,
  });

  test('is passed at the port that an accelerator sends to', async () => {
    const { ways, waysCause } = await read(balanced());
    expect(waysCause).toBeUndefined();
    expect(ways).toMatchObject([
      {
        accelerator: { name: 'anycast', groupIds: ['sg-accelerator'], keepsClientAddress: true },
        hops: [{ balancer: { name: 'shop', zones: { known: [{ subnetId: 'subnet-public' }] } }, listener: { port: 443 } }],
        target: { port: 22, transports: ['tcp'], address: '10.0.0.7' },
      },
    ]);
  });

  test('that is told not to, or not told to, does not see the client’s address', async () => {
    for (const ClientIPPreservationEnabled of [false, undefined]) {
      const { ways } = await read(balanced({}, { ClientIPPreservationEnabled }));
      expect(ways).toMatchObject([{ accelerator: { keepsClientAddress: false } }]);
    }
  });

  test.each<[string, Answers]>([
    [
      'that accelerators send to by another protocol',
      balanced({ [`${GA}:ListListeners`]: { Listeners: [{ ...heard, Protocol: 'UDP', PortRanges: [{ FromPort: 443, ToPort: 443 }] }] } }),
    ],
    ['that no accelerator sends to', balanced({}, { EndpointId: arnOf('loadbalancer/app/other/1') })],
  ])('%s is no way', async (_, answers) => {
    expect(await read(answers)).toMatchObject({ ways: [], waysCause: undefined });
  });

  test('lets in nobody in a subnet that VPC Block Public Access closes', async () => {
    const BlockPublicAccessStates = { InternetGatewayBlockMode: 'block-bidirectional' };
    const Subnets = [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-public', CidrBlock: '10.0.1.0/24', BlockPublicAccessStates }];
    const { ways } = await read(balanced({ 'ec2:DescribeSubnets': { Subnets } }));
    expect(ways).toMatchObject([{ hops: [{ balancer: { zones: { known: [], unread: undefined } } }] }]);
  });

  test('that may be sent to by accelerators of other accounts is passed perhaps', async () => {
    const Resources = [{ EndpointId: inner.LoadBalancerArn }];
    const { ways } = await read({
      ...balanced(),
      [`${GA}:ListAccelerators`]: { Accelerators: [] },
      [`${GA}:ListCrossAccountAttachments`]: { CrossAccountAttachments: [{ Resources }] },
    });
    expect(ways).toMatchObject([{ accelerator: { clients: { unread: { cause: 'no-data' } } } }, {}]);
  });
});

describe('nobody says that there is no way', () => {
  test.each([
    `${GA}:ListAccelerators`,
    `${GA}:ListListeners`,
    `${GA}:ListEndpointGroups`,
    `${GA}:ListCrossAccountAttachments`,
    'ec2:DescribeNetworkInterfaces',
  ])('where %s is refused', async (operation) => {
    expect(await read({ ...estate, [operation]: denied })).toMatchObject({ cause: 'denied', waysCause: 'denied' });
  });

  test.each<[string, Answers]>([
    ['accelerator', { ...estate, [`${GA}:ListAccelerators`]: { Accelerators: [{ ...anycast, Enabled: undefined }] } }],
    ['listener', { ...estate, [`${GA}:ListListeners`]: { Listeners: [{ ...heard, PortRanges: undefined }] } }],
    ['listener’s ARN', { ...estate, [`${GA}:ListListeners`]: { Listeners: [{ ...heard, ListenerArn: undefined }] } }],
    ['listener’s protocol', { ...estate, [`${GA}:ListListeners`]: { Listeners: [{ ...heard, Protocol: 'SCTP' }] } }],
    ['range of ports', { ...estate, [`${GA}:ListListeners`]: { Listeners: [{ ...heard, PortRanges: [{ FromPort: 1 }] }] } }],
    ['group', sendingTo({ EndpointGroupRegion: undefined })],
    ['group’s endpoints', sendingTo({ EndpointDescriptions: undefined })],
    ['endpoint', sendingTo({}, { EndpointId: undefined })],
    ['override', sendingTo({ PortOverrides: [{ ListenerPort: 22 }] })],
    ['attachment', { ...estate, [`${GA}:ListCrossAccountAttachments`]: { CrossAccountAttachments: [{}] } }],
  ])('where a part of what is told of an %s is missing', async (_, answers) => {
    expect(await read(answers)).toMatchObject({ cause: 'malformed', waysCause: 'malformed' });
  });

  test('where it is not told whether its subnet is blocked', async () => {
    expect(await read({ ...estate, 'ec2:DescribeSubnets': denied })).toMatchObject({ accelerated: [], cause: 'denied' });
  });
});
