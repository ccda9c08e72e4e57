import { isRole, isTopic } from '../config/formats.ts';
import type { ReadyCheck } from '../findings/evaluate.ts';
import type { Exception } from '../findings/exception.ts';
import { toStoreLocation } from '../findings/store-location.ts';
import { chosenChecks } from './chosen-checks.ts';
import type { ScanOptions } from './commands/scan.ts';
import { Complaint } from './complaint.ts';
import { configOf } from './config-of.ts';
import type { Context } from './context.ts';
import type { Identity } from './credentials.ts';
import { EXIT } from './exit-codes.ts';
import type { Io } from './io.ts';
import { assertRegions } from './scopes.ts';
import { locationOf } from './stores.ts';

/** What options and configuration ask for together, found to be sound before the first call. */
export interface ScanRequest {
  readonly identity: Identity;
  readonly regions: readonly string[] | undefined;
  readonly checks: readonly ReadyCheck[];
  /** Ids of the checks that the configuration switches off everywhere, and that nobody has named. */
  readonly switchedOff: readonly string[];
  /** Whether some setting depends on the organizational units that the account is in. */
  readonly namesUnits: boolean;
  /** Where to keep findings; `undefined` to keep none. */
  readonly location: string | undefined;
  readonly topic: string | undefined;
  /** What the team has excepted. */
  readonly exceptions: readonly Exception[];
  readonly startedAt: Date;
}

/** @throws Complaint for whatever can be known to be wrong without asking AWS */
export function toScanRequest(options: ScanOptions, context: Context): ScanRequest {
  const { io, world } = context;
  const startedAt = io.now();
  const config = configOf(context, options.config);
  const regions = options.regions ?? config.regions;
  const topic = options.topic ?? (options.store === false || options.judged ? undefined : config.topic);
  const location = options.store === false ? undefined : locationOf(options.store, config, io.cwd);
  if (location !== undefined) toStoreLocation(location);
  assertRegions(regions ?? []);
  assertTopic(topic, options);
  return {
    identity: toIdentity(options, io),
    regions: regions === undefined ? undefined : [...new Set(regions)],
    checks: chosenChecks(world.checks, options, config, options.judged ? new Date(options.judged.judgedAt) : startedAt),
    switchedOff: config.switchedOff.filter((id) => !options.checks?.includes(id)),
    namesUnits: config.tailoring.namesUnits,
    location,
    topic,
    exceptions: config.exceptions,
    startedAt,
  };
}

export type IdentityOptions = Pick<ScanOptions, 'profile' | 'roleArn' | 'externalId'>;

/** @throws Complaint for options that contradict each other or are malformed */
export function toIdentity({ profile, roleArn, externalId }: IdentityOptions, io: Io): Identity {
  if (roleArn !== undefined && !isRole(roleArn))
    throw new Complaint(EXIT.usage, `"${roleArn}" is not the ARN of a role; expected arn:aws:iam::111122223333:role/name in --role-arn`);
  if (externalId !== undefined && roleArn === undefined)
    throw new Complaint(EXIT.usage, '--external-id says something only together with --role-arn; name the role');
  return { profile, roleArn, externalId, region: io.env.AWS_REGION || io.env.AWS_DEFAULT_REGION || undefined };
}

function assertTopic(topic: string | undefined, { store }: ScanOptions): void {
  if (topic === undefined) return;
  if (!isTopic(topic))
    throw new Complaint(
      EXIT.usage,
      `"${topic}" is not the ARN of an SNS topic; expected arn:aws:sns:eu-west-1:111122223333:name in --topic`,
    );
  if (store === false) throw new Complaint(EXIT.usage, '--topic announces what changed, which --no-store does not know; drop one of them');
}
