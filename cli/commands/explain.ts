import { Command } from 'commander';
import { permissionsFor } from '../../findings/permissions.ts';
import { type Context, screenOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { isActivityCheck } from '../listed-check.ts';
import { checksNamed, type Format, formatOption, type Shared } from '../options.ts';
import { explanation } from '../render/explanation.ts';
import { safeJson } from '../render/safe-text.ts';
import { toCheckDocument } from './checks.ts';

interface ExplainOptions extends Shared {
  readonly format: Format;
}

const EXAMPLES = `
Examples:
  $ posture explain s3-bucket-public-read-absent
  $ posture explain activity-root-used
  $ posture explain ec2-ebs-encryption-default --format json
`;

export function explainCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('explain')
    .summary('tell all about one check')
    .description('What a check wants, why, how to fix what it finds, what can be set, what it needs to read, and examples of its verdicts.')
    .argument('<check>', 'id of the check')
    .addOption(formatOption('table', 'json'))
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, options: ExplainOptions) => {
      const sources = await context.world.sources();
      const { checks, activityChecks } = context.world;
      for (const check of checksNamed([id], [...checks, ...activityChecks])) {
        const permissions = isActivityCheck(check) ? [] : permissionsFor([check], sources);
        const { risk, remediation, params = {} } = check;
        const document = { ...toCheckDocument(check), risk, remediation, params, permissions };
        const text = options.format === 'json' ? `${safeJson(document, 2)}\n` : explanation(check, permissions, screenOf(context, options));
        context.io.stdout.write(text);
      }
      end(EXIT.clean);
    });
}
