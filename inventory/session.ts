import type { AwsCredentialIdentity, Provider } from '@smithy/types';
import type { TeamException } from './account/team-exceptions.ts';
import { type Connections, createConnections } from './connections.ts';
import { CoverageLog } from './coverage.ts';
import type { EventDelivery } from './ec2/region-settings.ts';
import type { UnreadReason } from './facet.ts';
import { Meter } from './pacing.ts';
import type { Scope } from './resource.ts';

/** Everything one scan of one account shares: who we are there, open connections, what was asked, what was refused. */
export interface Session {
  readonly accountId: string;
  readonly partition: string;
  /** ARN of the caller, for the summary's first line. */
  readonly callerArn: string;
  /** Where the partition's global services answer. */
  readonly globalRegion: string;
  readonly aws: Connections;
  readonly meter: Meter;
  readonly coverage: CoverageLog;
  /** All regions that the account may use, filled in once they are discovered. */
  regions: readonly string[];
  /** Why there may be more regions than those. */
  regionsUnread?: UnreadReason;
  /** Whether the events of a region arrive; absent where nobody hears them, as on the command line. */
  readonly eventDelivery?: (scope: Scope) => EventDelivery | Promise<EventDelivery>;
  /** Ids of the checks that are switched off where events are heard. */
  readonly switchedOff?: readonly string[];
  /** What the team has excepted; absent where nobody has read its configuration. */
  exceptions?: readonly TeamException[];
}

export interface SessionOptions {
  readonly credentials?: AwsCredentialIdentity | Provider<AwsCredentialIdentity>;
  /** Where to ask who we are, if not in the partition's usual place. */
  readonly region?: string;
  /** Attempts per request, the first included; six unless told. */
  readonly maxAttempts?: number;
  readonly requestTimeout?: number;
}

const GLOBAL_REGIONS: Readonly<Record<string, string>> = { aws: 'us-east-1', 'aws-us-gov': 'us-gov-west-1', 'aws-cn': 'cn-north-1' };

/** Who the credentials of a session belong to. */
export type Caller = Pick<Session, 'accountId' | 'partition' | 'callerArn'>;

/** A session in which nothing was asked yet. `region` is where global services answer in a partition that we do not know. */
export function toSession(caller: Caller, region: string, aws: Connections, meter: Meter): Session {
  const globalRegion = GLOBAL_REGIONS[caller.partition] ?? region;
  return { ...caller, globalRegion, aws, meter, coverage: new CoverageLog(), regions: [] };
}

/** The partition and the account that an ARN names; empty where it names none. */
export function ownerOf(arn: string): { readonly partition: string; readonly accountId: string } {
  const [, partition = '', , , accountId = ''] = arn.split(':');
  return { partition, accountId };
}

/** Signs in: asks STS who the credentials belong to. Throws what the SDK throws when they do not work. */
export async function openSession(options: SessionOptions = {}): Promise<Session> {
  const meter = new Meter();
  const aws = createConnections({
    credentials: options.credentials,
    meter,
    maxAttempts: options.maxAttempts ?? 6,
    requestTimeout: options.requestTimeout ?? 30_000,
  });
  const { sdk, client } = await aws.sts(options.region ?? 'us-east-1');
  const identity = await client.send(new sdk.GetCallerIdentityCommand({}));
  const callerArn = identity.Arn ?? '';
  const partition = callerArn.split(':')[1] ?? 'aws';
  return toSession({ accountId: identity.Account ?? '', partition, callerArn }, options.region ?? 'us-east-1', aws, meter);
}
