import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toRange } from '../../../checks/predicates/addresses.ts';
import { entry } from '../../../checks/predicates/example-rules.ts';
import { allowedAt, allowedAtSome, openEntries } from '../../../checks/predicates/network-acls.ts';
import { namesOf } from '../../../checks/predicates/openings.ts';
import { toServices } from '../../../checks/predicates/ports.ts';
import type { NetworkAclEntry } from '../../../inventory/ec2/network.ts';

const services = toServices({ '22': 'SSH', '5900-5903': 'VNC' });
const open = (entries: readonly NetworkAclEntry[]) =>
  services.flatMap((service) => openEntries(entries, service)).map((one) => `${namesOf([one])} ${one.reach}`);

describe('what a network ACL lets in', () => {
  test.each<[string, NetworkAclEntry[], string[]]>([
    ['nothing', [], []],
    ['everything', [entry(100, 'allow', '0.0.0.0/0')], ['SSH (22) world', 'VNC (5900-5903) world']],
    ['everything by halves', [entry(1, 'allow', '0.0.0.0/1', 22), entry(2, 'allow', '128.0.0.0/1', 22)], ['SSH (22) world']],
    ['IPv6 only', [entry(1, 'deny', '0.0.0.0/0'), entry(2, 'allow', '::/0', 22)], ['SSH (22) world']],
    ['IPv6 by its global part', [entry(1, 'allow', '2000::/3', 22)], ['SSH (22) world']],
    ['a deny before the allow', [entry(2, 'allow', '0.0.0.0/0'), entry(1, 'deny', '0.0.0.0/0', { from: 0, to: 9999 })], []],
    ['a deny after the allow', [entry(1, 'allow', '0.0.0.0/0', 22), entry(2, 'deny', '0.0.0.0/0')], ['SSH (22) world']],
    [
      'a deny by halves before the allow',
      [entry(1, 'deny', '0.0.0.0/1'), entry(2, 'deny', '128.0.0.0/1'), entry(3, 'allow', '0.0.0.0/0')],
      [],
    ],
    ['a deny of one half', [entry(1, 'deny', '0.0.0.0/1'), entry(2, 'allow', '0.0.0.0/0', 22)], ['SSH (22) large']],
    ['a deny of some addresses', [entry(1, 'deny', '203.0.113.0/24'), entry(2, 'allow', '0.0.0.0/0', 22)], ['SSH (22) world']],
    [
      'a deny of some ports',
      [entry(1, 'deny', '0.0.0.0/0', 5901), entry(2, 'allow', '0.0.0.0/0', { from: 5000, to: 6000 })],
      ['VNC (5900) world', 'VNC (5902-5903) world'],
    ],
    ['all TCP ports', [entry(1, 'allow', '0.0.0.0/0', { from: 0, to: 65_535 })], ['SSH (22) world', 'VNC (5900-5903) world']],
    ['UDP', [{ ...entry(1, 'allow', '0.0.0.0/0', 22), protocol: 'udp' }], []],
    ['ping', [{ ...entry(1, 'allow', '0.0.0.0/0'), protocol: 'icmp' }], []],
    [
      'a deny of another protocol before the allow',
      [{ ...entry(1, 'deny', '0.0.0.0/0'), protocol: 'udp' }, entry(2, 'allow', '0.0.0.0/0', 22)],
      ['SSH (22) world'],
    ],
    ['an IPv6 deny before the IPv4 allow', [entry(1, 'deny', '::/0'), entry(2, 'allow', '0.0.0.0/0', 22)], ['SSH (22) world']],
  ])('%s', (_, entries, expected) => {
    expect(open(entries)).toEqual(expected);
  });

  test('agrees with packets judged one by one', () => {
    const blocks = ['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '64.0.0.0/2', '15.0.0.0/8', '15.128.0.0/9'];
    const anEntry = fc
      .tuple(fc.nat(20), fc.constantFrom('allow' as const, 'deny' as const), fc.constantFrom(...blocks), fc.nat(6), fc.nat(6))
      .map(([number, action, cidr, a, b]) => entry(number, action, cidr, { from: Math.min(a, b), to: Math.max(a, b) }));
    const entries = fc.uniqueArray(anEntry, { maxLength: 6, selector: ({ number }) => number });
    const packets = fc.tuple(fc.nat(6), fc.constantFrom('1.1.1.1/32', '15.1.1.1/32', '15.200.0.1/32', '70.0.0.1/32', '200.1.1.1/32'));
    fc.assert(
      fc.property(entries, packets, (list, [port, address]) => {
        const { from } = toRange(address, 'test');
        const decides = [...list]
          .sort((one, other) => one.number - other.number)
          .find(
            ({ ports, cidr }) =>
              ports.from <= port && port <= ports.to && toRange(cidr, 'test').from <= from && from <= toRange(cidr, 'test').to,
          );
        const allowed = allowedAt(list, 'tcp', { from: port, to: port }, 4);
        expect(allowed.some((interval) => interval.from <= from && from <= interval.to)).toBe(decides?.action === 'allow');
      }),
    );
  });

  test('at some of the ports: what any of them lets through', () => {
    const entries = [
      entry(1, 'allow', '0.0.0.0/1', 1024),
      entry(2, 'deny', '0.0.0.0/0', { from: 0, to: 2000 }),
      entry(3, 'allow', '128.0.0.0/1', { from: 1, to: 3000 }),
    ];
    expect(allowedAtSome(entries, 'tcp', { from: 1024, to: 65_535 }, 4)).toEqual([{ from: 0n, to: 2n ** 32n - 1n }]);
    expect(allowedAtSome(entries, 'tcp', { from: 1024, to: 2000 }, 4)).toEqual([{ from: 0n, to: 2n ** 31n - 1n }]);
  });
});
