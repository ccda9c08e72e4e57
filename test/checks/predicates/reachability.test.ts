import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { entry, listRule, rule } from '../../../checks/predicates/example-rules.ts';
import { namesOf } from '../../../checks/predicates/openings.ts';
import { toServices } from '../../../checks/predicates/ports.ts';
import { reachableServices } from '../../../checks/predicates/reachability.ts';
import type { InterfaceExposure } from '../../../inventory/ec2/instance.ts';
import type { NetworkAclEntry, Route } from '../../../inventory/ec2/network.ts';

const services = toServices({ '22': 'SSH', '3389/udp': 'RDP' });
const igw = (destination: string): Route => ({ destination, target: 'internet-gateway', targetId: 'igw-1', active: true });
const all4 = entry(100, 'allow', '0.0.0.0/0');
const all6 = entry(101, 'allow', '::/0');
const acl = (ingress: NetworkAclEntry[], egress: NetworkAclEntry[]) => [{ ingress, egress }];
const exposed: InterfaceExposure = {
  interfaceId: 'eni-1',
  publicAddresses: ['198.51.100.7'],
  groupIds: ['sg-1', 'sg-2'],
  ingress: [rule('tcp', 22, '0.0.0.0/0')],
  acl: acl([all4, all6], [all4, all6]),
  routes: [igw('0.0.0.0/0'), igw('::/0')],
  ways: [],
  accelerated: [],
};
const ipv6: InterfaceExposure = { ...exposed, publicAddresses: ['2001:db8::7'], ingress: [rule('tcp', 22, '::/0')] };
const unread = partial<never>([], 'ec2:Describe');

type Outcome = 'open' | 'closed' | 'unknown';
function outcome(...interfaces: InterfaceExposure[]): Outcome {
  const { found, undecided } = reachableServices(() => interfaces, services);
  return found.length > 0 ? 'open' : undecided ? 'unknown' : 'closed';
}

describe('to be reached, an interface needs', () => {
  test.each<[string, InterfaceExposure, Outcome]>([
    ['all of it', exposed, 'open'],
    ['all of it, in IPv6', ipv6, 'open'],
    ['a public address', { ...exposed, publicAddresses: [] }, 'closed'],
    ['a public address of the family that its rules let in', { ...exposed, ingress: [rule('tcp', 22, '::/0')] }, 'closed'],
    ['one of several addresses', { ...exposed, publicAddresses: ['2001:db8::7', '198.51.100.7'] }, 'open'],
    ['a rule', { ...exposed, ingress: [] }, 'closed'],
    [
      'rules that together let the world in',
      { ...exposed, ingress: [rule('tcp', 22, '0.0.0.0/1'), rule('tcp', 22, '128.0.0.0/1')] },
      'open',
    ],
    ['a rule for the port', { ...exposed, ingress: [rule('tcp', 443, '0.0.0.0/0')] }, 'closed'],
    ['a route', { ...exposed, routes: [] }, 'closed'],
    ['a route of the family', { ...exposed, routes: [igw('::/0')] }, 'closed'],
    ['an active route', { ...exposed, routes: [{ ...igw('0.0.0.0/0'), active: false }] }, 'closed'],
    ['a gateway that lets in', { ...ipv6, routes: [{ ...igw('::/0'), target: 'egress-only-gateway' }] }, 'closed'],
    ['no NAT', { ...exposed, routes: [{ ...igw('0.0.0.0/0'), target: 'nat' }] }, 'closed'],
    ['a route by halves', { ...exposed, routes: [igw('0.0.0.0/1'), igw('128.0.0.0/1')] }, 'open'],
    [
      'a route that others do not take over',
      { ...exposed, routes: [igw('0.0.0.0/0'), { ...igw('0.0.0.0/1'), target: 'other' }, { ...igw('128.0.0.0/1'), target: 'other' }] },
      'closed',
    ],
    [
      'a route that others take over in part',
      { ...exposed, routes: [{ ...igw('10.0.0.0/16'), target: 'local' }, igw('0.0.0.0/0')] },
      'open',
    ],
    ['a network ACL that lets in', { ...exposed, acl: acl([], [all4]) }, 'closed'],
    [
      'a network ACL that does not deny the port first',
      { ...exposed, acl: acl([entry(1, 'deny', '0.0.0.0/0', 22), all4], [all4]) },
      'closed',
    ],
    ['a network ACL that lets the answer out', { ...exposed, acl: acl([all4], []) }, 'closed'],
    [
      'only an answer to ephemeral ports',
      { ...exposed, acl: acl([all4], [entry(1, 'allow', '0.0.0.0/0', { from: 1024, to: 65_535 })]) },
      'open',
    ],
    [
      'only an answer to some port, since the caller chooses',
      { ...exposed, acl: acl([all4], [entry(1, 'allow', '0.0.0.0/0', 443)]) },
      'open',
    ],
    ['an answer to the same addresses', { ...exposed, acl: acl([all4], [entry(1, 'allow', '10.0.0.0/8')]) }, 'closed'],
    [
      'gates that let the same addresses through',
      { ...exposed, ingress: [rule('tcp', 22, '0.0.0.0/1')], acl: acl([entry(1, 'allow', '128.0.0.0/1')], [all4]) },
      'closed',
    ],
    ['UDP for a UDP service', { ...exposed, ingress: [rule('udp', 3389, '0.0.0.0/0')] }, 'open'],
  ])('%s', (_, exposure, expected) => {
    expect(outcome(exposure)).toBe(expected);
  });
});

describe('what was not read', () => {
  test.each<[string, InterfaceExposure, Outcome]>([
    ['matters if everything else is open: the ACL', { ...exposed, acl: unread }, 'unknown'],
    ['matters if everything else is open: the routes', { ...exposed, routes: unread }, 'unknown'],
    [
      'matters if everything else is open: some routes',
      { ...exposed, routes: partial([igw('0.0.0.0/0')], 'ec2:GetManagedPrefixListEntries') },
      'unknown',
    ],
    ['matters if everything else is open: the rules', { ...exposed, ingress: unread }, 'unknown'],
    [
      'matters if everything else is open: a list',
      { ...exposed, ingress: [listRule(22, partial([], 'ec2:GetManagedPrefixListEntries'))] },
      'unknown',
    ],
    [
      'does not hide an open rule beside it',
      { ...exposed, ingress: partial([rule('tcp', 22, '0.0.0.0/0')], 'ec2:DescribeSecurityGroups') },
      'open',
    ],
    ['does not matter without an address', { ...exposed, publicAddresses: [], acl: unread, routes: unread, ingress: unread }, 'closed'],
    ['does not matter without a rule', { ...exposed, ingress: [], acl: unread, routes: unread }, 'closed'],
    ['does not matter without a route', { ...exposed, ingress: unread, acl: unread, routes: [] }, 'closed'],
    ['does not matter where the ACL denies', { ...exposed, ingress: unread, acl: acl([], [all4]) }, 'closed'],
    [
      'matters where the ACL denies only a part of the ports',
      { ...exposed, ingress: unread, acl: acl([entry(1, 'deny', '0.0.0.0/0', 22), all4], [all4]) },
      'unknown',
    ],
    [
      'matters where the ACL has an entry that is no CIDR block',
      { ...exposed, acl: acl([entry(1, 'allow', 'somewhere')], [all4]) },
      'unknown',
    ],
    ['matters where no ACL is known at all', { ...exposed, acl: [] }, 'unknown'],
    [
      'matters where answers leave through a firewall: what it lets in',
      { ...exposed, routes: [{ ...igw('0.0.0.0/0'), target: 'other', targetId: 'vpce-1' }] },
      'unknown',
    ],
    [
      'matters where answers leave through an appliance: what it lets in',
      { ...exposed, routes: [{ ...igw('0.0.0.0/0'), target: 'other', targetId: 'eni-1' }] },
      'unknown',
    ],
    [
      'does not matter where answers leave for another network',
      { ...exposed, routes: [{ ...igw('0.0.0.0/0'), target: 'other', targetId: 'tgw-1' }] },
      'closed',
    ],
    [
      'does not matter where an endpoint has the routes to one service only',
      { ...exposed, routes: [{ ...igw('52.218.0.0/17'), target: 'other', targetId: 'vpce-1' }] },
      'closed',
    ],
  ])('%s', (_, exposure, expected) => {
    expect(outcome(exposure)).toBe(expected);
  });

  test('on one interface hides nothing on another', () => {
    expect(outcome({ ...exposed, acl: unread }, { ...exposed, interfaceId: 'eni-2' })).toBe('open');
  });

  test('of the interfaces, leaves open whether there is a way', () => {
    const { found, undecided } = reachableServices(() => partial([{ ...exposed, ingress: [] }], 'ec2:DescribeNetworkInterfaces'), services);
    expect([found.length, undecided?.message]).toEqual([0, 'ec2:DescribeNetworkInterfaces was denied']);
  });
});

test('the order in which interfaces are listed changes nothing', () => {
  const other = { ...exposed, interfaceId: 'eni-0', ingress: [rule('udp', 3389, '0.0.0.0/0')] };
  const seen = (...interfaces: InterfaceExposure[]) => reachableServices(() => interfaces, services).found.map((one) => namesOf([one]));
  expect(seen(exposed, other)).toEqual(['RDP (3389)', 'SSH (22)']);
  expect(seen(other, exposed)).toEqual(['RDP (3389)', 'SSH (22)']);
});

test('the path is evidence', () => {
  const { found } = reachableServices(() => [exposed], services);
  expect(found.map((one) => [namesOf([one]), one.reach, one.proof])).toEqual([
    [
      'SSH (22)',
      'world',
      [{ interface: 'eni-1', address: '198.51.100.7', gateway: 'igw-1', protocol: 'tcp', ports: '22', source: '0.0.0.0/0' }],
    ],
  ]);
});
