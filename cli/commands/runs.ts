import { Command } from 'commander';
import type { RunRecord } from '../../findings/run.ts';
import { allOf } from '../all-of.ts';
import { type Context, screenOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { configOption, type Format, formatOption, type Shared, storeOption, tableProfileOption } from '../options.ts';
import { runList } from '../render/run-list.ts';
import { safeJson } from '../render/safe-text.ts';
import { openKept, type StoreChoice } from '../stores.ts';
import { assertAccount } from './findings.ts';

interface RunsOptions extends Shared, StoreChoice {
  readonly account?: string;
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  $ posture runs
  $ posture runs --account 111122223333 --format json
`;

export function runsCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('runs')
    .summary('the scans that were kept')
    .description('Lists the scans that were kept, newest first.')
    .option('--account <id>', 'of this account')
    .addOption(configOption())
    .addOption(storeOption())
    .addOption(tableProfileOption())
    .addOption(formatOption('table', 'json', 'ndjson'))
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action(async (options: RunsOptions) => {
      assertAccount(options.account);
      const store = await openKept(context, options);
      try {
        context.io.stdout.write(textOf(await allOf(store.runs(options.account)), options, context));
      } finally {
        await store.close();
      }
      end(EXIT.clean);
    });
}

function textOf(runs: readonly RunRecord[], options: RunsOptions, context: Context): string {
  const documents = runs.map((run) => ({ ...run, finishedAt: run.finishedAt ?? null, coverage: run.coverage ?? null }));
  switch (options.format) {
    case 'json':
      return `${safeJson({ schemaVersion: 1, runs: documents }, 2)}\n`;
    case 'ndjson':
      return documents.map((run) => `${safeJson(run)}\n`).join('');
    case 'table':
      return `\n${runList(runs, screenOf(context, options))}\n\n`;
    default:
      return options.format satisfies never;
  }
}
