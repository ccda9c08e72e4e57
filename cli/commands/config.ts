import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { configOption, type Format, formatOption, list, type Shared } from '../options.ts';

export interface CheckOptions extends Shared {
  readonly format: Format;
}

export interface ExplainOptions extends CheckOptions {
  readonly config?: string;
  readonly account: string;
  readonly check: string;
  readonly region?: string;
  readonly tag?: readonly string[];
  readonly unit?: readonly string[];
}

const EXAMPLES = `
Examples:
  $ posture config check                                    is posture.yaml sound?
  $ posture config check prod.yaml --format json
  $ posture config explain --account 111122223333 --check ec2-security-group-admin-ports-closed
  $ posture config explain --account 111122223333 --check s3-bucket-versioning-enabled --region eu-west-1 --tag application=shop
  $ posture config schema > posture.schema.json             for editors

Exit codes:
  0 sound        2 wrong usage or configuration
`;

const CHECK_EXAMPLES = `
Examples:
  $ posture config check
  $ posture config check prod.yaml --format json
`;

const EXPLAIN_EXAMPLES = `
Examples:
  $ posture config explain --account 111122223333 --check ec2-security-group-admin-ports-closed
  $ posture config explain --account 111122223333 --check iam-user-keys-rotated --region global --unit r-ab12 --unit ou-ab12-cd34ef56
  $ posture config explain --account 111122223333 --check s3-bucket-versioning-enabled --tag application=shop --tag stage=prod --format json
`;

const SCHEMA_EXAMPLES = `
Examples:
  $ posture config schema > posture.schema.json
`;

export function configCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('config')
    .summary('what is wrong with posture.yaml, and which line of it decides what')
    .description('Checks posture.yaml, explains which of its lines decide a setting, and prints its JSON Schema for editors.')
    .addHelpText('after', EXAMPLES)
    .addCommand(checkCommand(context, end))
    .addCommand(explainCommand(context, end))
    .addCommand(schemaCommand(context, end));
}

function checkCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('check')
    .summary('all that is wrong with the configuration')
    .description('Tells all that is wrong with the configuration, with line and column, or that it is sound.')
    .argument('[file]', 'the configuration', 'posture.yaml')
    .addOption(formatOption('table', 'json'))
    .option('--no-color', 'no colours')
    .addHelpText('after', CHECK_EXAMPLES)
    .action(async (file: string, options: CheckOptions) => {
      const { checkConfig } = await import('../config-check.ts');
      end(checkConfig(file, options, context));
    });
}

function explainCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('explain')
    .summary('which line decides each setting of a check in a place')
    .description('Prints each setting of a check in a place with its value, the line that decided it, and what that overruled.')
    .requiredOption('--account <id>', 'account')
    .requiredOption('--check <id>', 'check')
    .option('--region <region>', 'region of the resource, global for what is in none')
    .option('--tag <key=value>', 'tag of the resource; may be repeated', one)
    .option('--unit <id>', 'root and organizational units that the account is in, from the root down; may be repeated', list)
    .addOption(configOption())
    .addOption(formatOption('table', 'json'))
    .option('--no-color', 'no colours')
    .addHelpText('after', EXPLAIN_EXAMPLES)
    .action(async (options: ExplainOptions) => {
      const { explainConfig } = await import('../config-explain.ts');
      end(explainConfig(options, context));
    });
}

function schemaCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('schema')
    .summary('the JSON Schema of posture.yaml, for editors')
    .description('Prints the JSON Schema of posture.yaml: editors check and complete with it (docs/configuration.md).')
    .addHelpText('after', SCHEMA_EXAMPLES)
    .action(async () => {
      const { EXIT } = await import('../exit-codes.ts');
      const { toJsonSchema } = await import('../../config/json-schema.ts');
      const { checks, activityChecks } = context.world;
      context.io.stdout.write(`${JSON.stringify(toJsonSchema([...checks, ...activityChecks]), undefined, 2)}\n`);
      end(EXIT.clean);
    });
}

/** A tag's value may hold a comma. */
function one(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
