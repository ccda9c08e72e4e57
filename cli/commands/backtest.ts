import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { type Format, formatOption, list, type Shared } from '../options.ts';

export interface BacktestOptions extends Shared {
  readonly config: string;
  readonly against?: string;
  readonly snapshots: string;
  readonly checks?: readonly string[];
  readonly exclude?: readonly string[];
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  $ posture backtest --config new.yaml --snapshots snapshots/
  $ posture backtest --config new.yaml --against old.yaml --snapshots snapshots/ --format json

Each snapshot is judged with both configurations as of the time at which it was collected, in the order of these times, as audits would have
been: what the one would have found and told and the other not is what the change comes to. AWS is not asked, and nothing is kept.
`;

export function backtestCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('backtest')
    .summary('what a change of the configuration would have found and told')
    .description(
      'Judges snapshots with a new configuration and with the present one, and says which findings and messages are more or fewer.',
    )
    .requiredOption('--config <file>', 'the new settings')
    .option('--against <file>', 'the settings to compare with (default: posture.yaml, if there is one)')
    .requiredOption('--snapshots <folder>', 'where the snapshots are that "posture collect" wrote: a folder with *.json.gz, or one file')
    .option('--checks <ids>', 'only these checks, separated by commas', list)
    .option('--exclude <ids>', 'all checks but these', list)
    .addOption(formatOption('table', 'json'))
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action(async (options: BacktestOptions) => {
      const { backtest } = await import('../backtest/backtest.ts');
      end(await backtest(options, context));
    });
}
