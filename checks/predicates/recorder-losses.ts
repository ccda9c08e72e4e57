import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { demandOneOf } from './judge-deed.ts';
import { NOT_RECORDED } from './notices.ts';

/** What AWS Config records. */
export const RECORDING_EVENTS = [
  'DeleteConfigurationRecorder',
  'DeleteDeliveryChannel',
  'DeleteServiceLinkedConfigurationRecorder',
  'DisassociateResourceTypes',
  'PutConfigurationRecorder',
  'StopConfigurationRecorder',
];

/** What looks at the record of AWS Config: Security Hub and others make and delete their own all the time. */
export const JUDGING_EVENTS = [
  'DeleteAggregationAuthorization',
  'DeleteConfigRule',
  'DeleteConfigurationAggregator',
  'DeleteConformancePack',
  'DeleteOrganizationConfigRule',
  'DeleteOrganizationConformancePack',
];

/** Members by which their requests name something. */
export const RECORDER_NAMES = [
  'configurationRecorderName',
  'deliveryChannelName',
  'servicePrincipal',
  'configRuleName',
  'configurationAggregatorName',
];

/**
 * What a recorder leaves out as it is put, in few words; `undefined`: nothing. One without a group records all types: https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html
 */
export function recorderLoss(event: CloudTrailEvent): string | undefined {
  const recorder = event.request.at('configurationRecorder');
  if (!recorder.exists) return NOT_RECORDED;
  demandOneOf(event, recorder, 'name', 'roleARN', 'recordingGroup');
  const group = recorder.at('recordingGroup');
  if (group.exists) demandOneOf(event, group, 'allSupported', 'recordingStrategy', 'resourceTypes', 'exclusionByResourceTypes');
  const strategy = group.at('recordingStrategy', 'useOnly').text ?? 'ALL_SUPPORTED_RESOURCE_TYPES';
  if (group.at('allSupported').flag === false || strategy !== 'ALL_SUPPORTED_RESOURCE_TYPES') return 'only some resource types';
  const lists = [group.at('resourceTypes'), group.at('exclusionByResourceTypes', 'resourceTypes')];
  if (lists.some(({ list }) => list.length > 0)) return 'only some resource types';
  return recorder.at('recordingMode', 'recordingFrequency').text === 'DAILY' ? 'once a day only' : undefined;
}
