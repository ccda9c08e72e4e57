import ipaddr from 'ipaddr.js';
import { difference, type Interval, type IntervalSet, intersection, sizeOf, union } from './intervals.ts';
import { refuseToJudge } from './unread.ts';

export type Family = 4 | 6;

/** The addresses of a CIDR block. */
export interface AddressRange extends Interval {
  readonly family: Family;
  /** How many of them are on the public internet; approximate above 2⁵³. */
  readonly publicSize: number;
}

/**
 * How much of the internet a set of addresses holds. `world`: all of it, give or take a tenth, however it is cut into blocks.
 * `large`: more than one IPv4 /8 or one IPv6 /24, which no single organisation needs, while published lists of a provider's ranges stay below.
 */
export type Reach = 'world' | 'large' | 'public' | 'private';

const REMEMBERED = 100_000;
const ranges = new Map<string, AddressRange>();
/** Of single blocks: nearly all rules name one of a few. */
const reaches = new Map<string, Reach>();

export const ALL_ADDRESSES: Readonly<Record<Family, IntervalSet>> = { 4: blocks('0.0.0.0/0'), 6: blocks('::/0') };

/** IANA's special-purpose registries leave these out of the public IPv4 internet; of IPv6, only 2000::/3 is in it. */
const NOT_PUBLIC = blocks(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
);
const PUBLIC: Readonly<Record<Family, IntervalSet>> = { 4: difference(ALL_ADDRESSES[4], NOT_PUBLIC), 6: blocks('2000::/3') };

/** Where hosts can be: of 2000::/3, what IANA has assigned to the regional registries ("IPv6 Global Unicast Address Assignments"). */
const POPULATED: Readonly<Record<Family, IntervalSet>> = {
  4: PUBLIC[4],
  6: blocks(
    '2001::/16',
    '2003::/18',
    '2400::/12',
    '2410::/12',
    '2600::/12',
    '2610::/23',
    '2620::/23',
    '2630::/12',
    '2800::/12',
    '2a00::/12',
    '2a10::/12',
    '2c00::/12',
  ),
};
const POPULATED_SIZE: Readonly<Record<Family, number>> = { 4: Number(sizeOf(POPULATED[4])), 6: Number(sizeOf(POPULATED[6])) };
const WORLD_SHARE = 0.9;

/** A set of at most so many public addresses is not a large range. */
export const LARGE: Readonly<Record<Family, number>> = { 4: 2 ** (32 - 8), 6: 2 ** (128 - 24) };

/** The addresses of a CIDR block in any spelling that AWS takes; host bits are ignored. Throws `Unread`, naming the operation that gave it, for other text. */
export function toRange(cidr: string, operation: string): AddressRange {
  const known = ranges.get(cidr);
  if (known) return known;
  const interval = toInterval(cidr, operation);
  const range = { ...interval, publicSize: publicSizeOf([interval], interval.family) };
  if (ranges.size >= REMEMBERED) ranges.clear();
  ranges.set(cidr, range);
  return range;
}

/** How much of the internet a set of addresses of one family holds. */
export function reachOf(set: IntervalSet, family: Family): Reach {
  const [only, ...others] = set;
  if (!only) return 'private';
  if (others.length > 0) return toReach(set, family);
  const key = `${family} ${only.from} ${only.to}`;
  let reach = reaches.get(key);
  if (reach === undefined) {
    if (reaches.size >= REMEMBERED) reaches.clear();
    reaches.set(key, (reach = toReach(set, family)));
  }
  return reach;
}

function toReach(set: IntervalSet, family: Family): Reach {
  const populated = Number(sizeOf(intersection(set, POPULATED[family])));
  if (populated >= WORLD_SHARE * POPULATED_SIZE[family]) return 'world';
  const size = publicSizeOf(set, family);
  return size > LARGE[family] ? 'large' : size > 0 ? 'public' : 'private';
}

/** How many addresses of a set are on the public internet; approximate above 2⁵³. */
export function publicSizeOf(set: IntervalSet, family: Family): number {
  return Number(sizeOf(intersection(set, PUBLIC[family])));
}

/** The family of an address or CIDR block. */
export function familyOf(text: string): Family {
  return text.includes(':') ? 6 : 4;
}

function toInterval(cidr: string, operation: string): Interval & { readonly family: Family } {
  const family = familyOf(cidr);
  const valid = family === 6 ? ipaddr.IPv6.isValidCIDR(cidr) && !cidr.includes('%') : ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr);
  if (!valid) refuseToJudge('malformed', operation, `${operation} gave an address range that is no CIDR block`);
  const [address, prefix] = family === 6 ? ipaddr.IPv6.parseCIDR(cidr) : ipaddr.IPv4.parseCIDR(cidr);
  const hostBits = BigInt((family === 6 ? 128 : 32) - prefix);
  const number = BigInt(`0x${address.toByteArray().map(toHex).join('')}`);
  const from = (number >> hostBits) << hostBits;
  return { family, from, to: from + (1n << hostBits) - 1n };
}

function toHex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function blocks(...cidrs: readonly string[]): IntervalSet {
  return union(cidrs.map((cidr) => toInterval(cidr, 'constant')));
}
