import type { Severity } from '../checks/check.ts';
import type { AccountCount, DigestContent } from './digest-content.ts';
import type { TransitionKind } from './finding.ts';
import { AUDIT } from './lost-accounts.ts';

/** What a digest comes to, in a line: `4 opened, 2 resolved, 1 account refused`. */
export function digestSummary({ kind, told, changes, open }: DigestContent): string {
  const firstAudits = told.filter((account) => account.kind === 'baseline').length;
  return [
    ...(kind === 'baseline' ? toOpen(open) : toMoved(changes.byKind)),
    ...(kind === 'changes' && firstAudits > 0 ? [`${inWords(firstAudits, 'first audit')} (${open.total} open)`] : []),
    ...toDone(told.reduce((sum, { activities }) => sum + activities, 0)),
    ...toBlind(told),
  ].join(', ');
}

/** What is told of one account, in the same words. */
export function accountSummary(account: AccountCount): string {
  const { kind, told, bySeverity, refusal, activities } = account;
  const found = kind === 'baseline' ? toOpen({ total: told.opened, bySeverity }) : toMoved(told);
  return [
    ...found,
    ...toDone(activities),
    ...(refusal?.isNew ? [isLost(account) ? 'no longer audited' : 'could not be entered'] : []),
    ...toBlind([{ ...account, refusal: undefined }]),
  ].join(', ');
}

function toOpen({ total, bySeverity }: { readonly total: number; readonly bySeverity: Readonly<Record<Severity, number>> }): string[] {
  const urgent = (['CRITICAL', 'HIGH'] as const).filter((severity) => bySeverity[severity] > 0);
  return [`${total} open`, ...urgent.map((severity) => `${bySeverity[severity]} ${severity}`)];
}

function toMoved(byKind: Readonly<Record<TransitionKind, number>>): string[] {
  const steps = (['opened', 'reopened', 'lapsed', 'escalated', 'excepted', 'resolved'] as const).filter((step) => byKind[step] > 0);
  return steps.map((step) => `${byKind[step]} ${step === 'lapsed' ? 'no longer excepted' : step}`);
}

function toDone(activities: number): string[] {
  if (activities === 0) return [];
  return [activities === 1 ? '1 activity' : `${activities} activities`];
}

function toBlind(told: readonly AccountCount[]): string[] {
  const outOfSight = told.filter(({ refusal }) => refusal?.isNew);
  const lost = outOfSight.filter(isLost).length;
  const refused = outOfSight.length - lost;
  const scopes = told.reduce((sum, { newScopesFailed }) => sum + newScopesFailed, 0);
  const reads = told.reduce((sum, { newGaps, newScopesFailed }) => sum + newGaps - newScopesFailed, 0);
  return [
    ...(lost > 0 ? [`${inWords(lost, 'account')} no longer audited`] : []),
    ...(refused > 0 ? [`${inWords(refused, 'account')} refused`] : []),
    ...(scopes > 0 ? [`${inWords(scopes, 'scope')} failed`] : []),
    ...(reads > 0 ? [`${inWords(reads, 'read')} refused`] : []),
  ];
}

/** Not that it let nobody in: nobody tried. */
export function isLost({ refusal }: Pick<AccountCount, 'refusal'>): boolean {
  return refusal?.gap.operation === AUDIT;
}

function inWords(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
