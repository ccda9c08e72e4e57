import type { PortRange, Protocol } from './network.ts';

const ALL_PORTS: PortRange = { from: 0, to: 65_535 };

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map<string, Protocol>([
  ['-1', 'all'],
  ['all', 'all'],
  ['1', 'icmp'],
  ['icmp', 'icmp'],
  ['6', 'tcp'],
  ['tcp', 'tcp'],
  ['17', 'udp'],
  ['udp', 'udp'],
  ['58', 'icmpv6'],
  ['icmpv6', 'icmpv6'],
]);

/** A protocol as AWS writes it: a name, an IANA number as text, or -1 for all. `undefined` for anything else. */
export function toProtocol(text: string | undefined): Protocol | undefined {
  if (text === undefined) return undefined;
  const known = PROTOCOLS.get(text.toLowerCase());
  if (known !== undefined) return known;
  return /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}

/** The ports that a rule or entry is about. Only TCP and UDP have any: for other protocols AWS ignores them or keeps ICMP types there. */
export function toPorts(protocol: Protocol, from: number | undefined, to: number | undefined): PortRange {
  if (protocol !== 'tcp' && protocol !== 'udp') return ALL_PORTS;
  if (from === undefined || to === undefined || from < 0 || to < 0) return ALL_PORTS;
  return { from, to };
}
