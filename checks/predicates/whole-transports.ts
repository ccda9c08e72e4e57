import type { SecurityGroupRule } from '../../inventory/ec2/network.ts';
import { toRange } from './addresses.ts';
import type { Opening, Openings } from './openings.ts';
import type { Service } from './ports.ts';
import { openedBy, portsOf, type Source, sourcesOf } from './security-groups.ts';

/** Port 0 is reserved: 1–65535 is all there is to use. */
const USABLE = { from: 1, to: 65_535 } as const;

const TRANSPORTS: readonly Service[] = [
  { name: 'TCP', transport: 'tcp', ports: USABLE },
  { name: 'UDP', transport: 'udp', ports: USABLE },
];

/** The transports of which ingress rules, taken together, leave no port closed. What was not read counts only where it could fill all gaps. */
export function openTransports(rules: () => Iterable<SecurityGroupRule>): Openings {
  const { known, undecided } = sourcesOf(rules, TRANSPORTS);
  const found = openWholly(known);
  if (undecided.length === 0) return { found, undecided: undefined };
  const mayFill = undecided.some(({ rule }) => rule === undefined) || openWholly([...known, ...worstCase(undecided)]).length > 0;
  return { found, undecided: mayFill ? undecided[0]?.unread : undefined };
}

/** Most groups open a handful of ports: too few to be all, whoever may come in. */
function openWholly(sources: readonly Source[]): readonly Opening[] {
  const ports = sources.reduce((sum, { rule }) => sum + portsOf(rule).to - portsOf(rule).from + 1, 0);
  return ports < USABLE.to - USABLE.from + 1 ? [] : wholly(openedBy(sources, TRANSPORTS));
}

/** `all TCP and UDP ports`. */
export function transportsOf(openings: readonly Opening[]): string {
  return `all ${openings.map(({ service }) => service.name).join(' and ')} ports`;
}

/** Openings of transports that are open in every piece; each as wide as its narrowest piece. */
function wholly(openings: readonly Opening[]): readonly Opening[] {
  return TRANSPORTS.flatMap((service) => {
    const pieces = openings.filter((opening) => opening.service === service);
    const open = pieces.reduce((sum, { ports }) => sum + ports.to - ports.from + 1, 0);
    if (open < USABLE.to - USABLE.from + 1) return [];
    const reach = pieces.every((piece) => piece.reach === 'world') ? 'world' : 'large';
    return [{ service, ports: USABLE, reach, proof: pieces.flatMap(({ proof }) => proof) } satisfies Opening];
  });
}

/** Rules of which not all sources are known, as if they let everybody in. */
function worstCase(undecided: Iterable<{ readonly rule: SecurityGroupRule | undefined }>): readonly Source[] {
  const everybody = toRange('0.0.0.0/0', 'constant');
  return [...undecided].flatMap(({ rule }) => (rule ? [{ rule, range: everybody, text: '' }] : []));
}
