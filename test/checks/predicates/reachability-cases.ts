import fc from 'fast-check';
import { partial } from '../../../checks/check.ts';
import type { Openings } from '../../../checks/predicates/openings.ts';
import { type Service, toServices } from '../../../checks/predicates/ports.ts';
import { reachableServices } from '../../../checks/predicates/reachability.ts';
import type { InterfaceExposure } from '../../../inventory/ec2/instance.ts';
import type { NetworkAclEntries, NetworkAclEntry, PortRange, Route, SecurityGroupRule } from '../../../inventory/ec2/network.ts';
import type { AcceleratedWay, Accelerator } from '../../../inventory/global-accelerator/way.ts';
import type { BalancedWay } from '../../../inventory/load-balancing/way.ts';
import {
  type AclCase,
  cellsFor,
  type HopCase,
  type InterfaceCase,
  type Part,
  reachedOn,
  type WayCase,
  type ZoneCase,
} from './reachability-oracle.ts';

/** Small networks, and whether the engine and brute force say the same of them. */
const CIDRS = [
  ...[
    '0.0.0.0/0',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '64.0.0.0/2',
    '192.0.0.0/3',
    '8.0.0.0/7',
    '8.0.0.0/8',
    '9.0.0.0/8',
    '10.0.0.0/8',
    '10.0.0.0/9',
  ],
  ...['::/0', '::/1', '8000::/1', '2000::/3', '2000::/4', '2400::/12', '2600::/12', '2a00::/11', 'fc00::/7', 'fd00::/12'],
];
const CELLS = cellsFor(CIDRS);
const SERVICES: readonly Service[] = toServices({ '1': 'one', '3-5': 'some', '4/udp': 'other' });
const KNOCKS = SERVICES.flatMap(({ name, transport, ports }) =>
  Array.from({ length: ports.to - ports.from + 1 }, (_, index) => ({ name, transport, port: ports.from + index })),
);

const cidr = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('0.0.0.0/0', '::/0') },
  { weight: 4, arbitrary: fc.constantFrom(...CIDRS) },
  { weight: 1, arbitrary: fc.constantFrom('10.0.0.0/8', '10.0.0.0/9') },
);
const ALL: PortRange = { from: 0, to: 65_535 };
const ports: fc.Arbitrary<PortRange> = fc.oneof(
  fc.constant(ALL),
  fc.tuple(fc.nat(7), fc.nat(7)).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
);
const traffic = fc.oneof(
  { weight: 6, arbitrary: fc.record({ protocol: fc.constantFrom('tcp' as const, 'tcp' as const, 'udp' as const), ports }) },
  { weight: 2, arbitrary: fc.record({ protocol: fc.constantFrom('all' as const, 'icmp' as const, 6, 17, 50), ports: fc.constant(ALL) }) },
);
const peer: fc.Arbitrary<SecurityGroupRule['peer']> = fc.oneof(
  { weight: 5, arbitrary: cidr.map((block) => ({ kind: 'cidr', cidr: block }) as const) },
  { weight: 2, arbitrary: fc.constantFrom('sg-a', 'sg-b', 'sg-c').map((groupId) => ({ kind: 'security-group', groupId }) as const) },
);
const rule: fc.Arbitrary<SecurityGroupRule> = fc.tuple(traffic, peer).map(([what, who]) => ({ ...what, peer: who }));
const entry = fc
  .record({
    number: fc.integer({ min: 1, max: 30 }),
    action: fc.constantFrom('allow' as const, 'allow' as const, 'deny' as const),
    what: traffic,
    cidr,
  })
  .map(({ what, ...rest }): NetworkAclEntry => ({ ...rest, ...what }));
const entries = fc.uniqueArray(entry, { maxLength: 4, selector: ({ number }) => number });
const EVERYTHING: NetworkAclEntry[] = ['0.0.0.0/0', '::/0'].map((block, index) => ({
  number: 100 + index,
  action: 'allow',
  protocol: 'all',
  ports: ALL,
  cidr: block,
}));
const acl: fc.Arbitrary<AclCase | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ ingress: EVERYTHING, egress: EVERYTHING }) },
  { weight: 3, arbitrary: fc.record({ ingress: entries, egress: fc.oneof(entries, fc.constant(EVERYTHING)) }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const TARGETS: readonly Pick<Route, 'target' | 'targetId' | 'active'>[] = [
  { target: 'internet-gateway', targetId: 'igw-1', active: true },
  { target: 'internet-gateway', targetId: 'igw-1', active: true },
  { target: 'internet-gateway', targetId: 'igw-1', active: false },
  { target: 'nat', targetId: 'nat-1', active: true },
  { target: 'egress-only-gateway', targetId: 'eigw-1', active: true },
  { target: 'other', targetId: 'vpce-1', active: true },
  { target: 'other', targetId: 'eni-1', active: true },
];
const route: fc.Arbitrary<Route> = fc.tuple(cidr, fc.constantFrom(...TARGETS)).map(([destination, to]) => ({ destination, ...to }));
const toInternet: Part<Route> = {
  known: ['0.0.0.0/0', '::/0'].map((destination) => ({ destination, target: 'internet-gateway', targetId: 'igw-1', active: true })),
  whole: true,
};
const routes = fc.oneof(
  { weight: 1, arbitrary: fc.constant(toInternet) },
  { weight: 2, arbitrary: part(fc.uniqueArray(route, { maxLength: 4, selector: ({ destination }) => destination })) },
);
const families = fc.constantFrom<readonly (4 | 6)[]>([4], [6], [4, 6]);
const subnet = fc.constantFrom('subnet-1', 'subnet-2');
const rules = part(fc.array(rule, { maxLength: 4 }));

const zone: fc.Arbitrary<ZoneCase> = fc.record({
  subnetId: subnet,
  cidr: fc.constantFrom('10.0.0.0/8', '10.0.0.0/9', 'fd00::/12'),
  acl,
  routes,
});
const hop = (groupId: string): fc.Arbitrary<HopCase> =>
  fc.record({
    families,
    groupId: fc.constant(groupId),
    rules: fc.option(fc.record({ ingress: fc.oneof(rules, fc.constant(anywhere())), egress: fc.oneof(rules, fc.constant(anywhere())) }), {
      nil: undefined,
      freq: 3,
    }),
    port: fc.nat(7),
    clients: fc.oneof(fc.constant({ known: ['0.0.0.0/0', '::/0'], whole: true }), part(fc.array(cidr, { maxLength: 2 }))),
    zones: part(fc.array(zone, { minLength: 1, maxLength: 2 })),
  });
const way: fc.Arbitrary<WayCase> = fc.record({
  hops: fc.oneof({ weight: 3, arbitrary: fc.tuple(hop('sg-a')) }, { weight: 1, arbitrary: fc.tuple(hop('sg-a'), hop('sg-b')) }),
  port: fc.constantFrom(1, 3, 4, 7),
  transports: fc.constantFrom<readonly ('tcp' | 'udp')[]>(['tcp'], ['udp'], ['tcp', 'udp']),
  address: fc.constantFrom('10.0.2.7', '10.200.0.1', 'fd00::'),
  subnetId: subnet,
  keeps: fc.boolean(),
});
export const network: fc.Arbitrary<Part<InterfaceCase>> = part(
  fc.array(
    fc.record({
      families: fc.oneof(families, fc.constant([])),
      groupId: fc.constant('sg-c'),
      ingress: rules,
      acl,
      routes,
      ways: part(fc.array(way, { maxLength: 2 })),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  20,
);

function anywhere(): Part<SecurityGroupRule> {
  return {
    known: ['0.0.0.0/0', '::/0'].map((block) => ({ protocol: 'all', ports: ALL, peer: { kind: 'cidr', cidr: block } })),
    whole: true,
  };
}

/** A list that is whole but for one time in so many. */
function part<Element>(list: fc.Arbitrary<Element[]>, oneIn = 8): fc.Arbitrary<Part<Element>> {
  return fc.tuple(list, fc.nat(oneIn - 1)).map(([known, chance]) => ({ known, whole: chance > 0 }));
}

/** What brute force finds and what is open to doubt, in the same words as `toldByEngine`. */
export function toldByBruteForce({ known, whole }: Part<InterfaceCase>) {
  const ways = known.flatMap((face) => KNOCKS.flatMap((knock) => reachedOn(face, knock, CELLS).map((levels) => ({ ...levels, ...knock }))));
  const found = ways.filter(({ sure }) => sure !== 'none').map(({ name, transport, port, sure }) => `${name} ${transport} ${port} ${sure}`);
  const doubtful = !whole || known.some((face) => !face.ways.whole) || ways.some(({ sure, best }) => sure === 'none' && best !== 'none');
  return { found: [...new Set(found)].sort(), doubtful };
}

export function toldByEngine({ known, whole }: Part<InterfaceCase>) {
  const interfaces = known.map(toExposure);
  return toWords(reachableServices(() => listed({ known: interfaces, whole }), SERVICES));
}

/** Of interfaces whose routes and network ACLs let in whoever asks: with public addresses of both families, and with an accelerator before them instead. */
export function toldWithAndWithoutAccelerator({ known, whole }: Part<InterfaceCase>) {
  const faces = known.map((face, index) => ({
    ...toExposure(face, index),
    ...{ acl: toAcl(face.acl && { ...face.acl, ingress: EVERYTHING }), routes: toInternet.known, ways: [] },
  }));
  const direct = faces.map((face) => ({ ...face, publicAddresses: Object.values(PUBLIC) }));
  const accelerated = faces.map((face) => ({ ...face, publicAddresses: [], routes: [], accelerated: Object.values(PUBLIC).map(toWhole) }));
  return [direct, accelerated].map((interfaces) => toWords(reachableServices(() => listed({ known: interfaces, whole }), SERVICES)));
}

/** From an accelerator of both families, at all ports. */
function toWhole(address: string): AcceleratedWay {
  const accelerator: Accelerator = {
    ...{ name: 'anycast', families: [4, 6], groupIds: [] },
    ...{ clients: ['0.0.0.0/0', '::/0'], keepsClientAddress: true },
  };
  return { accelerator, ports: ALL, transports: ['tcp', 'udp'], address };
}

function toWords({ found, undecided }: Openings) {
  const each = found.flatMap(({ service, ports: { from, to }, reach }) =>
    Array.from({ length: to - from + 1 }, (_, index) => `${service.name} ${service.transport} ${from + index} ${reach}`),
  );
  return { found: [...new Set(each)].sort(), doubtful: undecided !== undefined };
}

const PUBLIC = { 4: '198.51.100.7', 6: '2001:db8::7' } as const;

function toExposure(face: InterfaceCase, index: number): InterfaceExposure {
  return {
    interfaceId: `eni-${index}`,
    publicAddresses: face.families.map((family) => PUBLIC[family]),
    groupIds: [face.groupId],
    ingress: listed(face.ingress),
    acl: toAcl(face.acl),
    routes: listed(face.routes),
    ways: listed({ ...face.ways, known: face.ways.known.map(toWay) }),
    accelerated: [],
  };
}

function toWay({ hops, port, transports, address, subnetId, keeps }: WayCase): BalancedWay {
  return { hops: hops.map(toHop), target: { port, transports, address, subnetId, keepsClientAddress: keeps } };
}

function toHop({ families: known, groupId, rules: of, port, clients, zones }: HopCase): BalancedWay['hops'][number] {
  const balancer = {
    ...{ name: groupId, families: known, groupIds: of ? [groupId] : [] },
    rules: of && { ingress: listed(of.ingress), egress: listed(of.egress) },
    zones: listed({
      ...zones,
      known: zones.known.map((each) => ({ ...each, cidrs: [each.cidr], acl: toAcl(each.acl), routes: listed(each.routes) })),
    }),
  };
  return { balancer, listener: { protocol: 'TCP', port }, clients: listed(clients) };
}

function toAcl(of: AclCase | undefined): Iterable<NetworkAclEntries> {
  return of ? [of] : partial<NetworkAclEntries>([], 'ec2:DescribeNetworkAcls');
}

function listed<Element>({ known, whole }: Part<Element>): Iterable<Element> {
  return whole ? known : partial(known, 'ec2:Describe');
}
