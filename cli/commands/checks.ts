import { Command, Option } from 'commander';
import type { Severity } from '../../checks/check.ts';
import { type Context, screenOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { isActivityCheck, KINDS, type Kind, type ListedCheck, toEventLine } from '../listed-check.ts';
import { type Format, formatOption, list, type Shared, severities } from '../options.ts';
import { checkList } from '../render/check-list.ts';
import { safeJson } from '../render/safe-text.ts';
import { serviceOf } from '../service-of.ts';

interface ChecksOptions extends Shared {
  readonly kind?: Kind;
  readonly service?: readonly string[];
  readonly severity?: readonly Severity[];
  readonly control?: string;
  readonly attack?: string;
  readonly search?: string;
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  $ posture checks --service s3,iam
  $ posture checks --severity critical,high
  $ posture checks --control CIS-AWS-7.0
  $ posture checks --kind activity --attack T1078
  $ posture checks --search "public access" --format json
`;

export function checksCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('checks')
    .summary('list the checks')
    .description('Lists every check, or those that fit all the filters.')
    .addOption(new Option('--kind <kind>', 'of what is configured, or of what somebody does').choices(KINDS))
    .option('--service <list>', 'of these services, such as s3,iam; activity for what somebody does', list)
    .option('--severity <list>', 'of these severities', severities)
    .option('--control <text>', 'whose controls begin so, such as CIS-AWS-7.0:6.3 or AWS-FSBP')
    .option('--attack <technique>', 'whose techniques of MITRE ATT&CK begin so, such as T1078')
    .option('--search <words>', 'in whose text or ids all these words occur')
    .addOption(formatOption('table', 'json'))
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action((options: ChecksOptions) => {
      const found = [...context.world.checks, ...context.world.activityChecks].filter(fits(options));
      const text =
        options.format === 'json' ? `${safeJson(found.map(toCheckDocument), 2)}\n` : checkList(found, screenOf(context, options));
      context.io.stdout.write(text);
      end(EXIT.clean);
    });
}

function fits({ kind, service, severity, control, attack, search }: ChecksOptions): (check: ListedCheck) => boolean {
  const words = (search ?? '').toLowerCase().split(/\s+/);
  return (check) =>
    (kind === undefined || kind === kindOf(check)) &&
    (service === undefined || service.some((name) => name.toLowerCase() === serviceOf(check))) &&
    (severity === undefined || severity.includes(check.severity)) &&
    (control === undefined || beginsOne(check.controls, control)) &&
    (attack === undefined || beginsOne(isActivityCheck(check) ? check.attack : [], attack)) &&
    words.every((word) => haystackOf(check).includes(word));
}

function kindOf(check: ListedCheck): Kind {
  return isActivityCheck(check) ? 'activity' : 'posture';
}

function beginsOne(ids: readonly string[], beginning: string): boolean {
  return ids.some((id) => id.toLowerCase().startsWith(beginning.toLowerCase()));
}

function haystackOf(check: ListedCheck): string {
  const { id, title, risk, remediation, controls, equivalents } = check;
  const judged = isActivityCheck(check) ? [...check.attack, ...check.events.map(toEventLine)] : check.resourceTypes;
  return [id, title, risk, remediation.text, ...controls, ...Object.values(equivalents).flat(), ...judged].join(' ').toLowerCase();
}

/** A check as tools see it. */
export function toCheckDocument(check: ListedCheck) {
  const { id, title, severity, controls } = check;
  const { prowler = [], securityHub = [], checkov = [] } = check.equivalents;
  const equivalents = { prowler, securityHub, checkov };
  if (isActivityCheck(check)) {
    const { attack, events } = check;
    return { id, kind: 'activity', title, severity, events, lenses: ['event'], controls, attack, equivalents };
  }
  const { resourceTypes } = check;
  return { id, kind: 'posture', title, severity, resourceType: resourceTypes[0], resourceTypes, lenses: ['live'], controls, equivalents };
}
