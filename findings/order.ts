import type { ResourceIdentity } from '../inventory/resource.ts';
import type { Finding } from './finding.ts';
import { rankOf } from './severity.ts';
import { labelOf } from './words.ts';

type Ordered = Pick<Finding, 'severity' | 'checkId'> & {
  readonly resource: Pick<ResourceIdentity, 'id' | 'tags' | 'accountId' | 'region'>;
};

/** The order in which people read findings, the same in every run: by severity, then check, then name and place. */
export function compareFindings(a: Ordered, b: Ordered): number {
  return (
    rankOf(a.severity) - rankOf(b.severity) ||
    compareText(a.checkId, b.checkId) ||
    compareText(labelOf(a.resource), labelOf(b.resource)) ||
    compareText(a.resource.accountId, b.resource.accountId) ||
    compareText(a.resource.region, b.resource.region)
  );
}

/** By code unit: a locale's order differs from machine to machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
