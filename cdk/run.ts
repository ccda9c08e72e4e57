import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { WrongConfig } from '../config/wrong-config.ts';
import { ConfigError } from '../findings/config-error.ts';
import { readDeploymentContext } from './deployment-context.ts';

/** What `npm run deploy` and its like run: the configuration is read first, so that a mistake in it costs a line and not half a minute. */
function run(args: readonly string[]): number {
  const context = contextOf(args);
  try {
    readDeploymentContext({ context: (name) => context.get(name), environment: process.env, cwd: process.cwd() });
  } catch (error) {
    if (!(error instanceof WrongConfig || error instanceof ConfigError)) throw error;
    console.error(error.message);
    return 2;
  }
  const { status, error } = spawnSync('cdk', [...args], { stdio: 'inherit' });
  if (error) throw error;
  return status ?? 1;
}

/** `--context name=value`, `--context=name=value` and `-c name=value`. */
function contextOf(args: readonly string[]): ReadonlyMap<string, string> {
  const options = { context: { type: 'string', short: 'c', multiple: true } } satisfies NonNullable<
    Parameters<typeof parseArgs>[0]
  >['options'];
  const { values } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true });
  const given = (values.context ?? []).filter((each) => typeof each === 'string');
  return new Map(given.map((each) => [each.split('=', 1)[0] ?? '', each.slice(each.indexOf('=') + 1)]));
}

process.exitCode = run(process.argv.slice(2));
