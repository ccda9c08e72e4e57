import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { Config } from '../../config/config.ts';
import { toCadence } from '../../config/schedule.ts';
import { Complaint } from '../complaint.ts';
import { configOf } from '../config-of.ts';
import { type Context, screenOf } from '../context.ts';
import { toEstimate } from '../estimate/estimate-document.ts';
import { assumedAccount, type Measured, measure, scaled } from '../estimate/measured-load.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { configOption, type Format, formatOption, type Shared, storeOption, tableProfileOption } from '../options.ts';
import { estimateText } from '../render/estimate-text.ts';
import { safeJson } from '../render/safe-text.ts';
import { isFile, locationOf, openKept, type StoreChoice } from '../stores.ts';

interface EstimateOptions extends Shared, StoreChoice {
  readonly accounts?: number;
  readonly perDay?: number;
  readonly schedule?: string;
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  $ posture estimate                              your accounts, from their last scans
  $ posture estimate --accounts 100 --per-day 2
  $ posture estimate --schedule "cron(0 6 ? * MON-FRI *)" --format json

Amounts are USD a month at the list prices of us-east-1; the prices, their dates and sources are printed. Asks AWS nothing but the table.
`;

export function estimateCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('estimate')
    .summary('what a deployment costs in a month, and how many calls it makes')
    .description('Prices a deployment that audits the accounts in the store, from what their last scans have taken.')
    .option('--accounts <number>', 'for so many accounts like those (default: those in the store)', accountCount)
    .option('--per-day <number>', 'so many audits a day (default: by the schedule)', audits)
    .option('--schedule <expression>', 'rate(…) or cron(…) (default: that of the configuration, else rate(6 hours))')
    .addOption(configOption())
    .addOption(storeOption())
    .addOption(tableProfileOption())
    .addOption(formatOption('table', 'json'))
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action(async (options: EstimateOptions) => {
      const config = configOf(context, options.config);
      const perDay = auditsPerDay(options, config);
      const measured = await measuredLoad(options, config, context);
      const estimate = toEstimate(scaled(measured, options.accounts ?? measured.accounts), perDay, config);
      context.io.stdout.write(
        options.format === 'json' ? `${safeJson(estimate, 2)}\n` : estimateText(estimate, screenOf(context, options)),
      );
      end(EXIT.clean);
    });
}

const MOST_ACCOUNTS = 100_000;
/** A schedule may not be closer than 15 minutes. */
const MOST_AUDITS = 96;

function accountCount(value: string): number {
  const number = /^\d{1,6}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > MOST_ACCOUNTS)
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST_ACCOUNTS.toLocaleString('en')}`);
  return number;
}

function audits(value: string): number {
  const number = /^\d{1,2}(\.\d{1,3})?$/.test(value) ? Number(value) : 0;
  if (number <= 0 || number > MOST_AUDITS) throw new InvalidArgumentError(`Expected a number above 0, up to ${MOST_AUDITS}`);
  return number;
}

/** @throws Complaint when both say how often, or the schedule is none */
function auditsPerDay({ perDay, schedule }: EstimateOptions, config: Config): number {
  if (perDay !== undefined && schedule !== undefined)
    throw new Complaint(EXIT.usage, '--per-day and --schedule both say how often; drop one of them');
  if (perDay !== undefined) return perDay;
  const written = schedule ?? config.schedule.expression;
  const cadence = toCadence(written);
  if ('expected' in cadence) throw new Complaint(EXIT.usage, `"${written}" is not a schedule; expected ${cadence.expected} in --schedule`);
  return cadence.perDay;
}

/** Before the first scan there is nothing to measure, and nothing wrong with asking; a store that was named must be there. */
async function measuredLoad(options: EstimateOptions, config: Config, context: Context): Promise<Measured> {
  const location = locationOf(options.store, config, context.io.cwd);
  if (options.store === undefined && isFile(location) && !existsSync(location)) return assumedAccount();
  const store = await openKept(context, options);
  try {
    return await measure(store);
  } finally {
    await store.close();
  }
}
