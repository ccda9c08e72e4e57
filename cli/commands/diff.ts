import { Command } from 'commander';
import { diffRuns, type RunDiff } from '../../findings/diff.ts';
import type { Finding } from '../../findings/finding.ts';
import type { RunRecord } from '../../findings/run.ts';
import type { FindingStore } from '../../findings/store.ts';
import { allOf } from '../all-of.ts';
import { Complaint } from '../complaint.ts';
import { type Context, screenOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { toKeptFinding } from '../kept-finding.ts';
import { toLastSeen } from '../last-seen-at.ts';
import { didYouMean } from '../nearest.ts';
import { configOption, type Format, formatOption, type Shared, storeOption } from '../options.ts';
import { diffText } from '../render/diff-text.ts';
import { safeJson } from '../render/safe-text.ts';
import { openKept, type StoreChoice } from '../stores.ts';
import { assertAccount } from './findings.ts';

interface DiffOptions extends Shared, StoreChoice {
  readonly account?: string;
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  $ posture diff previous latest
  $ posture diff 20261120T084927Z-3f2a latest --format json

"posture runs" lists the runs. "latest" and "previous" are the last two complete runs of the account.
`;

export function diffCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('diff')
    .summary('what changed between two runs')
    .description('Compares what was open when each of two runs ended.')
    .argument('<from>', 'id of a run, "previous" or "latest"')
    .argument('<to>', 'id of a run, "previous" or "latest"')
    .option('--account <id>', 'of which account "previous" and "latest" are')
    .addOption(configOption())
    .addOption(storeOption())
    .option('--profile <name>', 'profile that may read the table')
    .addOption(formatOption('table', 'json'))
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action(async (from: string, to: string, options: DiffOptions) => {
      assertAccount(options.account);
      const store = await openKept(context, options);
      try {
        const [first, second] = await pickRuns(store, from, to, options.account);
        const diff = diffRuns(await allFindings(store, first.accountId), first, second);
        const screen = screenOf(context, options);
        context.io.stdout.write(
          options.format === 'json'
            ? await jsonOf(store, first, second, diff)
            : diffText(first, second, diff, context.world.checks, screen),
        );
      } finally {
        await store.close();
      }
      end(EXIT.clean);
    });
}

async function pickRuns(
  store: FindingStore,
  from: string,
  to: string,
  account: string | undefined,
): Promise<readonly [RunRecord, RunRecord]> {
  const runs = await allOf(store.runs(account));
  const named = runs.find(({ id }) => id === from || id === to);
  const accounts = new Set(runs.map(({ accountId }) => accountId));
  if (!named && account === undefined && accounts.size > 1)
    throw new Complaint(EXIT.usage, `the store has runs of ${accounts.size} accounts; say which with --account`);
  const own = runs.filter(({ accountId }) => accountId === (named?.accountId ?? accountId));
  const [first, second] = [pickRun(own, runs, from), pickRun(own, runs, to)];
  if (first.accountId !== second.accountId)
    throw new Complaint(
      EXIT.usage,
      `the run ${from} is of account ${first.accountId}, and ${to} of ${second.accountId}; name two runs of one account`,
    );
  return [first, second];
}

function pickRun(own: readonly RunRecord[], all: readonly RunRecord[], name: string): RunRecord {
  const complete = own.filter(({ finishedAt }) => finishedAt !== undefined);
  const found = name === 'latest' ? complete[0] : name === 'previous' ? complete[1] : all.find(({ id }) => id === name);
  if (found === undefined) throw new Complaint(EXIT.usage, missing(name, complete.length, all));
  if (found.finishedAt === undefined)
    throw new Complaint(
      EXIT.usage,
      `the run ${name} was cut short, so there is nothing to compare; pick a complete one from "posture runs"`,
    );
  return found;
}

function missing(name: string, complete: number, all: readonly RunRecord[]): string {
  if (name === 'latest' || name === 'previous')
    return `there is no ${name} run to compare: ${complete} complete so far; run "posture scan"`;
  return `there is no run "${name}"${didYouMean(name, [...all.map(({ id }) => id), 'latest', 'previous']) || '; "posture runs" lists them'}`;
}

async function allFindings(store: FindingStore, accountId: string): Promise<readonly Finding[]> {
  const [open, resolved] = await Promise.all([
    allOf(store.findingsInState('open', accountId)),
    allOf(store.findingsInState('resolved', accountId)),
  ]);
  return [...open, ...resolved];
}

async function jsonOf(
  store: FindingStore,
  from: RunRecord,
  to: RunRecord,
  { opened, resolved, changed, unchanged }: RunDiff,
): Promise<string> {
  const lastSeenAt = await toLastSeen(store, from.accountId);
  const kept = (finding: Finding) => toKeptFinding(finding, lastSeenAt(finding));
  const pick = ({ id, accountId, startedAt, finishedAt }: RunRecord) => ({ id, accountId, startedAt, finishedAt });
  return `${safeJson(
    {
      schemaVersion: 1,
      from: pick(from),
      to: pick(to),
      opened: opened.map(kept),
      resolved: resolved.map(kept),
      changed: changed.map(({ finding, from: before, to: after }) => ({ finding: kept(finding), from: before, to: after })),
      unchanged,
    },
    2,
  )}\n`;
}
