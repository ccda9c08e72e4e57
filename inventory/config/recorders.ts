import type { Place } from '../call.ts';
import { toListing } from '../ec2/listing.ts';
import { Listed } from '../facet.ts';
import { joined } from '../partial.ts';
import { describeConfigurationRecorderStatus, describeConfigurationRecorders } from './calls.ts';
import { ownRecorder, type Recorder } from './recording.ts';

/** The account's own recorder of a region. */
export interface RegionRecorder extends Recorder {
  readonly region: string;
}

export const recorderCalls = [describeConfigurationRecorders, describeConfigurationRecorderStatus];

/** Of every enabled region that has one. */
export async function readRecorders(place: Place): Promise<Listed<RegionRecorder>> {
  const { regions, regionsUnread } = place.session;
  const perRegion = await Promise.all(regions.map((region) => toListing(readRecorder(place, region))));
  return joined(perRegion, regionsUnread);
}

async function readRecorder(place: Place, region: string): Promise<Listed<RegionRecorder>> {
  const recorders = await describeConfigurationRecorders(place, region);
  const statuses = recorders.length === 0 ? [] : await describeConfigurationRecorderStatus(place, region);
  const recorder = ownRecorder(recorders, statuses);
  return new Listed(recorder ? [{ ...recorder, region }] : []);
}
