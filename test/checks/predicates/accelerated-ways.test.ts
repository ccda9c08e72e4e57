import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { accelerated, acceleratedWay, balanced, balancer, way } from '../../../checks/predicates/example-networks.ts';
import { entry, rule } from '../../../checks/predicates/example-rules.ts';
import { toServices } from '../../../checks/predicates/ports.ts';
import { reachableServices } from '../../../checks/predicates/reachability.ts';
import type { InterfaceExposure } from '../../../inventory/ec2/instance.ts';
import type { NetworkAclEntry, SecurityGroupRule } from '../../../inventory/ec2/network.ts';
import type { AcceleratedWay, Accelerator } from '../../../inventory/global-accelerator/way.ts';
import type { BalancedTarget, BalancerHop, BalancerZone, PassedBalancer } from '../../../inventory/load-balancing/way.ts';

const services = toServices({ '20-22': 'SSH', '53/udp': 'DNS' });
const all4 = entry(100, 'allow', '0.0.0.0/0');
const acl = (ingress: readonly NetworkAclEntry[], egress: readonly NetworkAclEntry[]) => [{ ingress, egress }];
const unread = partial<never>([], 'ec2:Describe');
const fromGroup = (groupId: string, port = 22): SecurityGroupRule => ({
  ...rule('tcp', port, ''),
  peer: { kind: 'security-group', groupId },
});
const { accelerator } = acceleratedWay;

type Outcome = 'open' | 'closed' | 'unknown';
function outcome(exposure: InterfaceExposure): Outcome {
  const { found, undecided } = reachableServices(() => [exposure], services);
  return found.length > 0 ? 'open' : undecided ? 'unknown' : 'closed';
}

const facing = (
  face: Partial<InterfaceExposure>,
  changes: Partial<AcceleratedWay> = {},
  by: Partial<Accelerator> = {},
): InterfaceExposure => ({
  ...accelerated,
  accelerated: [{ ...acceleratedWay, ...changes, accelerator: { ...accelerator, ...by } }],
  ...face,
});

describe('an accelerator sends straight to an interface', () => {
  test.each<[string, InterfaceExposure, Outcome]>([
    ['without an address or a route of its own', facing({}), 'open'],
    ['without anything to send', facing({ accelerated: [] }), 'closed'],
    ['perhaps, where accelerators were not read', facing({ accelerated: unread }), 'unknown'],
    ['also where others were not read', facing({ accelerated: partial([acceleratedWay], 'x:Y') }), 'open'],
    ['not at other ports', facing({}, { ports: { from: 23, to: 65_535 } }), 'closed'],
    ['at the ports that it shares with a service', facing({}, { ports: { from: 1, to: 22 } }), 'open'],
    ['not at the ports of a service that its group keeps closed', facing({}, { ports: { from: 1, to: 21 } }), 'closed'],
    ['not by another protocol', facing({}, { transports: ['udp'] }), 'closed'],
    ['not where the group lets in only the office', facing({ ingress: [rule('tcp', 22, '203.0.113.0/24')] }), 'closed'],
    ['not where the group lets in only the VPC', facing({ ingress: [rule('tcp', 22, '10.0.0.0/8')] }), 'closed'],
    ['not where the group lets in clients of the other family', facing({ ingress: [rule('tcp', 22, '::/0')] }), 'closed'],
    ['where the group lets in the group of Global Accelerator', facing({ ingress: [fromGroup('sg-accelerator')] }), 'open'],
    ['not where the group lets in another group', facing({ ingress: [fromGroup('sg-other')] }), 'closed'],
    ['perhaps where the group was not read', facing({ ingress: unread }), 'unknown'],
    ['perhaps where the network ACL was not read', facing({ acl: unread }), 'unknown'],
    ['not where the network ACL lets no answer out', facing({ acl: acl([all4], []) }), 'closed'],
    [
      'perhaps where the network ACL denies the request',
      facing({ acl: acl([entry(1, 'deny', '0.0.0.0/0', 22), all4], [all4]) }),
      'unknown',
    ],
    ['not where the groups do not, whatever the network ACL says', facing({ ingress: [], acl: unread }), 'closed'],
    ['perhaps where it sends perhaps nobody', facing({}, {}, { clients: unread }), 'unknown'],
    [
      'not where it sends perhaps nobody and the group lets in only the office',
      facing({ ingress: [rule('tcp', 22, '203.0.113.0/24')] }, {}, { clients: unread }),
      'closed',
    ],
    [
      'to an IPv6 address, for clients of that family',
      facing(
        { ingress: [rule('tcp', 22, '::/0')], acl: acl([entry(1, 'allow', '::/0')], [entry(1, 'allow', '::/0')]) },
        { address: '2001:db8::7' },
      ),
      'open',
    ],
  ])('%s', (_, exposure, expected) => {
    expect(outcome(exposure)).toBe(expected);
  });

  test('with the way as evidence', () => {
    const { found } = reachableServices(() => [facing({}, { ports: { from: 1, to: 1_000 } })], services);
    expect(found.map(({ ports, reach, proof }) => [ports, reach, proof])).toEqual([
      [{ from: 22, to: 22 }, 'world', [{ interface: 'eni-1', accelerator: 'anycast', address: '10.0.2.7', protocol: 'tcp', ports: '22' }]],
    ]);
  });
});

const zone: BalancerZone = { subnetId: 'subnet-inner', cidrs: ['10.0.1.0/24'], acl: acl([all4], [all4]), routes: [] };
const hop = (changes: Partial<PassedBalancer> = {}): BalancerHop => ({
  ...{ balancer: { ...balancer, zones: [zone], ...changes }, listener: { protocol: 'TCP', port: 2222 } },
  clients: ['0.0.0.0/0', '::/0'],
});
const behind = (
  changes: Partial<PassedBalancer> = {},
  by: Partial<Accelerator> = {},
  target: Partial<BalancedTarget> = {},
): InterfaceExposure => ({
  ...balanced,
  ways: [{ accelerator: { ...accelerator, ...by }, hops: [hop(changes)], target: { ...way.target, ...target } }],
});
const lettingIn = (...ingress: readonly SecurityGroupRule[]) => ({ rules: { ingress, egress: [rule('all', undefined, '0.0.0.0/0')] } });
const ownAddress = { keepsClientAddress: false };

describe('an accelerator sends to an inner load balancer', () => {
  test.each<[string, InterfaceExposure, Outcome]>([
    ['that has no route to the internet', behind(), 'open'],
    ['whatever the families of its own addresses', behind({ families: [6] }), 'open'],
    ['not for clients of a family that the accelerator does not have', behind({}, { families: [6] }), 'closed'],
    ['by the group of Global Accelerator', behind(lettingIn(fromGroup('sg-accelerator', 2222))), 'open'],
    ['not by another group', behind(lettingIn(fromGroup('sg-other', 2222))), 'closed'],
    ['not where its group lets in only the office', behind(lettingIn(rule('tcp', 2222, '203.0.113.0/24'))), 'closed'],
    ['not where nothing of it lets in accelerators', behind({ zones: [] }), 'closed'],
    ['perhaps where its zones were not read', behind({ zones: unread }), 'unknown'],
    [
      'perhaps where its network ACL denies the request',
      behind({ zones: [{ ...zone, acl: acl([entry(1, 'deny', '0.0.0.0/0', 2222), all4], [all4]) }] }),
      'unknown',
    ],
    ['not where its network ACL lets no answer out', behind({ zones: [{ ...zone, acl: acl([all4], []) }] }), 'closed'],
    ['perhaps where it sends perhaps nobody', behind({}, { clients: unread }), 'unknown'],
    ['perhaps from an address of its own', behind({}, ownAddress), 'unknown'],
    [
      'perhaps from an address of its own, which a group may let in',
      behind(lettingIn(rule('tcp', 2222, '203.0.113.0/24')), ownAddress),
      'unknown',
    ],
    ['not from an address of its own where no group lets in any', behind(lettingIn(), ownAddress), 'closed'],
    [
      'not from an address of its own where the balancer lets nothing out',
      behind({ rules: { ingress: [rule('tcp', 2222, '0.0.0.0/0')], egress: [] } }, ownAddress),
      'closed',
    ],
  ])('%s', (_, exposure, expected) => {
    expect(outcome(exposure)).toBe(expected);
  });

  test('with the way as evidence', () => {
    const { found } = reachableServices(() => [behind()], services);
    expect(found.map(({ proof }) => proof)).toEqual([
      [{ interface: 'eni-1', accelerator: 'anycast', loadBalancer: 'front', listener: 'TCP 2222', protocol: 'tcp', ports: '22' }],
    ]);
  });
});
