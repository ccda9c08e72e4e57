import { SEVERITIES } from '../checks/check.ts';
import type { Gap } from '../inventory/coverage.ts';
import type { Change, Digest } from './digest.ts';
import type { Finding } from './finding.ts';
import { toInert, wrap } from './inert.ts';
import { toLabel } from './message.ts';
import type { RunRecord } from './run.ts';
import { EVENT_LABELS } from './subject.ts';
import { causeInWords, toMinute } from './words.ts';

const LINES = 30;

/** A digest for people, in 72 columns: what it comes to, what to do, and the changes in the order in which they are given. */
export function digestText(digest: Digest, summary: string): string {
  const { kind, run, changes, newGaps } = digest;
  const what = kind === 'baseline' ? 'First audit of account' : 'Changes in account';
  const shown = changes.slice(0, LINES);
  const blind = toGapLines(newGaps);
  const lines = [
    ...wrap(`${what} ${toInert(run.accountId, 40)}: ${summary}`),
    `Run ${run.id}, begun ${toMinute(run.startedAt)}`,
    ...toCoverageLines(run),
    ...toAdvice(digest),
    ...groupsOf(kind, shown).flatMap(([heading, group]) => ['', heading, ...group.flatMap(toChangeLines)]),
    ...(changes.length > LINES ? ['', ...toRest(changes.slice(LINES))] : []),
    ...(blind.length === 0 ? [] : ['', 'Could not be read, so not judged:', ...blind.slice(0, LINES).flat()]),
    ...(blind.length > LINES ? [`and ${blind.length - LINES} more`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function toCoverageLines({ coverage }: RunRecord): string[] {
  if (!coverage) return [];
  const { evaluations, resources, unknown } = coverage;
  return wrap(`${resources} resources, ${evaluations} verdicts, ${unknown === 0 ? 'none unknown' : `${unknown} unknown`}`);
}

/** What to do with it, in a line for each thing. */
function toAdvice({ kind, changes, newGaps }: Digest): string[] {
  const isWrong = changes.some((change) => change.kind !== 'resolved');
  const isDenied = newGaps.some(({ cause }) => cause === 'denied');
  return [
    ...(isWrong ? wrap(`${kind === 'baseline' ? 'Begin at the top' : 'To put one right'}: "posture explain <check>" tells how.`) : []),
    ...(isDenied ? ['To see all again: allow what the last lines name.'] : []),
    ...(changes.length > 0 && !isWrong && newGaps.length === 0 ? ['Nothing to do.'] : []),
  ];
}

/** Changes that share a heading, in the order in which they come. */
function groupsOf(kind: Digest['kind'], changes: readonly Change[]): readonly (readonly [string, readonly Change[]])[] {
  const toHeading = (change: Change): string =>
    kind === 'baseline' ? change.finding.severity : `${change.finding.severity} ${EVENT_LABELS[change.kind]}`;
  return [...Map.groupBy(changes, toHeading)];
}

function toChangeLines({ kind, finding }: Change): string[] {
  const { reason, checkId, history } = finding;
  const ended = kind === 'resolved' ? history.findLast((entry) => entry.kind === 'resolved') : undefined;
  const what = `${toInert(reason, 200)}${ended === undefined ? '' : `; ${toInert(ended.reason, 200)}`}`;
  return [...wrap(`${toPlace(finding)}: ${what}`, '  ', '    '), ...wrap(`(${checkId})`, '    ')];
}

/** The account stands above. */
function toPlace({ resource }: Finding): string {
  if (resource.type === 'AWS::Organizations::Account') return 'account';
  const region = toInert(resource.region, 40);
  if (resource.type === 'AWS::EC2::RegionSettings') return region;
  return region === 'global' ? toLabel(resource) : `${toLabel(resource)}, ${region}`;
}

function toRest(changes: readonly Change[]): string[] {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = changes.filter(({ finding }) => finding.severity === severity).length;
    return count > 0 ? [`${count} ${severity}`] : [];
  });
  return wrap(`and ${changes.length} more, ${counts.join(', ')}: "posture findings" lists every one that is open.`);
}

/** One entry for each refusal, wherever it was met. */
function toGapLines(gaps: readonly Gap[]): readonly (readonly string[])[] {
  const alike = Map.groupBy(gaps, ({ operation, cause }) => `${operation} ${cause}`);
  return [...alike.values()].map(([first, ...others]) => {
    if (!first) return [];
    const { operation, cause, permissions } = first;
    const regions = [...new Set([first, ...others].map(({ region }) => region))].sort();
    const where = regions.length <= 3 ? regions.join(', ') : `${regions.length} regions`;
    const wanted = cause === 'denied' && permissions.length > 0 ? `; allow ${permissions.join(', ')}` : '';
    return wrap(toInert(`${operation} in ${where}: ${causeInWords(cause)}${wanted}`), '  ', '    ');
  });
}
