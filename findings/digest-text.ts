import { SEVERITIES } from '../checks/check.ts';
import { activityLines } from './activity-lines.ts';
import { blindLines } from './blind-lines.ts';
import { byWords } from './cause-lines.ts';
import type { ChangeRows } from './change-rows.ts';
import type { Change } from './digest.ts';
import type { AccountCount, DigestContent } from './digest-content.ts';
import { sumOf } from './digest-json.ts';
import { accountSummary, isLost } from './digest-summary.ts';
import { exceptionWords } from './exception-words.ts';
import type { Finding } from './finding.ts';
import { toInert, wrap } from './inert.ts';
import { toLabel } from './message.ts';
import { isOfRegion } from './of-region.ts';
import { LONGEST_SHOWN, toMore } from './shown.ts';
import { EVENT_LABELS } from './subject.ts';
import { toMinute } from './words.ts';

/** Of first audits beside changes: fewer, so that what is new in old accounts is not lost among it. */
const FIRST_LINES = 12;

/** A digest for people, in 72 columns: what it comes to, what to do, the changes worst first, and what could not be read. */
export function digestText(content: DigestContent, summary: string): string {
  const { kind, changes, open, told, accounts } = content;
  const rows = kind === 'baseline' ? open : changes;
  const lines = [
    ...wrap(`${toTitle(content)}: ${summary}`),
    ...(accounts.length > 1 ? [...toAdvice(content), ...toFacts(content)] : [...toFacts(content), ...toAdvice(content)]),
    ...toGroups(content, rows, LONGEST_SHOWN, ({ kind: step, finding }) =>
      kind === 'baseline' ? finding.severity : `${finding.severity} ${EVENT_LABELS[step]}`,
    ),
    ...(kind === 'changes' ? toFirstAudits(content) : []),
    ...(told.length > 1 && rows.total > LONGEST_SHOWN ? toCheckLines(rows) : []),
    ...(told.length > 1 && (kind === 'baseline' || rows.total > LONGEST_SHOWN) ? toAccountLines(told) : []),
    ...activityLines(content.activities),
    ...blindLines(content),
  ];
  return `${lines.join('\n')}\n`;
}

function toTitle({ kind, told, accounts }: DigestContent): string {
  const [only, another] = told;
  const who = only && !another ? `account ${toInert(only.accountId, 40)}` : `${told.length} accounts`;
  if (kind === 'baseline') return `First audit of ${who}`;
  return `Changes in ${another && told.length < accounts.length ? `${told.length} of ${accounts.length} accounts` : who}`;
}

function toFacts({ run, accounts }: DigestContent): string[] {
  return [`Run ${run.id}, begun ${toMinute(run.startedAt)}`, ...toCoverageLines(accounts)];
}

function toCoverageLines(accounts: readonly AccountCount[]): string[] {
  const sum = sumOf(accounts);
  if (!sum) return [];
  const { evaluations, resources, unknown } = sum;
  const verdicts = unknown === 0 ? 'none unknown' : `${unknown} unknown`;
  if (accounts.length === 1) return wrap(`${resources} resources, ${evaluations} verdicts, ${verdicts}`);
  const audited = accounts
    .filter((account) => !isLost(account))
    .flatMap(({ scopes, refusal }) => (scopes ? [{ ...scopes, isEntered: refusal === undefined }] : []));
  const total = (count: 'planned' | 'seen'): number => audited.reduce((sumSoFar, scopes) => sumSoFar + scopes[count], 0);
  const entered = audited.filter(({ isEntered }) => isEntered).length;
  const places = `${partOf(entered, audited.length)} accounts, ${partOf(total('seen'), total('planned'))} scopes`;
  return wrap(`Seen: ${places}, ${resources} resources, ${verdicts}`);
}

function partOf(seen: number, planned: number): string {
  return seen === planned ? `${planned}` : `${seen} of ${planned}`;
}

/** What to do with it, in a line for each thing. */
function toAdvice({ kind, changes, open, told, blindSpots }: DigestContent): string[] {
  const isWrong = open.total > 0 || changes.total > changes.byKind.resolved + changes.byKind.excepted;
  const isRefused = told.some((account) => account.refusal?.isNew && !isLost(account));
  const isDenied = blindSpots.some(({ cause }) => cause === 'denied');
  const isBlind = isRefused || told.some(isLost) || blindSpots.length > 0;
  return [
    ...(isWrong ? wrap(`${kind === 'baseline' ? 'Begin at the top' : 'To put one right'}: "posture explain <check>" tells how.`) : []),
    ...(isRefused ? ['To see all again: do what the last lines say.'] : []),
    ...(isDenied && !isRefused ? ['To see all again: allow what the last lines name.'] : []),
    ...(changes.total > 0 && !isWrong && !isBlind ? ['Nothing to do.'] : []),
  ];
}

/** Changes that share a heading, in the order in which they come, and how many more there are. */
function toGroups(
  content: DigestContent,
  { rows, total, bySeverity }: ChangeRows,
  length: number,
  toHeading: (change: Change) => string,
): string[] {
  const shown = rows.slice(0, length);
  const groups = [...Map.groupBy(shown, toHeading)];
  return [
    ...groups.flatMap(([heading, group]) => ['', heading, ...group.flatMap((change) => toChangeLines(change, content.told.length > 1))]),
    ...(total > shown.length ? ['', ...toRest(total - shown.length, shown, bySeverity)] : []),
  ];
}

function toFirstAudits(content: DigestContent): string[] {
  const { told, open } = content;
  const firsts = told.filter(({ kind }) => kind === 'baseline');
  if (firsts.length === 0) return [];
  const titles = firsts
    .slice(0, LONGEST_SHOWN)
    .flatMap((account) => wrap(`First audit of account ${toInert(account.accountId, 40)}: ${accountSummary(account)}`));
  return [
    '',
    ...titles,
    ...toMore(firsts.length - LONGEST_SHOWN),
    ...toGroups(content, open, FIRST_LINES, ({ finding }) => finding.severity),
  ];
}

/** Of many findings few are shown: this is what they all are. */
function toCheckLines({ byCheck }: ChangeRows): string[] {
  const shown = byCheck
    .slice(0, LONGEST_SHOWN)
    .flatMap(({ severity, checkId, count }) => wrap(`${severity} ${checkId}: ${count}`, '  ', '    '));
  return ['', 'By check, the worst first:', ...shown, ...toMore(byCheck.length - LONGEST_SHOWN)];
}

function toAccountLines(told: readonly AccountCount[]): string[] {
  const shown = told
    .slice(0, LONGEST_SHOWN)
    .flatMap((account) => wrap(`${toInert(account.accountId, 40)}: ${accountSummary(account)}`, '  ', '    '));
  return ['', 'By account, the worst first:', ...shown, ...toMore(told.length - LONGEST_SHOWN)];
}

function toChangeLines({ kind, finding }: Change, isAmongMany: boolean): string[] {
  const { reason, checkId, history } = finding;
  const step = history.findLast((entry) => entry.kind === kind);
  const ended = kind === 'resolved' ? step : undefined;
  const [by] = step ? byWords(step) : [];
  const decision = step && exceptionWords(step);
  const what = [toInert(reason, 200), ...(ended ? [toInert(ended.reason, 200)] : []), ...(decision ? [decision] : [])].join('; ');
  return [
    ...wrap(`${toPlace(finding, isAmongMany)}: ${what}`, '  ', '    '),
    ...wrap(`(${checkId}${by === undefined ? '' : `, ${by}`})`, '    '),
  ];
}

/** Of one account alone, its id stands above. */
function toPlace({ resource }: Finding, isAmongMany: boolean): string {
  const account = toInert(resource.accountId, 40);
  const region = toInert(resource.region, 40);
  const among = isAmongMany ? [account] : [];
  if (resource.type === 'AWS::Organizations::Account') return isAmongMany ? `account ${account}` : 'account';
  if (isOfRegion(resource)) return [...among, region].join(', ');
  return [toLabel(resource), ...among, ...(region === 'global' ? [] : [region])].join(', ');
}

function toRest(count: number, shown: readonly Change[], bySeverity: ChangeRows['bySeverity']): string[] {
  const counts = SEVERITIES.flatMap((severity) => {
    const rest = bySeverity[severity] - shown.filter(({ finding }) => finding.severity === severity).length;
    return rest > 0 ? [`${rest} ${severity}`] : [];
  });
  return wrap(`and ${count} more, ${counts.join(', ')}: "posture findings" lists every one that is open.`);
}
