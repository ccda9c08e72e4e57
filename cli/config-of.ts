import type { Config } from '../config/config.ts';
import { readConfig } from '../config/read-config.ts';
import type { Context } from './context.ts';

/** The configuration that `--config` names, or posture.yaml, for all checks that there are. @throws WrongConfig for the first mistake in it */
export function configOf({ io, world }: Context, named: string | undefined): Config {
  return readConfig(named, io.cwd, [...world.checks, ...world.activityChecks], io.now());
}
