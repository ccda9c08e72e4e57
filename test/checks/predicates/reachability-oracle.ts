import type { NetworkAclEntry, Protocol, Route, SecurityGroupRule } from '../../../inventory/ec2/network.ts';

/**
 * Reachability by brute force on a small universe: packets are followed one by one from cell to cell of the address space. It shares no code with what it
 * judges; its figures for what is public are written down anew.
 */

/** A list of which something may be missing. */
export interface Part<Element> {
  readonly known: readonly Element[];
  readonly whole: boolean;
}

export interface AclCase {
  readonly ingress: readonly NetworkAclEntry[];
  readonly egress: readonly NetworkAclEntry[];
}

export interface ZoneCase {
  readonly subnetId: string;
  readonly cidr: string;
  readonly acl: AclCase | undefined;
  readonly routes: Part<Route>;
}

export interface HopCase {
  readonly families: readonly (4 | 6)[];
  readonly groupId: string;
  readonly rules: { readonly ingress: Part<SecurityGroupRule>; readonly egress: Part<SecurityGroupRule> } | undefined;
  readonly port: number;
  readonly clients: Part<string>;
  readonly zones: Part<ZoneCase>;
}

export interface WayCase {
  readonly hops: readonly HopCase[];
  readonly port: number;
  readonly transports: readonly ('tcp' | 'udp')[];
  readonly address: string;
  readonly subnetId: string;
  readonly keeps: boolean;
}

export interface InterfaceCase {
  readonly families: readonly (4 | 6)[];
  readonly groupId: string;
  readonly ingress: Part<SecurityGroupRule>;
  readonly acl: AclCase | undefined;
  readonly routes: Part<Route>;
  readonly ways: Part<WayCase>;
}

export interface Knock {
  readonly transport: 'tcp' | 'udp';
  readonly port: number;
}

/** What is missing is taken for the worst or for the best of a caller from the internet. */
type Luck = 'bad' | 'good';
type Level = 'world' | 'large' | 'none';

/** Cells that no prefix of the universe cuts: /8 of IPv4 (10.0.0.0/8 by halves), /12 of IPv6. */
interface Cell {
  readonly family: 4 | 6;
  readonly at: bigint;
  /** Public addresses in it, in units of the family's own; and of IPv6 those that IANA has assigned. */
  readonly public: number;
  readonly populated: number;
}

const V4_LESS: Readonly<Record<number, number>> = { 100: 2 ** 22, 169: 2 ** 16, 172: 2 ** 20, 192: 2 ** 16, 198: 2 ** 17 };
const CELLS_4: readonly Cell[] = Array.from({ length: 256 }, (_, first) => {
  const size = first === 0 || first === 10 || first === 127 || first >= 224 ? 0 : 2 ** 24 - (V4_LESS[first] ?? 0);
  const cell = { family: 4, at: BigInt(first) << 24n, public: size, populated: size } as const;
  return first === 10 ? [cell, { ...cell, at: cell.at + (1n << 23n) }] : [cell];
}).flat();
const V6_FULL = new Set([0x240, 0x241, 0x260, 0x263, 0x280, 0x2a0, 0x2a1, 0x2c0]);
const V6_PART: Readonly<Record<number, number>> = { 512: 1 / 16 + 1 / 64, 609: 2 ** -11, 610: 2 ** -11 };
const CELLS_6: readonly Cell[] = Array.from({ length: 4096 }, (_, first) => ({
  family: 6,
  at: BigInt(first) << 116n,
  public: first >> 9 === 1 ? 1 : 0,
  populated: V6_FULL.has(first) ? 1 : (V6_PART[first] ?? 0),
}));

/** Cells that lie in the same prefixes are one: nothing tells them apart. */
export function cellsFor(cidrs: readonly string[]): readonly Cell[] {
  const merged = new Map<string, Cell>();
  for (const cell of [...CELLS_4, ...CELLS_6]) {
    const key = `${cell.family} ${cidrs.map((cidr) => Number(lies(cell, cidr))).join('')}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...known, public: known.public + cell.public, populated: known.populated + cell.populated } : cell);
  }
  return [...merged.values()];
}

const TOTAL = { 4: sum(CELLS_4), 6: sum(CELLS_6) } as const;
const LARGE = { 4: 2 ** 24, 6: 2 ** -12 } as const;

function sum(cells: readonly Cell[]): number {
  return cells.reduce((total, { populated }) => total + populated, 0);
}

function levelOf(cells: readonly Cell[], family: 4 | 6): Level {
  if (sum(cells) >= 0.9 * TOTAL[family]) return 'world';
  return cells.reduce((total, cell) => total + cell.public, 0) > LARGE[family] ? 'large' : 'none';
}

/** Every way in, by what is reached for certain and what perhaps. */
export function reachedOn(
  face: InterfaceCase,
  knock: Knock,
  cells: readonly Cell[],
): readonly { readonly sure: Level; readonly best: Level }[] {
  const levels = (family: 4 | 6, comesThrough: (cell: Cell, luck: Luck) => boolean) => {
    const of = (luck: Luck) =>
      levelOf(
        cells.filter((cell) => cell.family === family && comesThrough(cell, luck)),
        family,
      );
    return { sure: of('bad'), best: of('good') };
  };
  const direct = face.families.map((family) => levels(family, (cell, luck) => comesDirectly(face, knock, cell, luck)));
  const balanced = face.ways.known.flatMap((way) =>
    way.port === knock.port && way.transports.includes(knock.transport)
      ? ([4, 6] as const).map((family) => levels(family, (cell, luck) => comesThrough(way, face, knock, cell, luck, cells)))
      : [],
  );
  return [...direct, ...balanced];
}

function comesDirectly({ ingress, routes, acl }: InterfaceCase, knock: Knock, from: Cell, luck: Luck): boolean {
  return admits(ingress, [], knock, from, luck) && answersLeave(routes, from, luck) && aclPasses(acl, knock, from, luck);
}

function comesThrough(way: WayCase, face: InterfaceCase, knock: Knock, from: Cell, luck: Luck, cells: readonly Cell[]): boolean {
  const entered = way.hops.every((hop, index) => entersHop(hop, way.hops[index - 1], knock.transport, from, luck));
  const last = way.hops.at(-1);
  return entered && last !== undefined && zonesOf(last, luck, (zone) => leavesTo(zone, last, way, face, knock, from, luck, cells));
}

function entersHop(hop: HopCase, before: HopCase | undefined, transport: 'tcp' | 'udp', from: Cell, luck: Luck): boolean {
  const knock = { transport, port: hop.port };
  if (!before && !hop.families.includes(from.family)) return false;
  const isClient = hop.clients.known.some((cidr) => lies(from, cidr)) || (!hop.clients.whole && luck === 'good');
  if (!isClient) return false;
  if (hop.rules && !admits(hop.rules.ingress, before?.rules ? [before.groupId] : [], knock, from, luck)) return false;
  return zonesOf(
    hop,
    luck,
    ({ acl, routes }) => aclPasses(acl, knock, from, luck) && (before !== undefined || answersLeave(routes, from, luck)),
  );
}

function zonesOf({ zones }: HopCase, luck: Luck, passes: (zone: ZoneCase) => boolean): boolean {
  return zones.known.some(passes) || (!zones.whole && luck === 'good');
}

function leavesTo(
  zone: ZoneCase,
  hop: HopCase,
  way: WayCase,
  face: InterfaceCase,
  knock: Knock,
  from: Cell,
  luck: Luck,
  cells: readonly Cell[],
): boolean {
  const target = cellOf(way.address, cells);
  const crosses = zone.subnetId !== way.subnetId;
  if (hop.rules && !lets(hop.rules.egress, [face.groupId], knock, target, luck)) return false;
  if (crosses && !sendsTo(zone.acl, knock, target, luck)) return false;
  const arrives = (source: Cell) =>
    admits(face.ingress, hop.rules ? [hop.groupId] : [], knock, source, luck) && (!crosses || aclPasses(face.acl, knock, source, luck));
  if (way.keeps && from.family === target.family) return arrives(from);
  const own = cells.filter((cell) => cell.family === target.family && lies(cell, zone.cidr));
  return own.length > 0 && (luck === 'bad' ? own.every(arrives) : own.some(arrives));
}

/** From the balancer's subnet outward: the same entries, read the other way round. */
function sendsTo(acl: AclCase | undefined, { transport, port }: Knock, target: Cell, luck: Luck): boolean {
  if (!acl) return luck === 'good';
  return decides(acl.egress, transport, port, target) && ANSWERS.some((answer) => decides(acl.ingress, transport, answer, target));
}

function admits(rules: Part<SecurityGroupRule>, groupIds: readonly string[], knock: Knock, from: Cell, luck: Luck): boolean {
  return lets(rules, groupIds, knock, from, luck);
}

function lets(
  { known, whole }: Part<SecurityGroupRule>,
  groupIds: readonly string[],
  { transport, port }: Knock,
  other: Cell,
  luck: Luck,
): boolean {
  if (!whole && luck === 'good') return true;
  return known.some(({ protocol, ports, peer }) => {
    if (!speaks(protocol, transport) || (protocol !== 'all' && (port < ports.from || ports.to < port))) return false;
    return peer.kind === 'cidr' ? lies(other, peer.cidr) : peer.kind === 'security-group' && groupIds.includes(peer.groupId);
  });
}

const ANSWERS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 65_535];

function aclPasses(acl: AclCase | undefined, { transport, port }: Knock, from: Cell, luck: Luck): boolean {
  if (!acl) return luck === 'good';
  return decides(acl.ingress, transport, port, from) && ANSWERS.some((answer) => decides(acl.egress, transport, answer, from));
}

function decides(entries: readonly NetworkAclEntry[], transport: 'tcp' | 'udp', port: number, other: Cell): boolean {
  let first: NetworkAclEntry | undefined;
  for (const entry of entries) {
    const { protocol, ports, cidr, number } = entry;
    if (!speaks(protocol, transport) || (protocol !== 'all' && (port < ports.from || ports.to < port)) || !lies(other, cidr)) continue;
    if (!first || number < first.number) first = entry;
  }
  return first?.action === 'allow';
}

function answersLeave({ known, whole }: Part<Route>, to: Cell, luck: Luck): boolean {
  if (!whole) return luck === 'good';
  const matching = known.filter(({ destination }) => lies(to, destination));
  const longest = Math.max(...matching.map(({ destination }) => prefixOf(destination)));
  return matching
    .filter(({ destination }) => prefixOf(destination) === longest)
    .some(
      ({ target, targetId, active }) => active && (target === 'internet-gateway' || (luck === 'good' && /^(vpce|eni)-/.test(targetId))),
    );
}

function speaks(protocol: Protocol, transport: 'tcp' | 'udp'): boolean {
  return protocol === 'all' || protocol === transport || protocol === (transport === 'tcp' ? 6 : 17);
}

function prefixOf(cidr: string): number {
  return Number(cidr.split('/')[1]);
}

function lies({ family, at }: Pick<Cell, 'family' | 'at'>, cidr: string): boolean {
  if (cidr.includes(':') !== (family === 6)) return false;
  const shift = BigInt((family === 6 ? 128 : 32) - prefixOf(cidr));
  return at >> shift === toNumber(cidr) >> shift;
}

const numbers = new Map<string, bigint>();

/** Of addresses that are written out or end in `::`. */
function toNumber(cidr: string): bigint {
  const known = numbers.get(cidr);
  if (known !== undefined) return known;
  const [text = ''] = cidr.split('/');
  const number = text.includes(':')
    ? Array.from({ length: 8 }, (_, index) => text.split('::')[0]?.split(':')[index] || '0').reduce(
        (all, part) => (all << 16n) + BigInt(`0x${part}`),
        0n,
      )
    : text.split('.').reduce((all, part) => (all << 8n) + BigInt(part), 0n);
  numbers.set(cidr, number);
  return number;
}

function cellOf(address: string, cells: readonly Cell[]): Cell {
  const family = address.includes(':') ? 6 : 4;
  const at = toNumber(address);
  return { ...(cells[0] ?? { public: 0, populated: 0 }), family, at };
}
