import { rankOf } from '../../severity.ts';
import type { ReportedFinding } from '../report.ts';
import { ageOf } from './age.ts';
import { ownerOf, STANDINGS, serviceOf, standingOf } from './standing.ts';
import type { SortKey, View } from './view.ts';

/** What a view shows of the findings, in its order. `textOf` gives what the search looks at, in lower case. */
export function toChosen(
  findings: readonly ReportedFinding[],
  view: View,
  now: string,
  textOf: (finding: ReportedFinding) => string,
): ReportedFinding[] {
  const words = view.text.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = findings.filter(
    (finding) => isChosen(finding, view, now) && (words.length === 0 || words.every((word) => textOf(finding).includes(word))),
  );
  const compare = ORDERS[view.sort];
  const direction = view.reversed ? -1 : 1;
  return chosen.sort((one, other) => direction * compare(one, other) || worstFirst(one, other));
}

function isChosen(finding: ReportedFinding, view: View, now: string): boolean {
  const { severities, standings } = view;
  return (
    (severities.length === 0 || severities.includes(finding.severity)) &&
    (standings.length === 0 || standings.includes(standingOf(finding))) &&
    isOr(view.service, serviceOf(finding)) &&
    isOr(view.check, finding.checkId) &&
    isOr(view.account, finding.resource.accountId) &&
    isOr(view.region, finding.resource.region) &&
    isOr(view.owner, ownerOf(finding)) &&
    (view.age === '' || (finding.open && ageOf(finding.openedAt, now) === view.age))
  );
}

function isOr(wanted: string, value: string): boolean {
  return wanted === '' || wanted === value;
}

/** What can be searched for: everything that the list and the details say of who, where and what, in lower case. */
export function toText(finding: ReportedFinding, title: string): string {
  const { id, checkId, reason, resource, exception, evidence } = finding;
  const tags = Object.entries(resource.tags).map(([name, value]) => `${name}=${value}`);
  const decided = exception === null ? [] : [exception.owner, exception.ticket, exception.reason];
  return [id, checkId, title, reason ?? '', resource.arn, resource.id, resource.type, ...tags, ...decided, JSON.stringify(evidence)]
    .join('\n')
    .toLowerCase();
}

type Order = (one: ReportedFinding, other: ReportedFinding) => number;

/** What is open before what is not, and then the most severe. */
const worstFirst: Order = (one, other) => groupOf(one) - groupOf(other) || rankOf(one.severity) - rankOf(other.severity);

const ORDERS: Readonly<Record<SortKey, Order>> = {
  severity: worstFirst,
  check: (one, other) => compare(one.checkId, other.checkId),
  resource: (one, other) => compare(one.resource.id, other.resource.id),
  account: (one, other) => compare(one.resource.accountId, other.resource.accountId),
  region: (one, other) => compare(one.resource.region, other.resource.region),
  // Oldest first; what is not open has no age and comes last.
  since: (one, other) => compare(sinceOf(one), sinceOf(other)),
  status: (one, other) => STANDINGS.indexOf(standingOf(one)) - STANDINGS.indexOf(standingOf(other)),
};

function groupOf(finding: ReportedFinding): number {
  return finding.open ? 0 : 1 + STANDINGS.indexOf(standingOf(finding));
}

function sinceOf({ open, openedAt }: ReportedFinding): string {
  return open && openedAt !== null ? openedAt : '~';
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
