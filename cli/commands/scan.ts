import { Command } from 'commander';
import type { Severity } from '../../checks/check.ts';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import {
  configOption,
  externalIdOption,
  list,
  profileOption,
  regionsOption,
  roleOption,
  type Shared,
  storeOption,
  threshold,
} from '../options.ts';
import { type OutputFormat, type OutputTarget, reportFormatOption, reportOutputOption } from '../output-format.ts';
import type { ScanDocument } from '../scan-schema.ts';

export interface ScanOptions extends Shared {
  readonly profile?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly regions?: readonly string[];
  readonly checks?: readonly string[];
  readonly exclude?: readonly string[];
  readonly config?: string;
  /** False with `--no-store`. */
  readonly store?: string | false;
  readonly topic?: string;
  readonly format: OutputFormat;
  readonly output?: readonly OutputTarget[];
  readonly all?: boolean;
  readonly failOn: Severity | 'NONE';
  readonly strictCoverage?: boolean;
  /** A snapshot to judge in place of AWS. */
  readonly snapshot?: string;
  /** `now` or a time in ISO 8601; only with a snapshot. */
  readonly asOf?: string;
  /** Set once the snapshot is read: when it was collected, by which version, and the time at which checks judge. */
  readonly judged?: NonNullable<ScanDocument['run']['snapshot']>;
}

const EXAMPLES = `
Examples:
  $ posture scan                                            all enabled regions, with the credentials that your shell has
  $ posture scan --profile prod --regions eu-west-1,us-east-1
  $ posture scan --role-arn arn:aws:iam::111122223333:role/audit --external-id 7f3c
  $ posture scan --format json --output posture.json --fail-on HIGH --strict-coverage
  $ posture scan --output sarif=posture.sarif --output junit=posture.xml --output html=posture.html
  $ posture scan --checks s3-bucket-public-read-absent --all --no-store
  $ posture scan --snapshot snapshot.json.gz                what "posture collect" has stored, without AWS

Exit codes:
  0 nothing open at or over --fail-on        1 findings at or over it
  2 wrong usage or configuration             3 coverage incomplete, with --strict-coverage (wins over 1)
  4 no way in: credentials, AssumeRole, network, or the regions cannot be listed
  5 not everything could be announced or kept (wins over 3 and 1)
  70 a fault of ours                         130 stopped with Ctrl-C
`;

export function scanCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('scan')
    .summary('audit an account: what is wrong now, what changed, how to fix it')
    .description('Audits one account in all enabled regions, compares with the last scan and keeps what changed.')
    .addOption(profileOption())
    .addOption(roleOption())
    .addOption(externalIdOption())
    .addOption(regionsOption())
    .option('--checks <ids>', 'only these checks, separated by commas', list)
    .option('--exclude <ids>', 'all checks but these', list)
    .addOption(configOption())
    .addOption(storeOption())
    .option('--no-store', 'look only: keep nothing, compare with nothing')
    .option('--topic <arn>', 'SNS topic on which changes are announced')
    .addOption(reportFormatOption())
    .addOption(reportOutputOption())
    .option('--all', 'also what passed or does not apply')
    .option('--fail-on <severity>', 'exit with 1 from this severity on, or never with "none"', threshold, 'INFORMATIONAL')
    .option('--strict-coverage', 'exit with 3 if anything could not be read')
    .option('--snapshot <file>', 'judge what "posture collect" has stored, as of then and without AWS; nothing is kept without --store')
    .option('--as-of <time>', 'with --snapshot: judge as of "now" or of another time, 2026-11-21T08:49:27Z')
    .option('--no-color', 'no colours')
    .option('--quiet', 'no progress')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ScanOptions) => {
      const { snapshot } = options;
      if (snapshot !== undefined) {
        const { scanSnapshot } = await import('../scan-snapshot.ts');
        return end(await scanSnapshot(snapshot, options, context));
      }
      if (options.asOf !== undefined)
        throw new Complaint(EXIT.usage, '--as-of says something only together with --snapshot; name the snapshot');
      const { scan } = await import('../scan.ts');
      end(await scan(options, context));
    });
}
