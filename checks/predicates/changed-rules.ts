import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { Field } from '../../inventory/events/field.ts';
import { factOf } from './event-facts.ts';
import { knownOf } from './unread.ts';

const MOST = 20;

/**
 * The rules of a security group that an event names, as texts: `tcp 22 from 0.0.0.0/0`, `all to ::/0`. What the answer tells goes before what was asked;
 * a rule that was named by its id alone is that id. At most twenty.
 */
export function changedRules(event: CloudTrailEvent): readonly string[] {
  const told = listIn(event.response, 'securityGroupRuleSet').flatMap((rule) => toTexts(rule, directionOf(event, rule)));
  const texts = told.length > 0 ? told : askedRules(event);
  return [...new Set(texts)].slice(0, MOST);
}

type Direction = 'from' | 'to' | 'with';

function askedRules(event: CloudTrailEvent): readonly string[] {
  const { request } = event;
  const direction = directionOf(event, request);
  const permissions = listIn(request, 'ipPermissions').flatMap((permission) => toTexts(permission, direction));
  const modified = listIn(request, 'securityGroupRule').flatMap((rule) => {
    const id = factOf(rule, 'securityGroupRuleId') ?? 'a rule';
    return toTexts(rule.at('securityGroupRule'), direction).map((text) => `${id}: ${text}`);
  });
  const ids = listIn(request, 'securityGroupRuleIds').flatMap((id) => factOf(id) ?? factOf(id, 'securityGroupRuleId') ?? []);
  return [...permissions, ...toTexts(request, direction), ...modified, ...ids];
}

/** One text for each end that a rule or a permission has, in any of EC2's three forms. */
function toTexts(rule: Field, direction: Direction): readonly string[] {
  const services = serviceOf(rule);
  return endsOf(rule).map((end) => `${services} ${direction} ${end}`);
}

const ENDS = [['cidrIp'], ['cidrIpv4'], ['cidrIpv6'], ['prefixListId'], ['referencedGroupInfo', 'groupId'], ['referencedGroupId']];
const LISTS = { ipRanges: 'cidrIp', ipv6Ranges: 'cidrIpv6', prefixListIds: 'prefixListId', groups: 'groupId' };

function endsOf(rule: Field): readonly string[] {
  const single = ENDS.flatMap((path) => factOf(rule, ...path) ?? []);
  const listed = Object.entries(LISTS).flatMap(([list, member]) => listIn(rule, list).flatMap((end) => factOf(end, member) ?? []));
  return [...single, ...listed];
}

function serviceOf(rule: Field): string {
  const protocol = factOf(rule, 'ipProtocol');
  if (protocol === '-1') return 'all';
  const from = factOf(rule, 'fromPort');
  const to = factOf(rule, 'toPort');
  if (from === undefined || from === '-1') return protocol ?? 'unknown protocol';
  return `${protocol ?? 'unknown protocol'} ${from === to || to === undefined ? from : `${from}-${to}`}`;
}

function directionOf({ name }: CloudTrailEvent, rule: Field): Direction {
  if (name.endsWith('Ingress')) return 'from';
  if (name.endsWith('Egress')) return 'to';
  const isEgress = factOf(rule, 'isEgress');
  if (isEgress === undefined) return 'with';
  return isEgress === 'true' ? 'to' : 'from';
}

/** As far as it makes sense. */
function listIn(part: Field, ...path: readonly string[]): readonly Field[] {
  return knownOf(() => part.at(...path).list).known;
}
