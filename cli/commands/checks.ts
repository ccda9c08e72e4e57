import { Command } from 'commander';
import type { AnyCheck, Severity } from '../../checks/check.ts';
import { type Context, screenOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { type Format, formatOption, list, type Shared, severities } from '../options.ts';
import { checkList } from '../render/check-list.ts';
import { safeJson } from '../render/safe-text.ts';
import { serviceOf } from '../service-of.ts';

interface ChecksOptions extends Shared {
  readonly service?: readonly string[];
  readonly severity?: readonly Severity[];
  readonly control?: string;
  readonly search?: string;
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  $ posture checks --service s3,iam
  $ posture checks --severity critical,high
  $ posture checks --control CIS-AWS-7.0
  $ posture checks --search "public access" --format json
`;

export function checksCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('checks')
    .summary('list the checks')
    .description('Lists every check, or those that fit all the filters.')
    .option('--service <list>', 'of these services, such as s3,iam', list)
    .option('--severity <list>', 'of these severities', severities)
    .option('--control <text>', 'whose controls begin so, such as CIS-AWS-7.0:6.3 or AWS-FSBP')
    .option('--search <words>', 'in whose text or ids all these words occur')
    .addOption(formatOption('table', 'json'))
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action((options: ChecksOptions) => {
      const found = context.world.checks.filter(fits(options));
      const text =
        options.format === 'json' ? `${safeJson(found.map(toCheckDocument), 2)}\n` : checkList(found, screenOf(context, options));
      context.io.stdout.write(text);
      end(EXIT.clean);
    });
}

function fits({ service, severity, control, search }: ChecksOptions): (check: AnyCheck) => boolean {
  const words = (search ?? '').toLowerCase().split(/\s+/);
  const prefix = control?.toLowerCase();
  return (check) =>
    (service === undefined || service.some((name) => name.toLowerCase() === serviceOf(check))) &&
    (severity === undefined || severity.includes(check.severity)) &&
    (prefix === undefined || check.controls.some((own) => own.toLowerCase().startsWith(prefix))) &&
    words.every((word) => haystackOf(check).includes(word));
}

function haystackOf({ id, title, risk, remediation, controls, equivalents, resourceTypes }: AnyCheck): string {
  return [id, title, risk, remediation.text, ...controls, ...Object.values(equivalents).flat(), ...resourceTypes].join(' ').toLowerCase();
}

/** A check as tools see it. */
export function toCheckDocument({ id, title, severity, resourceTypes, controls, equivalents }: AnyCheck) {
  const { prowler = [], securityHub = [], checkov = [] } = equivalents;
  const [resourceType] = resourceTypes;
  return {
    id,
    kind: 'posture',
    title,
    severity,
    resourceType,
    resourceTypes,
    lenses: ['live'],
    controls,
    equivalents: { prowler, securityHub, checkov },
  };
}
