import type { PortRange } from '../../inventory/ec2/network.ts';
import type { Unread } from '../../inventory/facet.ts';
import type { Evidence } from '../check.ts';
import type { Reach } from './addresses.ts';
import { piecesOf, portsText, type Service } from './ports.ts';

/** One fact that lets traffic through, as evidence shows it. */
export type Proof = Readonly<Record<string, string | number>>;

/** Ports of a service that are open to more of the internet than anybody has a use for. */
export interface Opening {
  readonly service: Service;
  readonly ports: PortRange;
  readonly reach: WideReach;
  readonly proof: readonly Proof[];
}
export type WideReach = Extract<Reach, 'world' | 'large'>;

/** The openings that are proven, and why there may be more. */
export interface Openings {
  readonly found: readonly Opening[];
  readonly undecided: Unread | undefined;
}

/** What was seen at some ports: how far they are open, and what proves it. */
export interface Sight {
  readonly reach: Reach;
  readonly proof: readonly Proof[];
}

const PROOFS_SHOWN = 10;
const NAMES_SHOWN = 3;

/** Known to let nobody in. */
export function isClosed({ found, undecided }: Openings): boolean {
  return found.length === 0 && undecided === undefined;
}

export function isWide(reach: Reach): reach is WideReach {
  return reach === 'world' || reach === 'large';
}

/** Looks at a service's ports piece by piece; `cuts` are the port ranges of the rules, inside which nothing changes. */
export function openingsOf(service: Service, cuts: Iterable<PortRange>, look: (ports: PortRange) => Sight): readonly Opening[] {
  const found: Opening[] = [];
  for (const ports of piecesOf(service.ports, cuts)) {
    const { reach, proof } = look(ports);
    if (!isWide(reach)) continue;
    const last = found.at(-1);
    if (last?.reach === reach && last.ports.to + 1 === ports.from) {
      found[found.length - 1] = { ...last, ports: { from: last.ports.from, to: ports.to }, proof: [...last.proof, ...proof] };
    } else found.push({ service, ports, reach, proof });
  }
  return found;
}

/** The worst openings: those to the world, or if there are none those to large ranges. */
export function worstOf(openings: readonly Opening[]): readonly Opening[] {
  const world = openings.filter(({ reach }) => reach === 'world');
  return world.length > 0 ? world : openings;
}

/** `SSH (22), RDP (3389)`. */
export function namesOf(openings: readonly Opening[]): string {
  return listed(openings.map(({ service, ports }) => `${service.name} (${portsText(ports)})`));
}

/** `TCP 8080, UDP 53`, of services that are named after their transport. */
export function transportPortsOf(openings: readonly Opening[]): string {
  return listed(openings.map(({ service, ports }) => `${service.name} ${portsText(ports)}`));
}

/** `the internet` or `large public ranges`. */
export function breadthOf(openings: readonly Opening[]): string {
  return openings.some(({ reach }) => reach === 'world') ? 'the internet' : 'large public ranges';
}

/** The proofs of some openings, each once and in an order of their own, so that they stay the same whatever order AWS lists them in. */
export function evidenceOf(openings: readonly Opening[], kind: 'rules' | 'entries' | 'paths'): Evidence {
  const proofs = new Map(openings.flatMap(({ proof }) => proof).map((proof) => [JSON.stringify(proof), proof]));
  const sorted = [...proofs].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, proof]) => proof);
  const hidden = sorted.length - PROOFS_SHOWN;
  return { [kind]: sorted.slice(0, PROOFS_SHOWN), ...(hidden > 0 ? { more: hidden } : {}) };
}

/** Each name once; of more than three, the first two and how many more. */
function listed(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  if (distinct.length <= NAMES_SHOWN) return distinct.join(', ');
  const shown = distinct.slice(0, NAMES_SHOWN - 1);
  return `${shown.join(', ')} and ${distinct.length - shown.length} more`;
}
