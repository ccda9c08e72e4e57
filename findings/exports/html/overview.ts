import { causeInWords, toMinute } from '../../words.ts';
import type { Report, ReportedCoverage, ReportedGap } from '../report.ts';
import { count, counted } from './age.ts';
import { ageChart, ageTable, severityChart } from './charts.ts';
import { standingOf } from './standing.ts';
import { type Tag, tag } from './tag.ts';

/** Whose posture it is, and when it was looked at. */
export function heading({ run, findings }: Report): Tag {
  const accounts = new Set([run.accountId, ...findings.map(({ resource }) => resource.accountId)]);
  const regions = run.regions.filter((region) => region !== 'global').length;
  const facts = [
    toMinute(run.finishedAt),
    `${counted(regions, 'region')} and what is global`,
    counted(run.checks.length, 'check'),
    `run ${run.id}`,
  ];
  return tag(
    'header',
    {},
    tag(
      'div',
      {},
      tag('h1', {}, accounts.size === 1 ? `Posture of account ${run.accountId}` : `Posture of ${counted(accounts.size, 'account')}`),
      tag('p', { class: 'faint' }, facts.join(' · ')),
    ),
    tag('button', { type: 'button', id: 'theme', hidden: '' }, 'Dark'),
  );
}

/** Counts, charts and, beside them, what they rest on. */
export function overview({ findings, run }: Report, coverage: ReportedCoverage): Tag {
  const open = findings.filter((finding) => finding.open);
  const excepted = findings.filter((finding) => standingOf(finding) === 'EXCEPTED').length;
  return tag(
    'div',
    { class: 'panels' },
    panel(
      'Open',
      count(open.length),
      excepted === 0 ? 'findings' : `findings, and ${count(excepted)} excepted`,
      severityChart(findings),
      tag('p', { class: 'faint' }, tag('span', { class: 'swatch' }), ' ? unknown, neither open nor passed'),
    ),
    panel(
      'Age',
      oldest(open.map(({ openedAt }) => openedAt ?? '~')),
      'is the oldest open',
      ageChart(findings, run.finishedAt),
      tag('details', {}, tag('summary', {}, 'Figures'), ageTable(findings, run.finishedAt)),
    ),
    panel('Coverage', knownShare(coverage), 'of the verdicts are known', ...coverageLines(coverage)),
  );
}

function oldest(times: readonly string[]): string {
  const first = times.reduce((least, time) => (time < least ? time : least), '~');
  return first === '~' ? 'None' : first.slice(0, 10);
}

/** Rounded down: never 100 % while one verdict is unknown. */
export function knownShare({ evaluations, unknown }: ReportedCoverage): string {
  return evaluations === 0 ? 'None' : `${Math.floor(((evaluations - unknown) / evaluations) * 1_000) / 10} %`;
}

function coverageLines({ complete, evaluations, unknown, resources, gaps }: ReportedCoverage): Tag[] {
  const known = `${count(evaluations - unknown)} of ${counted(evaluations, 'verdict')} on ${counted(resources, 'resource')}.`;
  const open = `${counted(unknown, 'verdict is', 'verdicts are')} UNKNOWN: what could not be read never counts as passed.`;
  const broken = 'Not every listing came to its end: there may be resources that nobody judged.';
  const lines = [
    known,
    ...(unknown === 0 ? [] : [open]),
    ...(complete ? ['All that should be read was read.'] : unknown === 0 ? [broken] : []),
  ];
  return [
    ...lines.map((line) => tag('p', {}, line)),
    ...(gaps.length === 0 ? [] : [tag('h3', {}, 'What could not be read'), gapList(gaps)]),
  ];
}

const SHOWN = 3;

function gapList(gaps: readonly ReportedGap[]): Tag {
  const most = gaps.toSorted((one, other) => other.count - one.count);
  const rest = most.slice(SHOWN);
  return tag(
    'div',
    { class: 'gaps' },
    tag('ul', {}, ...most.slice(0, SHOWN).map(gapLine)),
    ...(rest.length === 0
      ? []
      : [tag('details', {}, tag('summary', {}, `${count(rest.length)} more`), tag('ul', {}, ...rest.map(gapLine)))]),
  );
}

function gapLine({ operation, cause, region, permissions, count: times }: ReportedGap): Tag {
  const needed = permissions.filter((permission) => permission !== operation);
  const more = [causeInWords(cause), region, `${count(times)}×`, ...(needed.length === 0 ? [] : [`needs ${needed.join(', ')}`])];
  return tag('li', {}, tag('code', {}, operation), tag('span', { class: 'faint' }, ` ${more.join(', ')}`));
}

function panel(heading: string, figure: string, unit: string, ...content: readonly Tag[]): Tag {
  return tag(
    'section',
    { class: 'panel' },
    tag('h2', {}, heading),
    tag('p', { class: 'total' }, tag('strong', {}, figure), ` ${unit}`),
    ...content,
  );
}
