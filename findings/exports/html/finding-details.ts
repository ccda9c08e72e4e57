import { causeInWords, inRegion, toMinute } from '../../words.ts';
import type { ReportedException, ReportedFinding } from '../report.ts';
import { ageInWords, counted } from './age.ts';
import { COLUMNS } from './finding-table.ts';
import type { ExplainedCheck } from './inert-report.ts';
import { ownerOf, SEVERITY_WORDS, STANDING_WORDS, standingOf } from './standing.ts';
import { type Content, type Tag, tag } from './tag.ts';

/** All that is known of a finding, as the row under its own. */
export function findingDetails(finding: ReportedFinding, check: ExplainedCheck | undefined, now: string): Tag {
  return tag(
    'tr',
    { role: 'row', class: 'details', id: `details-${finding.id}` },
    tag(
      'td',
      { role: 'cell', colspan: String(COLUMNS.length) },
      tag(
        'div',
        { class: 'sheet' },
        tag(
          'div',
          {},
          tag('h3', {}, check?.title ?? finding.checkId),
          ...exceptionLines(finding),
          ...unreadLines(finding),
          ...explained(finding, check),
        ),
        tag('div', {}, facts(finding, now), ...evidenceLines(finding)),
      ),
    ),
  );
}

function explained(finding: ReportedFinding, check: ExplainedCheck | undefined): Tag[] {
  if (check === undefined) return [tag('p', {}, 'This check is not one of those that this version knows.')];
  const { risk, fix, cli, cloudFormation, controls } = check;
  return [
    ...part('Why it matters', tag('p', {}, risk)),
    ...part('How to fix it', tag('p', {}, fix)),
    ...(cli === ''
      ? []
      : [
          tag(
            'pre',
            { class: 'command', tabindex: '0', 'aria-label': 'AWS CLI' },
            tag('code', {}, inRegion(cli, [finding.resource.region])),
          ),
        ]),
    ...(cloudFormation === '' ? [] : [tag('p', {}, 'CloudFormation: ', tag('code', {}, cloudFormation))]),
    ...(controls.length === 0 ? [] : part('Controls', tag('ul', { class: 'words' }, ...controls.map((control) => tag('li', {}, control))))),
  ];
}

function part(heading: string, ...content: readonly Tag[]): Tag[] {
  return [tag('h4', {}, heading), ...content];
}

function exceptionLines({ exception }: ReportedFinding): Tag[] {
  if (exception === null) return [];
  const { owner, reason, expires, ticket }: ReportedException = exception;
  return [
    tag(
      'p',
      { class: 'note' },
      tag('strong', {}, 'Excepted'),
      ' by ',
      tag('bdi', {}, owner),
      ` until ${expires} (`,
      tag('bdi', {}, ticket),
      '): ',
      tag('bdi', {}, reason),
    ),
  ];
}

function unreadLines({ status, unread, open }: ReportedFinding): Tag[] {
  if (status !== 'UNKNOWN') return [];
  const what =
    unread === null
      ? 'It could not be judged this time.'
      : `${unread.operation} could not be read: ${causeInWords(unread.cause)}.${unread.permissions.length === 0 ? '' : ` It needs ${unread.permissions.join(', ')}.`}`;
  const state = open ? 'It failed when it was last seen, and counts as open.' : 'Unknown is not a pass.';
  return [tag('p', { class: 'note' }, tag('strong', {}, 'Unknown'), ` ${what} ${state}`)];
}

function facts(finding: ReportedFinding, now: string): Tag {
  const { resource, openedAt, firstSeenAt, lastSeenAt, reopened, open } = finding;
  const tags = Object.entries(resource.tags).map(([name, value]) => tag('li', {}, tag('bdi', {}, `${name} = ${value}`)));
  const rows: readonly (readonly [string, Content | undefined])[] = [
    ['Severity', SEVERITY_WORDS[finding.severity]],
    ['Status', STANDING_WORDS[standingOf(finding)]],
    ['Open since', open && openedAt !== null ? `${toMinute(openedAt)} (${ageInWords(openedAt, now)})` : undefined],
    ['First seen', firstSeenAt === null ? undefined : toMinute(firstSeenAt)],
    ['Last seen', lastSeenAt === null ? undefined : toMinute(lastSeenAt)],
    ['Reopened', reopened === 0 ? undefined : counted(reopened, 'time')],
    ['Owner', ownerOf(finding) === '' ? undefined : tag('bdi', {}, ownerOf(finding))],
    ['ARN', tag('code', {}, tag('bdi', {}, resource.arn))],
    ['Account', resource.accountId],
    ['Region', resource.region],
    ['Tags', tags.length === 0 ? undefined : tag('ul', { class: 'words' }, ...tags)],
    ['Check', tag('code', {}, finding.checkId)],
    ['Finding', tag('code', {}, finding.id)],
  ];
  return tag('dl', {}, ...rows.flatMap(([name, value]) => (value === undefined ? [] : [tag('dt', {}, name), tag('dd', {}, value)])));
}

function evidenceLines({ evidence }: ReportedFinding): Tag[] {
  return Object.keys(evidence).length === 0
    ? []
    : part('Evidence', tag('pre', { tabindex: '0', 'aria-label': 'Evidence' }, JSON.stringify(evidence, null, 2)));
}
