import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { type ReviewedException, reviewExceptions } from '../../findings/exception-review.ts';
import type { Exceptable } from '../../findings/exceptions.ts';
import { configOf } from '../config-of.ts';
import { type Context, screenOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { configOption, type Format, formatOption, type Shared, storeOption, tableProfileOption } from '../options.ts';
import { exceptionList } from '../render/exception-list.ts';
import { safeJson } from '../render/safe-text.ts';
import { isFile, locationOf, openKept, type StoreChoice } from '../stores.ts';

interface ExceptionsOptions extends Shared, StoreChoice {
  readonly format: Format;
  readonly strict?: boolean;
}

const EXAMPLES = `
Examples:
  $ posture exceptions
  $ posture exceptions --strict                        in a pipeline: exits with 1 if one is to be looked at again
  $ posture exceptions --store dynamodb://posture --format json

An exception is to be looked at again when it has ended or ends within 14 days, matches no finding, or matches more than 20.
`;

export function exceptionsCommand(context: Context, end: (code: ExitCode) => void): Command {
  return new Command('exceptions')
    .summary('what is excepted, by whom and until when')
    .description(
      'Lists the exceptions of posture.yaml, and how many of the findings that the last scans have kept each one covers. Asks AWS nothing.',
    )
    .option('--strict', 'exit with 1 if any exception is to be looked at again')
    .addOption(configOption())
    .addOption(storeOption())
    .addOption(tableProfileOption())
    .addOption(formatOption('table', 'json'))
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ExceptionsOptions) => {
      const { exceptions } = configOf(context, options.config);
      const findings = exceptions.length === 0 ? [] : await keptFindings(context, options);
      const reviewed = reviewExceptions(exceptions, findings, context.io.now().toISOString());
      context.io.stdout.write(textOf(reviewed, options, context));
      end(options.strict && reviewed.some(({ flags }) => flags.length > 0) ? EXIT.findings : EXIT.clean);
    });
}

/** What is open or excepted in the store; `undefined` before anything was kept, unless a store was asked for. */
async function keptFindings(context: Context, options: ExceptionsOptions): Promise<readonly Exceptable[] | undefined> {
  const location = locationOf(options.store, configOf(context, options.config), context.io.cwd);
  if (options.store === undefined && isFile(location) && !existsSync(location)) return undefined;
  const store = await openKept(context, options);
  try {
    const kept: Exceptable[] = [];
    for await (const { checkId, resource } of store.findingsInState('unresolved')) kept.push({ checkId, resource });
    return kept;
  } finally {
    await store.close();
  }
}

function textOf(reviewed: readonly ReviewedException[], options: ExceptionsOptions, context: Context): string {
  if (options.format !== 'json') return `\n${exceptionList(reviewed, screenOf(context, options))}\n\n`;
  const exceptions = reviewed.map(({ exception, state, findings, flags }) => {
    const { check, resource = '*', tags = {}, accounts = null, reason, owner, expires, ticket } = exception;
    return { check, resource, tags, accounts, reason, owner, expires, ticket, state, findings: findings ?? null, flags };
  });
  return `${safeJson({ schemaVersion: 1, exceptions }, 2)}\n`;
}
