import type { AnyCheck } from '../../checks/check.ts';
import type { RunDiff } from '../../findings/diff.ts';
import type { Finding } from '../../findings/finding.ts';
import type { RunRecord } from '../../findings/run.ts';
import { toMinute } from '../../findings/words.ts';
import { type ComparedRuns, type RunPair, wholeRun } from '../compared-runs.ts';
import type { Screen } from './coverage.ts';
import { findingList } from './finding-list.ts';
import type { Paint } from './palette.ts';
import { labelled, paragraph } from './paragraphs.ts';
import { count, counted, some } from './words.ts';

/** What is different between two runs: opened, resolved and changed, each as a list. */
export function diffText(runs: ComparedRuns, diff: RunDiff, checks: readonly AnyCheck[], screen: Screen): string {
  const { width, palette } = screen;
  const { opened, resolved, excepted, changed, unchanged } = diff;
  const at = { width, at: 9 };
  const changes = changed.map(({ finding, from: before, to: after }) => {
    const severity = before.severity === after.severity ? '' : `${before.severity} → ${after.severity}: `;
    return { ...finding, severity: after.severity, reason: `${severity}${after.reason}` };
  });
  const parts = [
    [
      labelled(
        palette.title('Account'),
        some(
          runs.pairs.map(({ accountId }) => accountId),
          4,
        ),
        at,
      ),
      labelled(palette.title('From'), nameOf(wholeRun(runs, 'from')), at),
      labelled(palette.title('To'), nameOf(wholeRun(runs, 'to')), at),
    ].join('\n'),
    `${count(opened.length)} opened, ${count(resolved.length)} resolved, ${excepted.length > 0 ? `${count(excepted.length)} excepted, ` : ''}${count(changed.length)} changed, ${count(unchanged)} unchanged`,
    section('Opened', opened, palette.bad, checks, screen),
    section('Changed', changes, palette.title, checks, screen),
    section('Excepted', excepted, palette.faint, checks, screen),
    section('Resolved', resolved, palette.good, checks, screen),
    ...differences(runs).map((note) => paragraph(note, width, 0, palette.faint)),
  ];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n\n`;
}

type Row = Pick<Finding, 'checkId' | 'severity' | 'state' | 'reason' | 'resource' | 'openedAt'>;

function section(heading: string, findings: readonly Row[], paint: Paint, checks: readonly AnyCheck[], screen: Screen): string {
  if (findings.length === 0) return '';
  const rows = findings.map((finding) => ({ ...finding, since: finding.openedAt }));
  return `${paint(heading)}\n${findingList(rows, checks, screen)}`;
}

function nameOf({ id, startedAt }: Pick<RunRecord, 'id' | 'startedAt'>): string {
  return `${toMinute(startedAt)}  ${id}`;
}

/** What the two runs did not both look at, for it could be taken for calm. */
function differences({ pairs, unpaired }: ComparedRuns): readonly string[] {
  const lines: string[] = [];
  const regions = lopsided(pairs, ({ regions: names }) => names);
  const checks = lopsided(pairs, ({ checkIds }) => checkIds);
  if (regions > 0) lines.push(`The runs did not look at the same regions: ${counted(regions, 'differs', 'differ')}.`);
  if (checks > 0) lines.push(`The runs did not ask the same checks: ${counted(checks, 'differs', 'differ')}.`);
  if (unpaired.length > 0) lines.push(`Only one of the runs came to an end in ${some(unpaired, 4)}: nothing is said of what is there.`);
  return lines;
}

/** How many names stand in only one run of some pair. */
function lopsided(pairs: readonly RunPair[], namesOf: (run: RunRecord) => readonly string[]): number {
  const missing = (before: readonly string[], after: readonly string[]) => before.filter((name) => !after.includes(name));
  return new Set(pairs.flatMap(({ from, to }) => [...missing(namesOf(from), namesOf(to)), ...missing(namesOf(to), namesOf(from))])).size;
}
