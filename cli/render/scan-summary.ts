import { type AnyCheck, SEVERITIES, type Severity } from '../../checks/check.ts';
import type { Transition, TransitionKind } from '../../findings/finding.ts';
import { compareFindings } from '../../findings/order.ts';
import type { RunRecord } from '../../findings/run.ts';
import { rankOf } from '../../findings/severity.ts';
import { inRegion, labelOf, toMinute } from '../../findings/words.ts';
import type { FindingRow, ScanDocument } from '../scan-schema.ts';
import { changes } from './changes.ts';
import { coverageLines, LABEL, type Screen } from './coverage.ts';
import { command, labelled, paragraph } from './paragraphs.ts';
import { toTable } from './table.ts';
import { count, counted, duration, toDate } from './words.ts';

export interface Summary {
  readonly document: ScanDocument;
  readonly transitions: readonly Transition[];
  /** The run that the transitions compare with. */
  readonly previous: Pick<RunRecord, 'id' | 'startedAt'> | undefined;
  readonly checks: readonly AnyCheck[];
  /** Where findings are kept; `undefined` when they are not. */
  readonly store: string | undefined;
  /** What other commands need to find the store: empty, or ` --store <location>`. */
  readonly storeArgument: string;
  /** True when every finding was told already, above the summary. */
  readonly listed: boolean;
}

/** What a scan of one account comes to, for people, in the order of their questions. */
export function scanSummary(summary: Summary, screen: Screen): string {
  const parts = [
    header(summary.document, screen),
    coverageLines(summary.document, screen),
    changes(summary, screen),
    severities(summary, screen),
    topFindings(summary, screen),
    closing(summary, screen),
  ];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n\n`;
}

function header({ run }: ScanDocument, { width, palette }: Screen): string {
  const regions = run.regions.filter((region) => region !== 'global');
  const took = run.snapshot ? 'without AWS' : `in ${duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt))}`;
  const where = `${counted(regions.length, 'region')}${regions.length > 0 && regions.length <= 4 ? ` (${regions.join(', ')})` : ''} and what is global`;
  return [
    labelled(palette.title('Account'), run.accountId, { width, at: LABEL }, palette.title),
    labelled(palette.title('Caller'), run.callerArn, { width, at: LABEL }),
    labelled(palette.title('Scanned'), `${where}, ${counted(run.checks.length, 'check')}, ${took}`, { width, at: LABEL }),
    ...(run.snapshot ? [labelled(palette.title('Snapshot'), snapshotWords(run.snapshot), { width, at: LABEL })] : []),
    labelled(palette.title('Run'), run.id, { width, at: LABEL }, palette.faint),
  ].join('\n');
}

/** A certificate that has expired since was valid then: as of when it was judged must be said. */
function snapshotWords({ collectedAt, judgedAt, product }: NonNullable<ScanDocument['run']['snapshot']>): string {
  const asOf = judgedAt === collectedAt ? 'judged as of then' : `judged as of ${toMinute(judgedAt)}`;
  return `collected ${toMinute(collectedAt)} by posture ${product}; ${asOf}`;
}

const SHOWN = 5;

const SEVERITY_COLUMNS = [
  { head: 'Severity', min: 8, overflow: 'end' },
  { head: 'Open', min: 5, overflow: 'end', align: 'right' },
  { head: 'New', min: 5, overflow: 'end', align: 'right' },
  { head: 'Resolved', min: 8, overflow: 'end', align: 'right' },
  { head: 'Unknown', min: 7, overflow: 'end', align: 'right' },
] as const;

function severities({ document: { findings }, transitions }: Summary, { width, palette }: Screen): string {
  const rows = SEVERITIES.map((severity) => {
    const mine = findings.filter((row) => row.severity === severity);
    const moved = (...kinds: readonly TransitionKind[]) =>
      transitions.filter(({ kind, finding }) => finding.severity === severity && kinds.includes(kind)).length;
    const open = mine.filter((row) => row.open).length;
    const numbers = [open, moved('opened', 'reopened'), moved('resolved'), mine.filter(({ status }) => status === 'UNKNOWN').length];
    return [
      { text: severity, paint: open > 0 ? palette.severity[severity] : palette.faint },
      ...numbers.map((number) => ({ text: number === 0 ? '·' : count(number), paint: number === 0 ? palette.faint : palette.title })),
    ];
  });
  const excepted = findings.filter(({ exception }) => exception !== null).length;
  const note = excepted === 0 ? '' : `\n${paragraph(exceptedWords(excepted), width, 0, palette.faint)}`;
  return `${toTable(SEVERITY_COLUMNS, rows, { width, head: palette.faint })}${note}`;
}

function exceptedWords(excepted: number): string {
  return `${counted(excepted, 'finding')} excepted, not counted as open: "posture exceptions" says by whom and until when`;
}

interface Group {
  readonly check: AnyCheck;
  readonly rows: readonly FindingRow[];
  readonly severity: Severity;
}

/** The worst checks with what they found, and how to put it right. */
function topFindings({ document: { findings }, checks, listed, store, storeArgument }: Summary, screen: Screen): string {
  const open = findings.filter((row) => row.open);
  if (open.length === 0) return screen.palette.good(findings.length === 0 ? 'Nothing found.' : 'Nothing found in what could be seen.');
  const groups = toGroups(open, checks);
  const top = groups.slice(0, SHOWN);
  const rest = open.length - top.reduce((sum, { rows }) => sum + rows.length, 0);
  const where = store === undefined ? '--all or --format json lists every one' : `posture findings${storeArgument} lists every one`;
  const more = `${rest > 0 ? `${counted(rest, 'more finding')} of ${counted(groups.length - top.length, 'other check')}: ` : ''}${where}`;
  return [
    screen.palette.title('Fix first'),
    ...top.map((group) => topFinding(group, screen)),
    ...(listed ? [] : [paragraph(more, screen.width, 0, screen.palette.faint)]),
  ].join('\n\n');
}

function toGroups(open: readonly FindingRow[], checks: readonly AnyCheck[]): readonly Group[] {
  const perCheck = Map.groupBy(open, ({ checkId }) => checkId);
  const groups = checks.flatMap((check) => {
    const mine = (perCheck.get(check.id) ?? []).toSorted(compareFindings);
    return mine[0] ? [{ check, rows: mine, severity: mine[0].severity }] : [];
  });
  return groups.sort(
    (a, b) => rankOf(a.severity) - rankOf(b.severity) || b.rows.length - a.rows.length || (a.check.id < b.check.id ? -1 : 1),
  );
}

function topFinding({ check, rows, severity }: Group, { width, palette }: Screen): string {
  const at = { width, at: 9, indent: 2 };
  const shown = rows
    .slice(0, 3)
    .map((row) => [
      { text: labelOf(row.resource) },
      { text: row.resource.region, paint: palette.faint },
      { text: toDate(row.openedAt), paint: palette.faint },
      { text: `${row.severity === severity ? '' : `${row.severity}: `}${row.reason ?? ''}` },
    ]);
  const more = rows.length > shown.length ? [paragraph(`and ${count(rows.length - shown.length)} more`, width, 2, palette.faint)] : [];
  const { text, cli } = check.remediation;
  const fix =
    cli === undefined
      ? [labelled('Fix', text, at)]
      : [
          labelled('Fix', text, at),
          command(
            inRegion(
              cli,
              rows.map(({ resource }) => resource.region),
            ),
            width,
            11,
            palette.command,
          ),
        ];
  return [
    `${palette.severity[severity](severity)}  ${palette.title(check.id)}`,
    toTable(RESOURCE_COLUMNS, shown, { width, indent: 2 }),
    ...more,
    ...fix,
  ].join('\n');
}

const RESOURCE_COLUMNS = [
  { head: '', min: 12, overflow: 'middle' },
  { head: '', min: 6, overflow: 'end' },
  { head: '', min: 10, overflow: 'end' },
  { head: '', min: 36, overflow: 'wrap', under: true },
] as const;

function closing({ document: { run }, store }: Summary, { width, palette }: Screen): string {
  const { total, throttles, estimatedUsd, priceBasis } = run.calls;
  const throttled = throttles === 0 ? 'none throttled' : `${count(throttles)} throttled`;
  const cost = estimatedUsd < 0.01 ? 'under 0.01 USD' : `about ${estimatedUsd.toFixed(2)} USD`;
  const kept = store === undefined ? [] : [labelled(palette.title('Kept in'), store, { width, at: LABEL })];
  const calls = run.snapshot ? 'none: a snapshot is judged without AWS' : `${count(total)}, ${throttled}; ${cost}: ${priceBasis}`;
  return [...kept, labelled(palette.title('Calls'), calls, { width, at: LABEL })].join('\n');
}
