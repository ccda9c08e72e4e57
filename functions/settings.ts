import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, toConfig } from '../config/config.ts';
import type { WrittenConfig } from '../config/written-config.ts';
import { ConfigError } from '../findings/config-error.ts';

/** What a deployment tells its functions, and what Lambda tells every function. */
export type Setting =
  | 'POSTURE_TABLE'
  /** ARN. */
  | 'POSTURE_TOPIC'
  | 'POSTURE_BUCKET'
  /** URL of the queue that events come from, and second looks go to. */
  | 'POSTURE_EVENTS'
  /** Name of the role that audits an account, in each of them. */
  | 'POSTURE_ROLE'
  | 'POSTURE_EXTERNAL_ID'
  | 'POSTURE_PARTITION'
  /** `on` or `off`. */
  | 'POSTURE_SECURITY_HUB'
  | 'AWS_REGION'
  /** Where the bundle lies. */
  | 'LAMBDA_TASK_ROOT';

/** @throws ConfigError that names a variable which is not set */
export function setting(name: Setting): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new ConfigError(`the environment variable ${name} is not set: deploy again, or put it back`);
  }
  return value;
}

let config: Config | undefined;

/** The configuration of the deployment: `posture.json`, which was found right when it was bundled. @throws ConfigError when it cannot be read */
export function deployedConfig(): Config {
  return (config ??= toConfig(readWritten(join(setting('LAMBDA_TASK_ROOT'), 'posture.json'))));
}

function readWritten(path: string): WrittenConfig {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(`the configuration ${path} that was deployed with the functions cannot be read: deploy again`, { cause: error });
  }
}
