import type { DetectorFeatureConfigurationResult, GetDetectorResponse } from '@aws-sdk/client-guardduty';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { getDetector, listDetectors } from './calls.ts';

/** GuardDuty in a region. */
export interface Detector {
  readonly id: string;
  /** False while it is suspended. */
  readonly enabled: boolean;
  /** How soon what happens again is told: `FIFTEEN_MINUTES`, `ONE_HOUR` or `SIX_HOURS`. */
  readonly publishes: string;
  readonly features: readonly DetectorFeature[];
}

/** A protection plan, or a source of events: `S3_DATA_EVENTS`, `RUNTIME_MONITORING`. */
export interface DetectorFeature {
  readonly name: string;
  readonly enabled: boolean;
}

export const detectorCalls = [listDetectors, getDetector];

const SOURCE = 'guardduty:GetDetector';

/** `undefined` where there is none: GuardDuty was never enabled there, or disabled. */
export async function readDetector(place: Place): Promise<Detector | undefined> {
  for (const detectorId of await listDetectors(place)) return toDetector(detectorId, await getDetector(place, { detectorId }));
  return undefined;
}

function toDetector(id: string, { Status, FindingPublishingFrequency, Features }: GetDetectorResponse): Detector {
  if (Status === undefined || FindingPublishingFrequency === undefined || Features === undefined) {
    throw malformed(SOURCE, 'the detector is incomplete');
  }
  return { id, enabled: Status === 'ENABLED', publishes: FindingPublishingFrequency, features: Features.map(toFeature) };
}

function toFeature({ Name, Status }: DetectorFeatureConfigurationResult): DetectorFeature {
  if (Name === undefined || Status === undefined) throw malformed(SOURCE, 'a feature has no name or no status');
  return { name: Name, enabled: Status === 'ENABLED' };
}
