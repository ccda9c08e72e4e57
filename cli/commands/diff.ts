import { Command } from 'commander';
import { diffRuns, type RunDiff } from '../../findings/diff.ts';
import type { Finding } from '../../findings/finding.ts';
import type { FindingStore } from '../../findings/store.ts';
import { allOf } from '../all-of.ts';
import { type ComparedRuns, pickRuns, type RunPair, wholeRun } from '../compared-runs.ts';
import { type Context, screenOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { toKeptFinding } from '../kept-finding.ts';
import { toLastSeen } from '../last-seen-at.ts';
import { configOption, type Format, formatOption, type Shared, storeOption, tableProfileOption } from '../options.ts';
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

"posture runs" lists the runs. "latest" and "previous" are the last two that came to an end.
A deployed run is of many accounts: all of them are compared, or the one that --account names.
`;

export function diffCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('diff')
    .summary('what changed between two runs')
    .description('Compares what was open when each of two runs ended.')
    .argument('<from>', 'id of a run, "previous" or "latest"')
    .argument('<to>', 'id of a run, "previous" or "latest"')
    .option('--account <id>', 'only what changed in this account')
    .addOption(configOption())
    .addOption(storeOption())
    .addOption(tableProfileOption())
    .addOption(formatOption('table', 'json'))
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action(async (from: string, to: string, options: DiffOptions) => {
      assertAccount(options.account);
      const store = await openKept(context, options);
      try {
        const runs = await pickRuns(store, from, to, options.account);
        const diff = await compare(store, runs.pairs);
        const text =
          options.format === 'json'
            ? await jsonOf(store, runs, diff)
            : diffText(runs, diff, context.world.checks, screenOf(context, options));
        context.io.stdout.write(text);
      } finally {
        await store.close();
      }
      end(EXIT.clean);
    });
}

async function allFindings(store: FindingStore, accountId: string): Promise<readonly Finding[]> {
  const [unresolved, resolved] = await Promise.all([
    allOf(store.findingsInState('unresolved', accountId)),
    allOf(store.findingsInState('resolved', accountId)),
  ]);
  return [...unresolved, ...resolved];
}

/** Of several accounts as of one: what each finding became between the two runs of its own account. */
async function compare(store: FindingStore, pairs: readonly RunPair[]): Promise<RunDiff> {
  const diffs: RunDiff[] = [];
  for (const { accountId, from, to } of pairs) diffs.push(diffRuns(await allFindings(store, accountId), from, to));
  return {
    opened: diffs.flatMap(({ opened }) => opened),
    resolved: diffs.flatMap(({ resolved }) => resolved),
    excepted: diffs.flatMap(({ excepted }) => excepted),
    changed: diffs.flatMap(({ changed }) => changed),
    unchanged: diffs.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}

/**
 * `from` and `to` are `{id, accountId, startedAt, finishedAt}`; `accountId` is null where a run is of several accounts, which then are `accounts`.
 * `unpaired` are the accounts in which only one of the two came to an end: nothing is said of them.
 */
async function jsonOf(
  store: FindingStore,
  runs: ComparedRuns,
  { opened, resolved, excepted, changed, unchanged }: RunDiff,
): Promise<string> {
  const accounts = runs.pairs.map(({ accountId }) => accountId);
  const only = accounts.length === 1 ? accounts[0] : undefined;
  const lastSeenAt = await toLastSeen(store, only);
  const kept = (finding: Finding) => toKeptFinding(finding, lastSeenAt(finding));
  const whole = (side: 'from' | 'to') => {
    const { id, startedAt, finishedAt } = wholeRun(runs, side);
    return { id, accountId: only ?? null, startedAt, finishedAt };
  };
  return `${safeJson(
    {
      schemaVersion: 1,
      from: whole('from'),
      to: whole('to'),
      accounts,
      unpaired: runs.unpaired,
      opened: opened.map(kept),
      resolved: resolved.map(kept),
      excepted: excepted.map(kept),
      changed: changed.map(({ finding, from, to }) => ({ finding: kept(finding), from, to })),
      unchanged,
    },
    2,
  )}\n`;
}
