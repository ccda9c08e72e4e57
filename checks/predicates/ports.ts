import type { PortRange, Protocol } from '../../inventory/ec2/network.ts';
import { rememberedOf } from './remembered.ts';

export type Transport = 'tcp' | 'udp';

/** Something that listens on a port, or on several in a row. */
export interface Service {
  readonly name: string;
  readonly transport: Transport;
  readonly ports: PortRange;
}

/** Ports and who listens there: `22`, `27017-27019`, or `11211/udp` where it is not TCP. */
export type PortTable = Readonly<Record<string, string>>;

export const ALL_PORTS: PortRange = { from: 0, to: 65_535 };

/** From which a host, its shares or its containers are operated. CIS AWS Foundations 7.0: 6.1.2 names CIFS; 6.2 to 6.4 SSH and RDP, as examples. */
export const ADMIN_PORTS: PortTable = {
  '22': 'SSH',
  '23': 'Telnet',
  '135': 'RPC',
  '445': 'CIFS',
  '3389': 'RDP',
  '512-514': 'rsh',
  '2375-2376': 'Docker',
  '5900-5903': 'VNC',
  '5985-5986': 'WinRM',
  '3389/udp': 'RDP',
};

/** Databases, caches, search engines and brokers on the ports that they listen on by default. */
export const DATABASE_PORTS: PortTable = {
  '1521': 'Oracle',
  '3306': 'MySQL',
  '5432': 'PostgreSQL',
  '5439': 'Redshift',
  '5601': 'Kibana',
  '5984': 'CouchDB',
  '6379': 'Redis',
  '7199': 'Cassandra',
  '8086': 'InfluxDB',
  '8888': 'Cassandra',
  '9042': 'Cassandra',
  '9092': 'Kafka',
  '9160': 'Cassandra',
  '9200': 'Elasticsearch',
  '9300': 'Elasticsearch',
  '11211': 'Memcached',
  '1433-1434': 'MSSQL',
  '2483-2484': 'Oracle',
  '7000-7001': 'Cassandra',
  '27017-27019': 'MongoDB',
  '1434/udp': 'MSSQL',
  '11211/udp': 'Memcached',
};

/** Where data and accounts are asked for: what nobody offers to the world but by mistake. */
export const SERVICE_PORTS: PortTable = {
  ...DATABASE_PORTS,
  '88': 'Kerberos',
  '389': 'LDAP',
  '464': 'Kerberos',
  '636': 'LDAP',
  '20-21': 'FTP',
  '749-750': 'Kerberos',
  '88/udp': 'Kerberos',
  '389/udp': 'LDAP',
  '464/udp': 'Kerberos',
};

const IANA: Readonly<Record<Transport, number>> = { tcp: 6, udp: 17 };

/** Throws `RangeError` for a key that names no ports: a setting of the team's own is wrong. */
export const toServices: (table: PortTable) => readonly Service[] = rememberedOf((table) =>
  Object.entries(table).map(([key, name]) => toService(key, name)),
);

/** All TCP and UDP ports between and around some. */
export const otherPorts: (ports: readonly number[]) => readonly Service[] = rememberedOf((ports) => {
  const gaps = gapsIn(ALL_PORTS, ports);
  return (['tcp', 'udp'] as const).flatMap((transport) => gaps.map((gap) => ({ name: transport.toUpperCase(), transport, ports: gap })));
});

/** What is left of a range between and around some numbers. */
export function gapsIn({ from, to }: PortRange, numbers: readonly number[]): readonly PortRange[] {
  const bounds = [from - 1, ...[...new Set(numbers)].sort((a, b) => a - b), to + 1];
  const gaps = bounds.slice(1).map((bound, index) => ({ from: (bounds[index] ?? bound) + 1, to: bound - 1 }));
  return gaps.filter((gap) => gap.from <= gap.to);
}

function toService(key: string, name: string): Service {
  const [, first, last = first, transport = 'tcp'] = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp))?$/.exec(key) ?? [];
  const ports = { from: Number(first), to: Number(last) };
  if (!(ports.from <= ports.to && ports.to <= ALL_PORTS.to)) throw new RangeError(`"${key}" names no ports: write 22, 5900-5903 or 53/udp`);
  return { name, transport: transport === 'udp' ? 'udp' : 'tcp', ports };
}

/** True if traffic of the transport is traffic of the protocol. */
export function carries(protocol: Protocol, transport: Transport): boolean {
  return protocol === 'all' || protocol === transport || protocol === IANA[transport];
}

export function overlaps(one: PortRange, other: PortRange): boolean {
  return one.from <= other.to && other.from <= one.to;
}

/** Cuts a range wherever one of the others begins or ends: each piece is wholly inside or wholly outside each of them. */
export function piecesOf(range: PortRange, others: Iterable<PortRange>): readonly PortRange[] {
  const starts = new Set([range.from]);
  for (const { from, to } of others) {
    if (from > range.from && from <= range.to) starts.add(from);
    if (to >= range.from && to < range.to) starts.add(to + 1);
  }
  const sorted = [...starts].sort((a, b) => a - b);
  return sorted.map((from, index) => ({ from, to: (sorted[index + 1] ?? range.to + 1) - 1 }));
}

/** `22` or `5900-5903`. */
export function portsText({ from, to }: PortRange): string {
  return from === to ? `${from}` : `${from}-${to}`;
}
