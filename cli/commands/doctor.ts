import { Command } from 'commander';
import { permissionsFor } from '../../findings/permissions.ts';
import { LOOKUP_EVENTS } from '../../inventory/cloudtrail/calls.ts';
import { describeRegions } from '../../inventory/regions.ts';
import { chosenChecks } from '../chosen-checks.ts';
import { configOf } from '../config-of.ts';
import { type Context, screenOf } from '../context.ts';
import { examine, tryCalls } from '../doctor.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { unlessInterrupted } from '../interruption.ts';
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
import { diagnosis } from '../render/diagnosis.ts';
import { safeJson } from '../render/safe-text.ts';
import { toIdentity } from '../scan-request.ts';
import { assertRegions, plannedScopes } from '../scopes.ts';

interface DoctorOptions extends Shared {
  readonly profile?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly regions?: readonly string[];
  readonly checks?: readonly string[];
  readonly exclude?: readonly string[];
  readonly config?: string;
  readonly policy?: boolean;
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  $ posture doctor
  $ posture doctor --role-arn arn:aws:iam::111122223333:role/audit --external-id 7f3c --regions eu-west-1
  $ posture doctor --policy > audit-policy.json             the policy that a scan needs; asks AWS nothing

Exit codes: 0 nothing is missing, 3 something is, 2 and 4 as for scan.
`;

export function doctorCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('doctor')
    .summary('which permissions are missing, and what that blinds')
    .description(
      'Tries every call that the checks need, on a few resources of each type, and says what is refused and which checks that blinds.',
    )
    .addOption(profileOption())
    .addOption(roleOption())
    .addOption(externalIdOption())
    .addOption(regionsOption())
    .option('--checks <ids>', 'only for these checks, separated by commas', list)
    .option('--exclude <ids>', 'for all checks but these', list)
    .addOption(configOption())
    .option('--policy', 'only print the IAM policy that a scan needs')
    .addOption(formatOption('table', 'json'))
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action(async (options: DoctorOptions) => end(await doctor(options, context)));
}

async function doctor(options: DoctorOptions, context: Context): Promise<ExitCode> {
  const { io, world } = context;
  const config = configOf(context, options.config);
  const checks = chosenChecks(world.checks, options, config, io.now()).map(({ check }) => check);
  const sources = (await world.sources()).filter(({ type }) => checks.some(({ resourceTypes }) => resourceTypes.includes(type)));
  if (options.policy) {
    io.stdout.write(`${safeJson(toPolicy(permissionsFor(checks, sources)), 2)}\n`);
    return EXIT.clean;
  }
  const regions = options.regions ?? config.regions;
  assertRegions(regions ?? []);
  const { session } = await unlessInterrupted(world.signIn(toIdentity(options, io)), io.interrupted);
  const { scopes } = await unlessInterrupted(plannedScopes(world, session, regions), io.interrupted);
  await unlessInterrupted(tryCalls(session, scopes, sources, checks), io.interrupted);
  const examined = examine(checks, sources, session.meter.requests, session.coverage.gaps);
  const report = {
    accountId: session.accountId,
    callerArn: session.callerArn,
    scopes: scopes.map(({ region }) => region),
    examined,
    checks: checks.map(({ id }) => id),
  };
  io.stdout.write(
    options.format === 'json' ? `${safeJson({ schemaVersion: 1, ...report }, 2)}\n` : diagnosis(report, screenOf(context, options)),
  );
  return examined.some(({ outcome }) => outcome === 'denied' || outcome === 'failed') ? EXIT.incomplete : EXIT.clean;
}

/** The regions must be found as well, and who is behind what changed, whatever the checks are. */
function toPolicy(actions: readonly string[]) {
  const all = [...new Set([...actions, ...describeRegions.permissions, ...LOOKUP_EVENTS.permissions])].sort();
  return { Version: '2012-10-17', Statement: [{ Sid: 'PostureAudit', Effect: 'Allow', Action: all, Resource: '*' }] };
}
