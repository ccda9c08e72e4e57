import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import {
  configOption,
  externalIdOption,
  type Format,
  formatOption,
  list,
  profileOption,
  regionsOption,
  roleOption,
  type Shared,
} from '../options.ts';

export interface CollectOptions extends Shared {
  readonly output: string;
  readonly profile?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly regions?: readonly string[];
  readonly checks?: readonly string[];
  readonly exclude?: readonly string[];
  readonly config?: string;
  readonly format: Format;
  readonly strictCoverage?: boolean;
}

const EXAMPLES = `
Examples:
  $ posture collect -o snapshot.json.gz                     all enabled regions, with the credentials that your shell has
  $ posture collect -o prod.json.gz --profile prod --regions eu-west-1,us-east-1
  $ posture scan --snapshot snapshot.json.gz                judge it, without AWS and as often as you like
  $ posture backtest --config new.yaml --snapshots .        what a change of the configuration would have changed

Everything is collected that any check may need, whatever the configuration switches off, so that other settings can be tried later.
A snapshot holds no secrets, but it tells where an account is open: only its owner may read the file.

Exit codes:
  0 collected                                2 wrong usage or configuration, or the file cannot be written
  3 coverage incomplete, with --strict-coverage
  4 no way in: credentials, AssumeRole, network, or the regions cannot be listed
`;

export function collectCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('collect')
    .summary('store what an account holds, to be judged later without AWS')
    .description(
      'Reads all that the checks may need of one account and stores it in a file: judged later, it gives the very same findings.',
    )
    .requiredOption('-o, --output <file>', 'where to write it, such as snapshot.json.gz')
    .addOption(profileOption())
    .addOption(roleOption())
    .addOption(externalIdOption())
    .addOption(regionsOption())
    .option('--checks <ids>', 'only what these checks need, separated by commas', list)
    .option('--exclude <ids>', 'what all checks but these need', list)
    .addOption(configOption())
    .addOption(formatOption('table', 'json'))
    .option('--strict-coverage', 'exit with 3 if anything could not be read')
    .option('--no-color', 'no colours')
    .option('--quiet', 'no progress')
    .addHelpText('after', EXAMPLES)
    .action(async (options: CollectOptions) => {
      const { collect } = await import('../collect.ts');
      end(await collect(options, context));
    });
}
