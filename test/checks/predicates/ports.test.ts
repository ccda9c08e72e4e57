import { describe, expect, test } from 'vitest';
import { ADMIN_PORTS, carries, DATABASE_PORTS, otherPorts, piecesOf, toServices } from '../../../checks/predicates/ports.ts';

describe('a table of ports', () => {
  test('names single ports, ranges and transports', () => {
    expect(toServices({ '22': 'SSH', '5900-5903': 'VNC', '53/udp': 'DNS' })).toEqual([
      { name: 'SSH', transport: 'tcp', ports: { from: 22, to: 22 } },
      { name: 'VNC', transport: 'tcp', ports: { from: 5900, to: 5903 } },
      { name: 'DNS', transport: 'udp', ports: { from: 53, to: 53 } },
    ]);
  });

  test.each(['ssh', '', '22-', '70000', '30-20', '22/icmp'])('"%s" names none', (key) => {
    expect(() => toServices({ [key]: 'x' })).toThrow(`"${key}" names no ports`);
  });

  test('the tables that ship are valid and distinct', () => {
    const services = [ADMIN_PORTS, DATABASE_PORTS].flatMap(toServices);
    const keys = services.flatMap(({ transport, ports }) =>
      Array.from({ length: ports.to - ports.from + 1 }, (_, i) => `${ports.from + i}/${transport}`),
    );
    expect(keys.length).toBe(new Set(keys).size);
  });
});

test('all ports but some, for both transports', () => {
  const ranges = (['tcp', 'udp'] as const).flatMap((transport) => [
    [transport, 0, 79],
    [transport, 81, 442],
    [transport, 444, 65_535],
  ]);
  expect(otherPorts([443, 80, 443]).map(({ transport, ports }) => [transport, ports.from, ports.to])).toEqual(ranges);
  expect(otherPorts([0, 65_535]).map(({ ports }) => [ports.from, ports.to])).toEqual([
    [1, 65_534],
    [1, 65_534],
  ]);
});

test('a protocol carries a transport by name, by number, or because it is all of them', () => {
  expect((['all', 'tcp', 6, 'udp', 17, 'icmp', 'icmpv6', 50] as const).map((protocol) => carries(protocol, 'tcp'))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('pieces begin and end where other ranges do', () => {
  const others = [
    { from: 5, to: 12 },
    { from: 12, to: 30 },
    { from: 14, to: 14 },
  ];
  expect(piecesOf({ from: 10, to: 20 }, others)).toEqual([
    { from: 10, to: 11 },
    { from: 12, to: 12 },
    { from: 13, to: 13 },
    { from: 14, to: 14 },
    { from: 15, to: 20 },
  ]);
});
