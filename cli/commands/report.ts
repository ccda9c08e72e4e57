import { Command, InvalidArgumentError, Option } from 'commander';
import { didYouMean } from '../../config/nearest.ts';
import { type Assessment, type ComplianceReport, type Standing, toComplianceReport } from '../../findings/compliance.ts';
import { controlsOf } from '../../findings/compliance-controls.ts';
import { FRAMEWORKS, type Framework } from '../../findings/compliance-frameworks.ts';
import { assessReport } from '../../findings/compliance-from-report.ts';
import { assessStore } from '../../findings/compliance-from-store.ts';
import { compareFindings } from '../../findings/order.ts';
import { Complaint } from '../complaint.ts';
import { toComplianceDocument } from '../compliance-document.ts';
import { type Context, screenOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { configOption, list, type Shared, storeOption, tableProfileOption } from '../options.ts';
import { openOutput } from '../output.ts';
import { complianceControls } from '../render/compliance-control.ts';
import { complianceCsv, complianceStandingCsv } from '../render/compliance-csv.ts';
import { complianceMarkdown } from '../render/compliance-markdown.ts';
import { complianceTable } from '../render/compliance-table.ts';
import { safeJson } from '../render/safe-text.ts';
import { readSavedScan } from '../saved-scan.ts';
import { openKept, type StoreChoice } from '../stores.ts';
import { assertAccount } from './findings.ts';

interface ReportOptions extends Shared, StoreChoice {
  readonly framework: Framework;
  readonly account?: string;
  readonly from?: string;
  readonly controls?: readonly string[];
  readonly control?: readonly string[];
  readonly format: 'table' | 'json' | 'csv' | 'markdown';
  readonly output?: string;
}

const EXAMPLES = `
Examples:
  $ posture report --framework cis-7.0
  $ posture report --framework cis-7.0 --control 6.3          what stands against it, and how to fix that
  $ posture report --framework fsbp --controls EC2.2,S3.8 --format csv --output fsbp.csv
  $ posture report --framework cis-7.0 --store dynamodb://posture --account 111122223333
  $ posture scan --all --format json --output scan.json && posture report --framework pci-4.0 --from scan.json

Frameworks:
${FRAMEWORKS.map(({ id, name }) => `  ${id.padEnd(16)} ${name}`).join('\n')}

A control passes only if something was judged, nothing fails and nothing is unknown. What an exception covers is shown as excepted.
`;

export function reportCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('report')
    .summary('how the controls of a framework stand')
    .description('Shows how the controls of a framework stand, by what the last scans have kept. Asks AWS nothing.')
    .addOption(new Option('--framework <name>', 'which framework').argParser(toFramework).makeOptionMandatory())
    .option('--controls <ids>', 'only these controls, separated by commas', list)
    .addOption(
      new Option('--control <id>', 'this control, with its checks, what stands against it and the fix')
        .argParser(list)
        .conflicts('controls'),
    )
    .option('--account <id>', 'of this account (default: all accounts)')
    .addOption(new Option('--from <file>', 'of a saved "posture scan --all --format json"').conflicts(['store', 'account', 'profile']))
    .addOption(configOption())
    .addOption(storeOption())
    .addOption(tableProfileOption())
    .addOption(new Option('--format <format>', 'how to write it').choices(['table', 'json', 'csv', 'markdown']).default('table'))
    .option('--output <file>', 'write it there instead of to stdout')
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ReportOptions) => {
      const only = controlsNamed(options, context);
      const output = openOutput(context.io, options.output);
      const assessment = await assess(options, context, only);
      const report = toComplianceReport(options.framework, context.world.checks, assessment, only);
      output.write(textOf(report, options.control && assessment.standing.toSorted(compareFindings), options, context));
      end(EXIT.clean);
    });
}

function toFramework(value: string): Framework {
  const found = FRAMEWORKS.find(({ id }) => id === value.toLowerCase());
  if (found) return found;
  const ids = FRAMEWORKS.map(({ id }) => id);
  throw new InvalidArgumentError(`Expected ${ids.join(', ')}${didYouMean(value, ids)}`);
}

/** `undefined` for all. @throws Complaint for one that the framework does not have */
function controlsNamed({ framework, controls, control }: ReportOptions, { world }: Context): ReadonlySet<string> | undefined {
  const named = control ?? controls;
  if (named === undefined) return undefined;
  const known = new Set(controlsOf(framework, world.checks).map(({ id }) => id));
  for (const id of named) {
    if (known.has(id)) continue;
    const hint = didYouMean(id, known) || `; "posture report --framework ${framework.id}" lists them`;
    throw new Complaint(EXIT.usage, `${framework.name} has no control "${id}" that is known here${hint}`);
  }
  return new Set(named);
}

async function assess(options: ReportOptions, context: Context, only: ReadonlySet<string> | undefined): Promise<Assessment> {
  const { world, io } = context;
  const wanted = controlsOf(options.framework, world.checks).filter(({ id }) => only?.has(id) ?? true);
  const checkIds = new Set(wanted.flatMap((control) => control.checkIds));
  if (options.from !== undefined) return assessReport(readSavedScan(io, options.from), checkIds);
  assertAccount(options.account);
  const store = await openKept(context, options);
  try {
    const assessment = await assessStore({
      store,
      accountId: options.account,
      checkIds,
      isJudgedIn: await judgedIn(context),
      now: io.now().toISOString(),
    });
    if (assessment.accounts.length > 0) return assessment;
  } finally {
    await store.close();
  }
  const which = options.account === undefined ? '' : ` of account ${options.account}`;
  throw new Complaint(EXIT.usage, `no complete scan${which} is kept here, so nothing is known; "posture scan" makes one`);
}

/** Whether a check judges anything in a region, or of what an account has once. */
async function judgedIn({ world }: Context): Promise<(checkId: string, region: string) => boolean> {
  const scopes = new Map((await world.sources()).map(({ type, scope }) => [type, scope]));
  const kinds = new Map(world.checks.map(({ id, resourceTypes }) => [id, new Set(resourceTypes.map((type) => scopes.get(type)))]));
  return (checkId, region) => kinds.get(checkId)?.has(region === 'global' ? 'global' : 'regional') ?? false;
}

function textOf(report: ComplianceReport, standing: readonly Standing[] | undefined, options: ReportOptions, context: Context): string {
  const { checks } = context.world;
  const screen = screenOf(context, options, options.output);
  switch (options.format) {
    case 'json':
      return `${safeJson(toComplianceDocument(report, standing), 2)}\n`;
    case 'csv':
      return standing ? complianceStandingCsv(report, standing, checks) : complianceCsv(report);
    case 'markdown':
      return complianceMarkdown(report, standing, checks);
    case 'table':
      return standing ? complianceControls(report, standing, checks, screen) : complianceTable(report, screen);
    default:
      return options.format satisfies never;
  }
}
