import type { PortRange, SecurityGroupRule } from '../../inventory/ec2/network.ts';
import type { Attachment } from '../../inventory/ec2/security-group.ts';
import type { Unread } from '../../inventory/facet.ts';
import { type Evidence, type Failure, fail, pass, type Severity, type SeverityModifier, type Verdict } from '../check.ts';
import { type AddressRange, type Family, LARGE, type Reach, reachOf, toRange } from './addresses.ts';
import { ONLY_LARGE, UNATTACHED } from './circumstances.ts';
import { union } from './intervals.ts';
import { isUnread } from './logic.ts';
import { breadthOf, evidenceOf, isWide, namesOf, type Opening, type Openings, openingsOf, type Proof, worstOf } from './openings.ts';
import { ALL_PORTS, carries, overlaps, portsText, type Service } from './ports.ts';
import { knownOf } from './unread.ts';

/** One range of addresses that one rule lets in. */
export interface Source {
  readonly rule: SecurityGroupRule;
  readonly range: AddressRange;
  /** As evidence shows it: a CIDR block, and the prefix list that holds it. */
  readonly text: string;
}

/** All sources of some rules: those known, and what else there may be, by rule if that much is known. */
export interface Sources {
  readonly known: readonly Source[];
  readonly undecided: readonly { readonly rule: SecurityGroupRule | undefined; readonly unread: Unread }[];
}

/**
 * The sources of those rules that have to do with some services; rules may be partial, and prefix lists too.
 * Other groups are no sources: their members are not the internet.
 */
export function sourcesOf(rules: () => Iterable<SecurityGroupRule>, services: readonly Service[]): Sources {
  const known: Source[] = [];
  const undecided: { rule: SecurityGroupRule | undefined; unread: Unread }[] = [];
  try {
    for (const rule of rules()) {
      if (!mayLetInAny(rule, services)) continue;
      const unread = addSources(rule, known);
      if (unread) undecided.push({ rule, unread });
    }
  } catch (error) {
    if (!isUnread(error)) throw error;
    undecided.push({ rule: undefined, unread: error });
  }
  return { known, undecided };
}

/** The ports of services that ingress rules, taken together, open to the world or to a large part of it. */
export function openIngress(rules: () => Iterable<SecurityGroupRule>, services: readonly Service[]): Openings {
  const { known, undecided } = sourcesOf(rules, services);
  return { found: openedBy(known, services), undecided: undecided[0]?.unread };
}

export function openedBy(sources: readonly Source[], services: readonly Service[]): readonly Opening[] {
  return mayBeWide(sources) ? services.flatMap((service) => openingsFrom(sources, service)) : [];
}

/** True unless the rule is known and has nothing to do with those ports. */
export function mayLetIn(rule: SecurityGroupRule | undefined, { transport, ports }: Pick<Service, 'transport' | 'ports'>): boolean {
  return rule === undefined || (carries(rule.protocol, transport) && overlaps(portsOf(rule), ports));
}

function mayLetInAny(rule: SecurityGroupRule, services: readonly Service[]): boolean {
  for (const service of services) if (mayLetIn(rule, service)) return true;
  return false;
}

/** A rule for all protocols opens all ports, whatever else it says. */
export function portsOf({ protocol, ports }: Pick<SecurityGroupRule, 'protocol' | 'ports'>): PortRange {
  return protocol === 'all' ? ALL_PORTS : ports;
}

/** The sources that are as wide as what they make up together, or if none is, all that are public. */
export function decisive(sources: readonly Source[], reach: Reach): readonly Source[] {
  const alone = sources.filter(({ range }) => reachOf([range], range.family) === reach);
  return alone.length > 0 ? alone : sources.filter(({ range }) => range.publicSize > 0);
}

/** What a source lets through, as evidence shows it. */
export function toProof({ rule, text }: Source): Proof {
  return { protocol: `${rule.protocol}`, ports: portsText(portsOf(rule)), source: text };
}

/**
 * The verdict on a group's openings. `large` is the severity where only large ranges get in; a group that nothing carries is LOW,
 * because whoever attaches it tomorrow opens the ports.
 */
export function judgeOpenings(
  { found, undecided }: Openings,
  group: { readonly attachments: Iterable<Attachment> },
  large: Severity,
  names: (openings: readonly Opening[]) => string = namesOf,
): Verdict {
  const worst = worstOf(found);
  const [first] = worst;
  if (!first) {
    if (undecided) throw undecided;
    return pass;
  }
  const reason = `${names(worst)} open to ${breadthOf(worst)}`;
  return failOfGroup(
    group,
    reason,
    evidenceOf(worst, 'rules'),
    first.reach === 'large' ? { severity: large, because: ONLY_LARGE } : undefined,
  );
}

/** A group's failure: LOW where nothing carries the group, and not sure to be worse where nobody could see whether anything does. */
export function failOfGroup(
  group: { readonly attachments: Iterable<Attachment> },
  reason: string,
  evidence: Evidence,
  modifier?: SeverityModifier,
): Failure {
  const { known, unread } = knownOf(() => group.attachments);
  if (known.length > 0) return fail(reason, evidence, modifier);
  return unread
    ? { ...fail(reason, evidence, modifier), severityUnsure: true }
    : fail(`${reason}, not attached`, evidence, modifier, UNATTACHED);
}

function openingsFrom(known: readonly Source[], service: Service): readonly Opening[] {
  const sources = known.filter(({ rule }) => mayLetIn(rule, service));
  if (!mayBeWide(sources)) return [];
  const cuts = sources.map(({ rule }) => portsOf(rule));
  return openingsOf(service, cuts, (ports) => {
    const here = sources.filter(({ rule }) => overlaps(portsOf(rule), ports));
    const reach = reachTogether(here);
    return { reach, proof: isWide(reach) ? decisive(here, reach).map(toProof) : [] };
  });
}

function reachTogether(sources: readonly Source[]): Reach {
  const [v4, v6] = [reachIn(sources, 4), reachIn(sources, 6)];
  return v4 === 'world' || (v4 === 'large' && v6 !== 'world') ? v4 : v6;
}

function reachIn(sources: readonly Source[], family: Family): Reach {
  const ranges = sources.filter(({ range }) => range.family === family).map(({ range }) => range);
  return reachOf(union(ranges), family);
}

/** False when the sources are too small to be wide even if none overlap: most groups need no closer look. */
export function mayBeWide(sources: readonly Source[]): boolean {
  let v4 = 0;
  let v6 = 0;
  for (const { range } of sources) {
    if (range.family === 4) v4 += range.publicSize;
    else v6 += range.publicSize;
  }
  return v4 > LARGE[4] || v6 > LARGE[6];
}

function addSources(rule: SecurityGroupRule, sources: Source[]): Unread | undefined {
  const { peer } = rule;
  switch (peer.kind) {
    case 'security-group':
      return undefined;
    case 'cidr':
      return addAll([peer.cidr], '', 'ec2:DescribeSecurityGroups');
    case 'prefix-list':
      return addAll(peer.cidrs, ` (${peer.id})`, 'ec2:GetManagedPrefixListEntries');
    default:
      return peer satisfies never;
  }

  function addAll(cidrs: Iterable<string>, suffix: string, operation: string): Unread | undefined {
    try {
      for (const cidr of cidrs) sources.push({ rule, range: toRange(cidr, operation), text: cidr + suffix });
      return undefined;
    } catch (error) {
      if (!isUnread(error)) throw error;
      return error;
    }
  }
}
