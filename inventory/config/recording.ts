import type { ConfigurationRecorder, ConfigurationRecorderStatus, RecordingGroup } from '@aws-sdk/client-config-service';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { describeConfigurationRecorderStatus, describeConfigurationRecorders, describeDeliveryChannels } from './calls.ts';

/** What AWS Config records in a region by the account's own recorder: those of AWS's services record for themselves alone. */
export interface Recording {
  /** `undefined` when there is none. */
  readonly recorder: Recorder | undefined;
  /** Where the record is delivered to. */
  readonly hasDeliveryChannel: boolean;
}

export interface Recorder {
  readonly name: string;
  readonly recording: boolean;
  /** `SUCCESS`, `FAILURE`, `PENDING` or `NOTAPPLICABLE`; `undefined` when it has never tried. */
  readonly lastStatus: string | undefined;
  readonly records: RecordedTypes;
}

/** The resource types that a recorder records, by their CloudFormation names. */
export type RecordedTypes =
  | { readonly strategy: 'all'; readonly globalTypes: boolean }
  | { readonly strategy: 'only'; readonly types: readonly string[] }
  | { readonly strategy: 'all-but'; readonly types: readonly string[] };

export const recordingCalls = [describeConfigurationRecorders, describeConfigurationRecorderStatus, describeDeliveryChannels];

export async function readRecording(place: Place): Promise<Recording> {
  const [recorders, statuses, channels] = await Promise.all([
    describeConfigurationRecorders(place, place.scope.region),
    describeConfigurationRecorderStatus(place, place.scope.region),
    describeDeliveryChannels(place),
  ]);
  const own = recorders.find(({ servicePrincipal }) => !servicePrincipal);
  return {
    recorder: own && toRecorder(own, statuses),
    hasDeliveryChannel: channels.some(({ s3BucketName }) => s3BucketName !== undefined),
  };
}

/** That of the account itself; `undefined` where only services have recorders, or nobody has. */
export function ownRecorder(
  recorders: readonly ConfigurationRecorder[],
  statuses: readonly ConfigurationRecorderStatus[],
): Recorder | undefined {
  const own = recorders.find(({ servicePrincipal }) => !servicePrincipal);
  return own && toRecorder(own, statuses);
}

function toRecorder({ name, recordingGroup }: ConfigurationRecorder, statuses: readonly ConfigurationRecorderStatus[]): Recorder {
  const status = statuses.find((candidate) => candidate.name === name);
  if (name === undefined || recordingGroup === undefined)
    throw malformed('config:DescribeConfigurationRecorders', 'a recorder is incomplete');
  if (status?.recording === undefined) throw malformed('config:DescribeConfigurationRecorderStatus', `nothing is said of ${name}`);
  // AWS answers SUCCESS where its API reference says Success.
  return { name, recording: status.recording, lastStatus: status.lastStatus?.toUpperCase(), records: toRecordedTypes(recordingGroup) };
}

/** Recorders older than recording strategies have only the flags (AWS Config API Reference, RecordingGroup). */
function toRecordedTypes(group: RecordingGroup): RecordedTypes {
  const strategy = group.recordingStrategy?.useOnly;
  if (strategy === 'EXCLUSION_BY_RESOURCE_TYPES')
    return { strategy: 'all-but', types: group.exclusionByResourceTypes?.resourceTypes ?? [] };
  if (strategy === 'ALL_SUPPORTED_RESOURCE_TYPES' || (strategy === undefined && group.allSupported === true)) {
    return { strategy: 'all', globalTypes: group.includeGlobalResourceTypes === true };
  }
  return { strategy: 'only', types: group.resourceTypes ?? [] };
}
