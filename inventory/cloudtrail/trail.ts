import type { Trail, TrailInfo } from '@aws-sdk/client-cloudtrail';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { Listed } from '../facet.ts';
import { attempt, opened, toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import type { BucketFacets } from '../s3/bucket.ts';
import { getEventSelectors, getTrail, getTrailStatus, listTrails, type TrailPlace } from './calls.ts';
import { toManagementEvents } from './management-events.ts';
import { readTrailBucket, trailBucketCalls } from './trail-bucket.ts';
import { trailChanges } from './trail-changes.ts';

export interface TrailFacets {
  readonly trail: TrailProperties;
  readonly status: TrailStatus;
  readonly managementEvents: ManagementEvents;
  /** The facets of the bucket that it writes to. Unread with cause `other-account` when the bucket is not ours to judge. */
  readonly bucket: Pick<BucketFacets, 'accountPublicAccessBlock' | 'publicAccessBlock' | 'ownership' | 'acl' | 'policy' | 'policyIsPublic'>;
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
}

export interface TrailStatus {
  readonly logging: boolean;
  readonly latestDeliveryAt: string | undefined;
  readonly latestDeliveryError: string | undefined;
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
}

interface ListedTrail extends TrailPlace {
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
    bucket: {
      calls: [getTrail, ...trailBucketCalls],
      read: async (trail, place) => readTrailBucket((await readProperties(trail, place)).bucketName, place),
    },
  },
});

/** Calls that the state of all trails needs. */
export const trailStateCalls = [listTrails, getTrail, getTrailStatus, getEventSelectors];

/** Every trail that applies to the account, its organization's included, with what of its state could be read. */
export async function readTrailStates(place: Place): Promise<Listed<TrailState>> {
  const listed = await readTrails(place);
  const states = await Promise.all(listed.known.map((trail) => readState(trail, place)));
  return new Listed(states, listed.unread);
}

async function readState(listed: ListedTrail, place: Place): Promise<TrailState> {
  const [trail, status, managementEvents] = await Promise.all([
    attempt(() => readProperties(listed, place)),
    attempt(() => readStatus(listed, place)),
    attempt(() => readManagementEvents(listed, place)),
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
  };
}

async function readTrails(place: Place): Promise<Listed<ListedTrail>> {
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
    kmsKeyId: trail.KmsKeyId,
  };
}

async function readStatus(listed: ListedTrail, place: Place): Promise<TrailStatus> {
  const { IsLogging, LatestDeliveryTime, LatestDeliveryError } = await getTrailStatus(place, placeOf(listed));
  if (IsLogging === undefined) throw malformed('cloudtrail:GetTrailStatus', 'the answer has no IsLogging');
  return {
    logging: IsLogging,
    latestDeliveryAt: LatestDeliveryTime?.toISOString(),
    latestDeliveryError: LatestDeliveryError === '' ? undefined : LatestDeliveryError,
  };
}

async function readManagementEvents(listed: ListedTrail, place: Place): Promise<ManagementEvents> {
  return toManagementEvents(await getEventSelectors(place, placeOf(listed)));
}

/** The same input for the same trail, whoever asks, so that the answer is shared. */
function placeOf({ arn, homeRegion }: ListedTrail): TrailPlace {
  return { arn, homeRegion };
}

function present<Value>(value: Value | undefined, member: keyof Trail): Value {
  if (value === undefined) throw malformed('cloudtrail:GetTrail', `the trail has no ${member}`);
  return value;
}
