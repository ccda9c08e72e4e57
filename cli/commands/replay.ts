import { Command, InvalidArgumentError } from 'commander';
import type { Severity } from '../../checks/check.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { configOption, type Format, formatOption, list, type Shared, threshold } from '../options.ts';

export interface ReplayOptions extends Shared {
  readonly checks?: readonly string[];
  readonly exclude?: readonly string[];
  /** False with `--no-touches`. */
  readonly touches: boolean;
  /** Milliseconds since 1970. */
  readonly since?: number;
  readonly until?: number;
  readonly config?: string;
  readonly format: Format;
  readonly output?: string;
  readonly all?: boolean;
  readonly failOn: Severity | 'NONE';
  readonly strictCoverage?: boolean;
}

const EXAMPLES = `
Reads CloudTrail log files as they are: .json and .json.gz with {"Records": […]}, a list or a
single record, NDJSON, folders such as a copy of a trail's bucket, and EventBridge events.
"-" is stdin. Asks AWS nothing.

Examples:
  $ posture replay AWSLogs/                                    what somebody did, and what was changed
  $ posture replay trail.json.gz --format ndjson | jq -c 'select(.activities[].severity == "CRITICAL")'
  $ posture replay AWSLogs/ --since 2026-11-20 --until 2026-11-21T12:00Z
  $ posture replay AWSLogs/ --checks activity-root-used --no-touches --fail-on none
  $ aws s3 cp s3://trail/AWSLogs/file.json.gz - | posture replay -

Exit codes:
  0 nothing at or over --fail-on             1 activities at or over it
  2 wrong usage or configuration, or not one record
  3 something could not be read or judged, with --strict-coverage (wins over 1)
  70 a fault of ours                         130 stopped with Ctrl-C
`;

export function replayCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('replay')
    .summary('hunt in CloudTrail log files: who did what, and what was changed')
    .description(
      'Judges the records of CloudTrail log files by the activity checks, as a deployment judges events, and tells which resources they changed.',
    )
    .argument('<path...>', 'files and folders')
    .option('--checks <ids>', 'only these activity checks, separated by commas', list)
    .option('--exclude <ids>', 'all activity checks but these', list)
    .option('--no-touches', 'activities only: do not tell which resources were changed')
    .option('--since <time>', 'records of this time or later: 2026-11-20, or 2026-11-20T08:00Z', time)
    .option('--until <time>', 'records before this time', time)
    .addOption(configOption())
    .addOption(formatOption('table', 'json', 'ndjson'))
    .option('--output <file>', 'write the data there instead of to stdout')
    .option('--all', 'also records of which there is nothing to say')
    .option('--fail-on <severity>', 'exit with 1 from this severity on, or never with "none"', threshold, 'INFORMATIONAL')
    .option('--strict-coverage', 'exit with 3 if anything could not be read or judged')
    .option('--no-color', 'no colours')
    .option('--quiet', 'no progress')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], options: ReplayOptions) => {
      const { replay } = await import('../replay/replay.ts');
      end(await replay(paths, options, context));
    });
}

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** A day, or a time; UTC unless it says otherwise. */
function time(value: string): number {
  const at = TIME.test(value) ? Date.parse(/T.*(Z|[+-]\d\d:\d\d)$/.test(value) || !value.includes('T') ? value : `${value}Z`) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError('Expected a day such as 2026-11-20, or a time such as 2026-11-20T08:00Z.');
  return at;
}
