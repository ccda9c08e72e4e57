import { expect, test } from 'vitest';
import { toPorts, toProtocol } from '../../../inventory/ec2/protocol.ts';

test.each([
  ['-1', 'all'],
  ['tcp', 'tcp'],
  ['TCP', 'tcp'],
  ['6', 'tcp'],
  ['udp', 'udp'],
  ['17', 'udp'],
  ['icmp', 'icmp'],
  ['1', 'icmp'],
  ['icmpv6', 'icmpv6'],
  ['58', 'icmpv6'],
  ['47', 47],
  ['50', 50],
  ['0', 0],
])('protocol %s is %s', (text, protocol) => {
  expect(toProtocol(text)).toBe(protocol);
});

test.each([undefined, '', 'esp', '-2', '1e3'])('protocol %s is none that AWS writes', (text) => {
  expect(toProtocol(text)).toBeUndefined();
});

const all = { from: 0, to: 65_535 };

test.each([
  ['tcp', 22, 22, { from: 22, to: 22 }],
  ['udp', 0, 65_535, all],
  ['tcp', 0, 0, { from: 0, to: 0 }],
  ['tcp', undefined, undefined, all],
  ['tcp', -1, -1, all],
  ['all', 22, 22, all],
  ['icmp', 8, -1, all],
  ['icmpv6', 128, 0, all],
  [47, 22, 22, all],
] as const)('%s from %s to %s', (protocol, from, to, ports) => {
  expect(toPorts(protocol, from, to)).toEqual(ports);
});
