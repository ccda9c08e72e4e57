import type { SecurityGroupRule } from '../../inventory/ec2/network.ts';
import type { Openings, Proof } from './openings.ts';
import { gapsIn, type Service } from './ports.ts';
import { openIngress } from './security-groups.ts';

/** What IANA has numbers for ("Protocol Numbers"). */
const NUMBERS = { from: 0, to: 255 } as const;
/** TCP and UDP have ports, and ICMP of both kinds is for errors and pings. */
const JUDGED_OTHERWISE = [1, 6, 17, 58] as const;

const services = new WeakMap<readonly number[], readonly Service[]>();

/**
 * The protocols without ports that ingress rules, taken together, open to the world or to a large part of it, but for those that may be open. In tunnels such as
 * GRE (47) and IP in IP (4) nobody proves who he is, and what comes out of them has passed no rule for ports (CERT/CC, VU#636397).
 */
export function openProtocols(rules: () => Iterable<SecurityGroupRule>, mayBeOpen: readonly number[]): Openings {
  const { found, undecided } = openIngress(() => asPorts(rules()), protocolsBut(mayBeOpen));
  return { found: found.map((opening) => ({ ...opening, proof: opening.proof.map(toProof) })), undecided };
}

/** Numbers of protocols in the place of ports: they make up ranges just the same. */
function* asPorts(rules: Iterable<SecurityGroupRule>): Generator<SecurityGroupRule> {
  for (const rule of rules) {
    const { protocol } = rule;
    if (typeof protocol === 'number') yield { ...rule, protocol: 'tcp', ports: { from: protocol, to: protocol } };
  }
}

function toProof({ ports = '', source = '' }: Proof): Proof {
  return { protocol: ports, source };
}

function protocolsBut(mayBeOpen: readonly number[]): readonly Service[] {
  const known = services.get(mayBeOpen);
  if (known) return known;
  const gaps = gapsIn(NUMBERS, [...JUDGED_OTHERWISE, ...mayBeOpen]);
  const others = gaps.map((ports): Service => ({ name: 'protocol', transport: 'tcp', ports }));
  services.set(mayBeOpen, others);
  return others;
}
