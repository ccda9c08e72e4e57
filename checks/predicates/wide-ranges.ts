import type { SecurityGroupRule } from '../../inventory/ec2/network.ts';
import type { Unread } from '../../inventory/facet.ts';
import { type Family, publicSizeOf, reachOf } from './addresses.ts';
import { union } from './intervals.ts';
import { isWide, type Proof } from './openings.ts';
import { piecesOf, type Service } from './ports.ts';
import { mayLetIn, portsOf, type Source, sourcesOf, toProof } from './security-groups.ts';

/** The longest prefixes of networks that one organization may well have. */
export interface Widest {
  readonly ipv4: number;
  readonly ipv6: number;
}

/** What lets in a range that is wide, and yet no large part of the internet. */
export interface WideRanges {
  readonly found: readonly Source[];
  readonly undecided: Unread | undefined;
}

/**
 * The sources of ingress rules that make up a range wider than those, in one piece or in several that adjoin, on some port of the services. Those that make up a
 * large part of the internet are openings (`openIngress`), and not among them; nor are prefix lists: whoever keeps one has chosen what is in it.
 */
export function wideRanges(rules: () => Iterable<SecurityGroupRule>, services: readonly Service[], widest: Widest): WideRanges {
  const { known, undecided } = sourcesOf(rules, services);
  const blocks = known.filter(({ rule, range }) => rule.peer.kind === 'cidr' && range.publicSize > 0);
  const found = new Set<Source>();
  for (const service of FAMILIES.some((family) => mayMakeUp(blocks, family, widest)) ? services : []) {
    for (const ports of piecesOf(service.ports, new Set(blocks.map(({ rule }) => portsOf(rule))))) {
      const here = blocks.filter(({ rule }) => mayLetIn(rule, { transport: service.transport, ports }));
      for (const family of FAMILIES) for (const source of wideAmong(here, family, widest)) found.add(source);
    }
  }
  const unread = undecided.find(({ rule }) => rule?.peer.kind !== 'prefix-list')?.unread;
  return { found: blocks.filter((source) => found.has(source)), undecided: unread };
}

/** False when they are too few even if none overlap: most groups need no closer look. */
function mayMakeUp(sources: readonly Source[], family: Family, widest: Widest): boolean {
  const sizes = sources.map(({ range }) => (range.family === family ? range.publicSize : 0));
  return sizes.reduce((sum, size) => sum + size, 0) > mostOf(family, widest);
}

/** Addresses that a range may have. */
function mostOf(family: Family, { ipv4, ipv6 }: Widest): number {
  return family === 4 ? 2 ** (32 - ipv4) : 2 ** (128 - ipv6);
}

const FAMILIES: readonly Family[] = [4, 6];

function wideAmong(sources: readonly Source[], family: Family, widest: Widest): readonly Source[] {
  const own = sources.filter(({ range }) => range.family === family);
  const merged = union(own.map(({ range }) => range));
  if (isWide(reachOf(merged, family))) return [];
  const wide = merged.filter((interval) => publicSizeOf([interval], family) > mostOf(family, widest));
  return own.filter(({ range }) => wide.some(({ from, to }) => from <= range.from && range.to <= to));
}

const SHOWN = 10;

/** What they let through, each once and in an order of their own. */
export function proofsOf(sources: readonly Source[]): { readonly rules: readonly Proof[] } {
  const proofs = new Map(sources.map(toProof).map((proof) => [JSON.stringify(proof), proof]));
  const sorted = [...proofs].sort(([one], [other]) => (one < other ? -1 : 1));
  return { rules: sorted.slice(0, SHOWN).map(([, proof]) => proof) };
}
