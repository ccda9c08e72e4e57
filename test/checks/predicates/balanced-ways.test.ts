import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { reachableThroughBalancers } from '../../../checks/predicates/balanced-ways.ts';
import { balanced, balancer, internetRoute, way } from '../../../checks/predicates/example-networks.ts';
import { entry, listRule, rule } from '../../../checks/predicates/example-rules.ts';
import { toServices } from '../../../checks/predicates/ports.ts';
import type { InterfaceExposure } from '../../../inventory/ec2/instance.ts';
import type { NetworkAclEntries, NetworkAclEntry, SecurityGroupRule } from '../../../inventory/ec2/network.ts';
import type { BalancedTarget, BalancedWay, BalancerHop, BalancerZone, PassedBalancer } from '../../../inventory/load-balancing/way.ts';

const services = toServices({ '20-22': 'SSH', '53/udp': 'DNS' });
const all4 = entry(100, 'allow', '0.0.0.0/0');
const all6 = entry(101, 'allow', '::/0');
const acl = (ingress: readonly NetworkAclEntry[], egress: readonly NetworkAclEntry[]): readonly NetworkAclEntries[] => [
  { ingress, egress },
];
const fromGroup = (groupId: string, port = 22): SecurityGroupRule => ({
  ...rule('tcp', port, ''),
  peer: { kind: 'security-group', groupId },
});
const zone: BalancerZone = { subnetId: 'subnet-public', cidrs: ['10.0.1.0/24'], acl: acl([all4], [all4]), routes: [internetRoute] };
const unread = partial<never>([], 'ec2:Describe');
const world = rule('tcp', 2222, '0.0.0.0/0');
const out = rule('all', undefined, '0.0.0.0/0');

type Outcome = 'open' | 'closed' | 'unknown';
function outcome(exposure: InterfaceExposure): Outcome {
  const { found, undecided } = reachableThroughBalancers(exposure, services);
  return found.length > 0 ? 'open' : undecided ? 'unknown' : 'closed';
}

function through(
  hops: readonly BalancerHop[],
  target: Partial<BalancedTarget> = {},
  face: Partial<InterfaceExposure> = {},
): InterfaceExposure {
  return { ...balanced, ways: [{ hops, target: { ...way.target, ...target } }], ...face };
}
function hop(changes: Partial<PassedBalancer> = {}, rest: Partial<BalancerHop> = {}): BalancerHop {
  return { balancer: { ...balancer, ...changes }, listener: { protocol: 'TCP', port: 2222 }, clients: ['0.0.0.0/0', '::/0'], ...rest };
}
const zoned = (changes: Partial<BalancerZone>, target: Partial<BalancedTarget> = {}, face: Partial<InterfaceExposure> = {}) =>
  through([hop({ zones: [{ ...zone, ...changes }] })], target, face);
const lettingIn = (...ingress: readonly SecurityGroupRule[]) => through([hop({ rules: { ingress, egress: [out] } })]);
const lettingOut = (egress: Iterable<SecurityGroupRule>) => through([hop({ rules: { ingress: [world], egress } })]);
/** A network load balancer made without groups; what arrives bears the client's address or its own. */
const groupless = (face: Partial<InterfaceExposure>, keepsClientAddress = true, changes: Partial<BalancerZone> = {}) =>
  through([hop({ groupIds: [], rules: undefined, zones: [{ ...zone, ...changes }] })], { keepsClientAddress }, face);

test('the way is evidence, hop by hop', () => {
  const second = hop(
    { name: 'inner', zones: [{ ...zone, routes: [{ ...internetRoute, targetId: 'igw-2' }] }] },
    { listener: { protocol: 'HTTP', port: 2222 } },
  );
  const { found } = reachableThroughBalancers(through([hop(), second]), services);
  expect(found.map(({ reach, proof }) => [reach, proof])).toEqual([
    [
      'world',
      [
        {
          interface: 'eni-1',
          loadBalancer: 'front > inner',
          listener: 'TCP 2222 > HTTP 2222',
          gateway: 'igw-1',
          protocol: 'tcp',
          ports: '22',
        },
      ],
    ],
  ]);
});

describe('the internet gets into a load balancer', () => {
  test.each<[string, InterfaceExposure, Outcome]>([
    ['where everything lets it', through([hop()]), 'open'],
    ['not where there is none', through([]), 'closed'],
    ['not at another port than the listener’s', lettingIn(rule('tcp', 22, '0.0.0.0/0')), 'closed'],
    ['not by another protocol than the target’s', lettingIn(rule('udp', 2222, '0.0.0.0/0')), 'closed'],
    ['not where its group names only the office', lettingIn(rule('tcp', 2222, '203.0.113.0/24')), 'closed'],
    ['not where its group lets in only its own members', lettingIn(fromGroup('sg-front', 2222)), 'closed'],
    ['not where its group was never given a rule', lettingIn(), 'closed'],
    ['not at an address of a family that it does not have', through([hop({ families: [6] })]), 'closed'],
    ['not where the listener sends on only the office', through([hop({}, { clients: ['203.0.113.0/24'] })]), 'closed'],
    ['not where the listener sends on only clients of the other family', through([hop({}, { clients: ['::/0'] })]), 'closed'],
    ['perhaps where the listener wants what may be a secret', through([hop({}, { clients: unread })]), 'unknown'],
    ['where the listener sends on everybody, whatever else', through([hop({}, { clients: partial(['0.0.0.0/0'], 'x:Y') })]), 'open'],
    ['not without a route to it', zoned({ routes: [] }), 'closed'],
    ['perhaps where the routes were not read', zoned({ routes: unread }), 'unknown'],
    [
      'not where the network ACL of its subnet denies the port',
      zoned({ acl: acl([entry(1, 'deny', '0.0.0.0/0', 2222), all4], [all4]) }),
      'closed',
    ],
    ['not where that network ACL keeps the answers in', zoned({ acl: acl([all4], [entry(1, 'allow', '10.0.0.0/8')]) }), 'closed'],
    ['perhaps where that network ACL was not read', zoned({ acl: unread }), 'unknown'],
    ['not where it has no subnets', through([hop({ zones: [] })]), 'closed'],
    ['by one of its subnets', through([hop({ zones: [{ ...zone, routes: [] }, zone] })]), 'open'],
    ['perhaps where none of its subnets was read', through([hop({ zones: unread })]), 'unknown'],
    ['perhaps by a subnet that was not read', through([hop({ zones: partial([{ ...zone, routes: [] }], 'x:Y') })]), 'unknown'],
    ['by a subnet that was read', through([hop({ zones: partial([zone], 'x:Y') })]), 'open'],
    ['perhaps where its groups were not read', through([hop({ rules: { ingress: unread, egress: [out] } })]), 'unknown'],
    [
      'not where nobody but the office can be meant',
      through([hop({ rules: { ingress: unread, egress: [out] } }, { clients: ['203.0.113.0/24'] })]),
      'closed',
    ],
  ])('%s', (_, exposure, expected) => {
    expect(outcome(exposure)).toBe(expected);
  });
});

describe('a second load balancer', () => {
  const inner: Partial<PassedBalancer> = { name: 'inner', groupIds: ['sg-inner'], zones: [{ ...zone, routes: [] }] };
  const behind = (ingress: readonly SecurityGroupRule[], changes: Partial<PassedBalancer> = {}, rest: Partial<BalancerHop> = {}) =>
    through([hop(), hop({ ...inner, rules: { ingress, egress: [out] }, ...changes }, rest)], {}, { ingress: [fromGroup('sg-inner')] });
  test.each<[string, InterfaceExposure, Outcome]>([
    ['needs no route of its own to the internet', behind([world]), 'open'],
    ['lets in the first by its group', behind([fromGroup('sg-front', 2222)]), 'open'],
    ['does not let in the first by another group', behind([fromGroup('sg-other', 2222)]), 'closed'],
    ['needs no address of the client’s family', behind([world], { families: [6] }), 'open'],
    ['sends on only those whom its listener does', behind([world], {}, { clients: ['203.0.113.0/24'] }), 'closed'],
    ['is the one whose group the interface must let in', through([hop(), hop({ ...inner, rules: undefined })]), 'closed'],
    ['lets nobody through where it has no subnets', behind([world], { zones: [] }), 'closed'],
  ])('%s', (_, exposure, expected) => {
    expect(outcome(exposure)).toBe(expected);
  });

  test('does not help where the internet does not reach the first', () => {
    const [, second] = [...behind([world]).ways].flatMap(({ hops }) => hops);
    const closed = hop({ rules: { ingress: [], egress: [out] } });
    expect(second && outcome(through([closed, second], {}, { ingress: [fromGroup('sg-inner')] }))).toBe('closed');
  });
});

describe('a load balancer sends to the interface', () => {
  const lettingOutTo = (cidr: string) => lettingOut([rule('tcp', 22, cidr)]);
  const denied = (cidr: string) => entry(1, 'deny', cidr);
  const same: Partial<BalancedTarget> = { subnetId: 'subnet-public' };
  test.each<[string, InterfaceExposure, Outcome]>([
    ['not where its groups let nothing out', lettingOut([]), 'closed'],
    ['where they let out to that address alone', lettingOutTo('10.0.2.7/32'), 'open'],
    ['not where they let out to the addresses after it', lettingOutTo('10.0.2.128/25'), 'closed'],
    ['not where they let out to the addresses before it', lettingOutTo('10.0.2.0/30'), 'closed'],
    ['not where they let out to the other family', lettingOutTo('::/0'), 'closed'],
    ['not where they let out at another port', lettingOut([rule('tcp', 2222, '0.0.0.0/0')]), 'closed'],
    ['where they let out to a group of the interface', lettingOut([fromGroup('sg-1')]), 'open'],
    ['not where they let out to another group', lettingOut([fromGroup('sg-2')]), 'closed'],
    ['not where they let out to a group of the interface at another port', lettingOut([fromGroup('sg-1', 443)]), 'closed'],
    ['where they let out to a list that holds the address', lettingOut([listRule(22, ['10.9.0.0/16', '10.0.2.0/24'])]), 'open'],
    ['not where they let out to a list without it', lettingOut([listRule(22, ['10.9.0.0/16'])]), 'closed'],
    ['perhaps where such a list was not read', lettingOut([listRule(22, unread)]), 'unknown'],
    ['perhaps where what they let out was not read', lettingOut(unread), 'unknown'],
    ['by a rule that was read', lettingOut(partial([out], 'x:Y')), 'open'],
    ['not where the network ACL of its subnet keeps it in', zoned({ acl: acl([all4], [denied('10.0.2.7/32'), all4]) }), 'closed'],
    ['not where that network ACL keeps the answers out', zoned({ acl: acl([denied('10.0.2.0/24'), all4], [all4]) }), 'closed'],
    [
      'within a subnet, past its network ACL',
      zoned({ acl: acl([denied('10.0.2.0/24'), all4], [denied('10.0.2.0/24'), all4]) }, same),
      'open',
    ],
    [
      'not where the network ACL of the interface denies the port',
      zoned({}, {}, { acl: acl([entry(1, 'deny', '0.0.0.0/0', 22), all4], [all4]) }),
      'closed',
    ],
    ['not where that network ACL keeps the answers in', zoned({}, {}, { acl: acl([all4], []) }), 'closed'],
    ['perhaps where that network ACL was not read', zoned({}, {}, { acl: unread }), 'unknown'],
    ['within a subnet, whether or not its network ACL was read', zoned({}, same, { acl: unread }), 'open'],
  ])('%s', (_, exposure, expected) => {
    expect(outcome(exposure)).toBe(expected);
  });
});

describe('the interface lets in a load balancer', () => {
  const facing = (ingress: Iterable<SecurityGroupRule>) => through([hop()], {}, { ingress });
  test.each<[string, InterfaceExposure, Outcome]>([
    ['by its group', facing([fromGroup('sg-front')]), 'open'],
    ['not by another group', facing([fromGroup('sg-other')]), 'closed'],
    ['not by its group at another port', facing([fromGroup('sg-front', 443)]), 'closed'],
    ['perhaps by a rule that was not read', facing(unread), 'unknown'],
    ['by a rule that was read', facing(partial([fromGroup('sg-front')], 'x:Y')), 'open'],
    ['by the client’s address, where that is kept', groupless({ ingress: [rule('tcp', 22, '0.0.0.0/0')] }), 'open'],
    ['not by its own address, where the client’s is kept', groupless({ ingress: [rule('tcp', 22, '10.0.1.0/24')] }), 'closed'],
    ['not where it lets in only the office’s clients', groupless({ ingress: [rule('tcp', 22, '203.0.113.0/24')] }), 'closed'],
    ['by its own address, where the client’s is not kept', groupless({ ingress: [rule('tcp', 22, '10.0.1.0/24')] }, false), 'open'],
    ['perhaps where a part of its subnet is let in', groupless({ ingress: [rule('tcp', 22, '10.0.1.0/25')] }, false), 'unknown'],
    ['not where another subnet is let in', groupless({ ingress: [rule('tcp', 22, '10.0.9.0/24')] }, false), 'closed'],
    [
      'perhaps where its subnet is not known',
      groupless({ ingress: [rule('tcp', 22, '10.0.1.0/24')] }, false, { cidrs: unread }),
      'unknown',
    ],
    [
      'perhaps where its subnet may have more addresses than are known',
      groupless({ ingress: [rule('tcp', 22, '10.0.1.0/24')] }, false, { cidrs: partial(['10.0.1.0/24'], 'x:Y') }),
      'unknown',
    ],
    ['not where its subnet has no addresses of the target’s family', groupless({ ingress: [rule('tcp', 22, '::/0')] }, false), 'closed'],
    ['perhaps where neither was read', groupless({ ingress: unread }, false), 'unknown'],
  ])('%s', (_, exposure, expected) => {
    expect(outcome(exposure)).toBe(expected);
  });

  test('in part: the reason names its subnet', () => {
    const { undecided } = reachableThroughBalancers(groupless({ ingress: [rule('tcp', 22, '10.0.1.0/25')] }, false), services);
    expect(undecided?.message).toBe('only a part of subnet-public is let in, and a load balancer may be in it');
  });

  test('in doubt: the reason is what was not read of its own', () => {
    const hidden = groupless({ ingress: [rule('tcp', 22, '10.0.1.0/24')] }, false, { cidrs: partial<never>([], 'ec2:DescribeSubnets') });
    expect(reachableThroughBalancers(hidden, services).undecided?.message).toBe('ec2:DescribeSubnets was denied');
  });
});

describe('clients of IPv6', () => {
  const open6 = acl([all4, all6], [all4, all6]);
  const zone6: BalancerZone = {
    subnetId: 'subnet-public',
    cidrs: ['10.0.1.0/24', '2001:db8:1::/64'],
    acl: open6,
    routes: [{ ...internetRoute, destination: '::/0' }],
  };
  const dual = (target: Partial<BalancedTarget>, ingress: SecurityGroupRule, changes: Partial<BalancerZone> = {}, egress6 = '::/0') =>
    through(
      [
        hop({
          families: [4, 6],
          rules: { ingress: [rule('tcp', 2222, '::/0')], egress: [out, rule('all', undefined, egress6)] },
          zones: [{ ...zone6, ...changes }],
        }),
      ],
      target,
      { acl: open6, ingress: [ingress] },
    );
  const inside6: Partial<BalancedTarget> = { address: '2001:db8:2::7' };
  test.each<[string, InterfaceExposure, Outcome]>([
    ['reach a target of IPv4 by the balancer’s own address', dual({}, rule('tcp', 22, '10.0.1.0/24')), 'open'],
    ['do not reach a target of IPv4 that lets in all IPv6', dual({}, rule('tcp', 22, '::/0')), 'closed'],
    [
      'reach a target of IPv6 to which alone the balancer’s groups let out',
      dual(inside6, rule('tcp', 22, '::/0'), {}, '2001:db8:2::7/128'),
      'open',
    ],
    [
      'do not reach a target of IPv6 beside those to which they let out',
      dual(inside6, rule('tcp', 22, '::/0'), {}, '2001:db8:2::8/128'),
      'closed',
    ],
    ['reach a target of IPv6 that lets them in', dual(inside6, rule('tcp', 22, '::/0')), 'open'],
    ['do not reach a target of IPv6 that lets in the balancer alone', dual(inside6, rule('tcp', 22, '2001:db8:1::/64')), 'closed'],
    [
      'reach by the balancer’s own address one that lets it in',
      dual({ ...inside6, keepsClientAddress: false }, rule('tcp', 22, '2001:db8:1::/64')),
      'open',
    ],
    [
      'do not reach a target of IPv6 from a subnet without',
      dual({ ...inside6, keepsClientAddress: false }, rule('tcp', 22, '::/0'), { cidrs: ['10.0.1.0/24'] }),
      'closed',
    ],
  ])('%s', (_, exposure, expected) => {
    expect(outcome(exposure)).toBe(expected);
  });
});

describe('of the services, one is open', () => {
  const names = (exposure: InterfaceExposure) =>
    reachableThroughBalancers(exposure, services).found.map(({ service, ports }) => [service.name, ports]);
  const at = (target: Partial<BalancedTarget>) => {
    const everything = rule('all', undefined, '0.0.0.0/0');
    return through([hop({ rules: { ingress: [everything], egress: [everything] } })], target, { ingress: [everything] });
  };
  test.each<[string, Partial<BalancedTarget>, unknown]>([
    ['at its first port', { port: 20 }, [['SSH', { from: 20, to: 20 }]]],
    ['at its last port', { port: 22 }, [['SSH', { from: 22, to: 22 }]]],
    ['not at the port before', { port: 19 }, []],
    ['not at the port after', { port: 23 }, []],
    ['not by another protocol', { port: 22, transports: ['udp'] }, []],
    ['by one of several protocols', { port: 53, transports: ['tcp', 'udp'] }, [['DNS', { from: 53, to: 53 }]]],
  ])('%s', (_, target, expected) => {
    expect(names(at(target))).toEqual(expected);
  });
});

describe('of several ways', () => {
  const closed: BalancedWay = { ...way, hops: [] };
  test('one that is open is enough', () => {
    expect(outcome({ ...balanced, ways: [closed, way] })).toBe('open');
  });

  test('those that were not read leave open whether there is one', () => {
    expect(outcome({ ...balanced, ways: partial([closed], 'x:Y') })).toBe('unknown');
  });
});

test('an error that is no refusal is not taken for one', () => {
  const broken: Iterable<SecurityGroupRule> = {
    [Symbol.iterator](): never {
      throw new TypeError('broken');
    },
  };
  expect(() => outcome(lettingOut(broken))).toThrow('broken');
});
