import type { Gap } from '../inventory/coverage.ts';
import type { AuditRecord, LeftOutAccount } from './audit-record.ts';

/** The operation of the gap that stands for an account that was audited and is no longer. */
export const AUDIT = 'audit';

const REASONS: Readonly<Record<LeftOutAccount['because'], string>> = {
  excluded: 'the configuration leaves it out',
  suspended: 'it is suspended',
  'pending closure': 'it is about to be closed',
  closed: 'it is closed',
  'pending activation': 'it is not active yet',
};

/** Whoever takes an account out of its organization takes it out of sight. */
const UNLISTED = 'it is not among the accounts any more';

/** All accounts that an audit was to look at. */
export function accountsOf({ accounts, refused }: Pick<AuditRecord, 'accounts' | 'refused'>): readonly string[] {
  return [...accounts, ...refused.map(({ accountId }) => accountId)];
}

/** Accounts from which events may come though an audit does not look at them. That of an event which does not tell its own is empty. */
export function unauditedIn({ leftOut }: Pick<AuditRecord, 'leftOut'>): readonly string[] {
  return [...leftOut.map(({ accountId }) => accountId), ''];
}

/** The accounts of earlier audits that are not part of this one, each with the gap that says why. */
export function lostAccounts(audit: AuditRecord, earlier: readonly AuditRecord[]): ReadonlyMap<string, Gap> {
  const audited = new Set(accountsOf(audit));
  const reasons = new Map(audit.leftOut.map(({ accountId, because }) => [accountId, REASONS[because]]));
  const lost = new Set(earlier.flatMap(accountsOf).filter((accountId) => !audited.has(accountId)));
  return new Map([...lost].map((accountId) => [accountId, toGap(reasons.get(accountId) ?? UNLISTED)]));
}

function toGap(message: string): Gap {
  return { operation: AUDIT, cause: 'failed', permissions: [], region: 'global', message, count: 1 };
}
