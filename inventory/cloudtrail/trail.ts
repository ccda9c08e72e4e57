import type { Trail, TrailInfo } from '@aws-sdk/client-cloudtrail';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { Listed } from '../facet.ts';
import { attempt, opened, toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import type { BucketFacets } from '../s3/bucket.ts';
import { getBucketLogging, getBucketVersioning } from '../s3/calls.ts';
import { getEventSelectors, getTrail, getTrailStatus, listTrails, type TrailPlace } from './calls.ts';
import { toManagementEvents } from './management-events.ts';
import { type ObjectEvents, toObjectEvents } from './object-events.ts';
import { ownBucket, ownBucketCalls, readTrailBucket, trailBucketCalls } from './trail-bucket.ts';
import { trailChanges } from './trail-changes.ts';

export interface TrailFacets {
  readonly trail: TrailProperties;
  readonly status: TrailStatus;
  readonly managementEvents: ManagementEvents;
  readonly objectEvents: ObjectEvents;
  /** The facets of the bucket that it writes to. Unread with cause `other-account` when the bucket is not ours to judge. */
  readonly bucket: Pick<BucketFacets, 'accountPublicAccessBlock' | 'publicAccessBlock' | 'ownership' | 'acl' | 'policy' | 'policyIsPublic'>;
  /** The bucket that S3 logs access to that bucket in; `undefined` when it logs none. Unread as `bucket`. */
  readonly bucketLogging: string | undefined;
  /** Whether it takes a second factor to delete a version of what that bucket holds. Unread as `bucket`. */
  readonly bucketMfaDelete: boolean;
}

export interface TrailProperties {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  readonly multiRegion: boolean;
  readonly includesGlobalEvents: boolean;
  readonly logFileValidation: boolean;
  readonly organization: boolean;
  readonly bucketName: string;
  readonly kmsKeyId: string | undefined;
  /** Of CloudWatch Logs, without the `:*` that CloudTrail ends it with; `undefined` when it delivers to a bucket alone. */
  readonly logGroupArn: string | undefined;
}

export interface TrailStatus {
  readonly logging: boolean;
  /** When its logging was last started. */
  readonly startedAt: string | undefined;
  readonly latestDeliveryAt: string | undefined;
  readonly latestDeliveryError: string | undefined;
  /** To CloudWatch Logs. */
  readonly latestLogDeliveryAt: string | undefined;
  readonly latestLogDeliveryError: string | undefined;
}

/** What the selectors of a trail add up to for management events. */
export interface ManagementEvents {
  readonly read: boolean;
  readonly write: boolean;
  /** Services left out: `kms.amazonaws.com`, `rdsdata.amazonaws.com`. */
  readonly excludedSources: readonly string[];
}

/** A trail with each part of its state that could be read; the others throw `Unread` when touched. */
export interface TrailState {
  readonly trail: TrailProperties;
  readonly status: TrailStatus;
  readonly managementEvents: ManagementEvents;
  readonly objectEvents: ObjectEvents;
}

export interface ListedTrail extends TrailPlace {
  readonly name: string;
}

/** The account's own. An organization's trail is judged in the account that owns it, not in each member that sees it. */
export const trails = defineReader<'AWS::CloudTrail::Trail', ListedTrail>({
  type: 'AWS::CloudTrail::Trail',
  scope: 'global',
  changes: trailChanges,
  list: {
    calls: [listTrails],
    read: async (place) => (await readTrails(place)).filter(({ arn }) => arn.split(':')[4] === place.scope.accountId),
  },
  identify: ({ arn, name, homeRegion }, { accountId }, partition) => ({
    arn,
    id: name,
    accountId,
    region: homeRegion,
    partition,
    tags: {},
  }),
  facets: {
    trail: { calls: [getTrail], read: readProperties },
    status: { calls: [getTrailStatus], read: readStatus },
    managementEvents: { calls: [getEventSelectors], read: readManagementEvents },
    objectEvents: { calls: [getEventSelectors], read: readObjectEvents },
    bucket: {
      calls: [getTrail, ...trailBucketCalls],
      read: async (trail, place) => readTrailBucket((await readProperties(trail, place)).bucketName, place),
    },
    bucketLogging: {
      calls: [getTrail, ...ownBucketCalls, getBucketLogging],
      read: async (trail, place) => getBucketLogging(place, await ownBucket((await readProperties(trail, place)).bucketName, place)),
    },
    bucketMfaDelete: {
      calls: [getTrail, ...ownBucketCalls, getBucketVersioning],
      async read(trail, place) {
        const bucket = await ownBucket((await readProperties(trail, place)).bucketName, place);
        return (await getBucketVersioning(place, bucket)).mfaDelete;
      },
    },
  },
});

/** Calls that the state of all trails needs. */
export const trailStateCalls = [listTrails, getTrail, getTrailStatus, getEventSelectors];

/** Every trail that applies to the account, its organization's included, with what of its state could be read. */
export async function readTrailStates(place: Place): Promise<Listed<TrailState>> {
  const listed = await readTrails(place);
  const states = await Promise.all(listed.known.map((trail) => readTrailState(trail, place)));
  return new Listed(states, listed.unread);
}

export async function readTrailState(listed: ListedTrail, place: Place): Promise<TrailState> {
  const [trail, status, managementEvents, objectEvents] = await Promise.all([
    attempt(() => readProperties(listed, place)),
    attempt(() => readStatus(listed, place)),
    attempt(() => readManagementEvents(listed, place)),
    attempt(() => readObjectEvents(listed, place)),
  ]);
  return {
    get trail() {
      return opened(trail);
    },
    get status() {
      return opened(status);
    },
    get managementEvents() {
      return opened(managementEvents);
    },
    get objectEvents() {
      return opened(objectEvents);
    },
  };
}

/** Every trail that applies to the account, each once. */
export async function readTrails(place: Place): Promise<Listed<ListedTrail>> {
  const listed = toListed(await listTrails(place), toListedTrail);
  return new Listed([...new Map(listed.known.map((trail) => [trail.arn, trail])).values()], listed.unread);
}

function toListedTrail({ TrailARN, Name, HomeRegion }: TrailInfo): ListedTrail {
  if (!TrailARN || !HomeRegion) throw malformed('cloudtrail:ListTrails', 'a trail has no ARN or no home region');
  return { arn: TrailARN, name: Name ?? TrailARN.split('/').at(-1) ?? TrailARN, homeRegion: HomeRegion };
}

async function readProperties(listed: ListedTrail, place: Place): Promise<TrailProperties> {
  const trail = await getTrail(place, placeOf(listed));
  const flag = (name: 'IsMultiRegionTrail' | 'IncludeGlobalServiceEvents' | 'LogFileValidationEnabled' | 'IsOrganizationTrail') =>
    present(trail[name], name);
  return {
    name: listed.name,
    arn: listed.arn,
    homeRegion: listed.homeRegion,
    multiRegion: flag('IsMultiRegionTrail'),
    includesGlobalEvents: flag('IncludeGlobalServiceEvents'),
    logFileValidation: flag('LogFileValidationEnabled'),
    organization: flag('IsOrganizationTrail'),
    bucketName: present(trail.S3BucketName, 'S3BucketName'),
    kmsKeyId: trail.KmsKeyId || undefined,
    logGroupArn: trail.CloudWatchLogsLogGroupArn?.replace(/:\*$/, '') || undefined,
  };
}

async function readStatus(listed: ListedTrail, place: Place): Promise<TrailStatus> {
  const answer = await getTrailStatus(place, placeOf(listed));
  const {
    IsLogging,
    StartLoggingTime,
    LatestDeliveryTime,
    LatestDeliveryError,
    LatestCloudWatchLogsDeliveryTime,
    LatestCloudWatchLogsDeliveryError,
  } = answer;
  if (IsLogging === undefined) throw malformed('cloudtrail:GetTrailStatus', 'the answer has no IsLogging');
  return {
    logging: IsLogging,
    startedAt: StartLoggingTime?.toISOString(),
    latestDeliveryAt: LatestDeliveryTime?.toISOString(),
    latestDeliveryError: LatestDeliveryError || undefined,
    latestLogDeliveryAt: LatestCloudWatchLogsDeliveryTime?.toISOString(),
    latestLogDeliveryError: LatestCloudWatchLogsDeliveryError || undefined,
  };
}

async function readManagementEvents(listed: ListedTrail, place: Place): Promise<ManagementEvents> {
  return toManagementEvents(await getEventSelectors(place, placeOf(listed)));
}

async function readObjectEvents(listed: ListedTrail, place: Place): Promise<ObjectEvents> {
  return toObjectEvents(await getEventSelectors(place, placeOf(listed)));
}

/** The same input for the same trail, whoever asks, so that the answer is shared. */
function placeOf({ arn, homeRegion }: ListedTrail): TrailPlace {
  return { arn, homeRegion };
}

function present<Value>(value: Value | undefined, member: keyof Trail): Value {
  if (value === undefined) throw malformed('cloudtrail:GetTrail', `the trail has no ${member}`);
  return value;
}
