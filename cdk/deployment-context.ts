import { activityChecks } from '../checks/activity-registry.ts';
import { checks } from '../checks/registry.ts';
import { type Config, toConfig } from '../config/config.ts';
import { isAccount, isRegion } from '../config/formats.ts';
import { readWritten } from '../config/read-config.ts';
import type { WrittenConfig } from '../config/written-config.ts';
import { ConfigError } from '../findings/config-error.ts';
import { FUNCTIONS } from './bundle.ts';
import { FORWARD_ROLE, functionNamed, MACHINE_ROLE, SCHEDULE_ROLE, TAMPERING_RULE } from './names.ts';
import type { CallAs } from './organization-stack.ts';

/** What a deployment is told: from `--context`, posture.yaml and the AWS configuration, in this order. */
export interface DeploymentContext {
  readonly written: WrittenConfig;
  readonly config: Config;
  /** `undefined` when nobody says, so that one may synthesize without credentials. */
  readonly account: string | undefined;
  readonly region: string;
  readonly callAs: CallAs;
}

export interface Told {
  /** A value that was given as `--context <name>=<value>`. */
  readonly context: (name: string) => string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Where the CLI goes when nobody says: https://docs.aws.amazon.com/cdk/v2/guide/configure-env.html */
const DEFAULT_REGION = 'us-east-1';

/** @throws ConfigError or WrongConfig, in one line, for the first thing that is wrong */
export function readDeploymentContext({ context, environment, cwd }: Told): DeploymentContext {
  const written = readWritten(context('config'), cwd, [...checks, ...activityChecks]);
  const config = toConfig(written, cwd);
  const account = context('account') ?? environment.CDK_DEFAULT_ACCOUNT;
  const region = context('region') ?? config.deployment.region ?? environment.CDK_DEFAULT_REGION ?? DEFAULT_REGION;
  if (account !== undefined && !isAccount(account))
    throw new ConfigError(`--context account=${account}: expected an account id of 12 digits`);
  if (!isRegion(region)) throw new ConfigError(`--context region=${region}: expected a region such as eu-west-1`);
  refuseTakenName(config.deployment.roleName);
  return { written, config, account, region, callAs: toCallAs(context('callAs')) };
}

function toCallAs(given: string | undefined): CallAs {
  if (given === undefined || given === 'DELEGATED_ADMIN') return 'DELEGATED_ADMIN';
  if (given === 'SELF') return given;
  throw new ConfigError(`--context callAs=${given}: expected DELEGATED_ADMIN, or SELF in the management account`);
}

/** In the hub's account the audit role stands beside the roles of the hub and region stacks. IAM does not tell names apart by their case. */
function refuseTakenName(roleName: string): void {
  const name = roleName.toLowerCase();
  const taken = [...FUNCTIONS.map(functionNamed), MACHINE_ROLE, SCHEDULE_ROLE, TAMPERING_RULE];
  if (taken.includes(name)) throw new ConfigError(`deployment.roleName: ${roleName} is a role of the hub stack; choose another name`);
  if (name.startsWith(FORWARD_ROLE))
    throw new ConfigError(`deployment.roleName: ${roleName} may be a role of a region stack; choose another name`);
}
