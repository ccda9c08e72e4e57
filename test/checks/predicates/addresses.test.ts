import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { familyOf, type Reach, reachOf, toRange } from '../../../checks/predicates/addresses.ts';
import { union } from '../../../checks/predicates/intervals.ts';
import { isUnread } from '../../../checks/predicates/logic.ts';

const CLOUDFLARE = [
  '173.245.48.0/20, 103.21.244.0/22, 103.22.200.0/22, 103.31.4.0/22, 141.101.64.0/18, 108.162.192.0/18, 190.93.240.0/20, 188.114.96.0/20',
  '197.234.240.0/22, 198.41.128.0/17, 162.158.0.0/15, 104.16.0.0/13, 104.24.0.0/14, 172.64.0.0/13, 131.0.72.0/22',
].flatMap((line) => line.split(', '));
const CLOUDFLARE_IPV6 =
  '2400:cb00::/32, 2606:4700::/32, 2803:f800::/32, 2405:b500::/32, 2405:8100::/32, 2a06:98c0::/29, 2c0f:f248::/32'.split(', ');
const GITHUB = Array.from({ length: 60 }, (_, i) => `140.${82 + i}.112.0/20`);

/** `/8` of every first octet but some. */
const allBut = (...octets: number[]) =>
  Array.from({ length: 256 }, (_, i) => i)
    .filter((i) => !octets.includes(i))
    .map((i) => `${i}.0.0.0/8`);

function reach(cidrs: readonly string[]): Reach {
  return reachOf(union(cidrs.map((cidr) => toRange(cidr, 'test'))), familyOf(cidrs[0] ?? ''));
}

describe('how much of the internet some ranges hold', () => {
  test.each<[string, readonly string[], Reach]>([
    ['all of IPv4', ['0.0.0.0/0'], 'world'],
    ['all of IPv4, host bits set', ['1.2.3.4/0'], 'world'],
    ['two halves', ['0.0.0.0/1', '128.0.0.0/1'], 'world'],
    ['four quarters', ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2'], 'world'],
    ['everything but multicast and what is reserved', ['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/3'], 'world'],
    ['everything but a few /8s', allBut(8, 9, 17), 'world'],
    ['one half', ['0.0.0.0/1'], 'large'],
    ['a /7', ['2.0.0.0/7'], 'large'],
    ['two /8s', ['8.0.0.0/8', '15.0.0.0/8'], 'large'],
    ['a /8', ['15.0.0.0/8'], 'public'],
    ['the ranges of a CDN', CLOUDFLARE, 'public'],
    ['sixty ranges of a build service', GITHUB, 'public'],
    ['one address', ['8.8.8.8/32'], 'public'],
    ['private ranges', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'], 'private'],
    ['a private range in public clothes', ['10.0.0.0/7'], 'public'],
    ['all of IPv6', ['::/0'], 'world'],
    ['all of IPv6, spelt out', ['0:0:0:0:0:0:0:0/0'], 'world'],
    ['all of IPv6, in capitals and with zeros', ['0000::0000:0/0'], 'world'],
    ['two halves of IPv6', ['::/1', '8000::/1'], 'world'],
    ['global unicast', ['2000::/3'], 'world'],
    ['the half of global unicast that is in use', ['2000::/4'], 'world'],
    ['the half of IPv6 with nobody in it', ['8000::/1'], 'private'],
    ['a registry', ['2A00::/12'], 'large'],
    ['the ranges of a CDN in IPv6', CLOUDFLARE_IPV6, 'public'],
    ['unique local addresses', ['fc00::/7'], 'private'],
    ['nothing', [], 'private'],
  ])('%s', (_, cidrs, expected) => {
    expect(reach(cidrs)).toBe(expected);
  });

  test('however IPv4 is cut up, its pieces are the world', () => {
    const cuts = fc.array(fc.nat(5), { minLength: 1, maxLength: 40 }).map((plan) => pieces(0, 0, plan));
    const shuffled = cuts.chain((list) => fc.shuffledSubarray(list, { minLength: list.length }));
    fc.assert(fc.property(shuffled, (list) => reach(list) === 'world'));
  });
});

describe('text that is no CIDR block', () => {
  test.each([
    '',
    'anywhere',
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/8',
    '010.0.0.0/8',
    '::/129',
    'fe80::1%eth0/64',
    '300.0.0.0/8',
  ])('"%s" is not read', (text) => {
    let thrown: unknown;
    try {
      toRange(text, 'ec2:DescribeSecurityGroups');
    } catch (error) {
      thrown = error;
    }
    expect(isUnread(thrown)).toBe(true);
  });
});

/** Cuts a block in two as often as the plan says, and gives the pieces as CIDR blocks. */
function pieces(from: number, prefix: number, plan: number[]): string[] {
  const deeper = plan.shift() ?? 0;
  if (deeper === 0 || prefix > 12) return [`${[24, 16, 8, 0].map((shift) => Math.floor(from / 2 ** shift) % 256).join('.')}/${prefix}`];
  return [...pieces(from, prefix + 1, plan), ...pieces(from + 2 ** (31 - prefix), prefix + 1, plan)];
}
