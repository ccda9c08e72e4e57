import { defineActivityCheck, quiet } from '../activity.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { tamperingByHand, tamperingNotice } from '../predicates/notices.ts';
import { JUDGING_EVENTS, RECORDER_NAMES, RECORDING_EVENTS, recorderLoss } from '../predicates/recorder-losses.ts';

const CONFIG = { eventSource: 'config.amazonaws.com' };
const RECORDER = { ...CONFIG, requestParameters: { configurationRecorderName: 'default' } };
const ROLE = 'arn:aws:iam::111122223333:role/config';

export default defineActivityCheck({
  id: 'activity-config-recorder-tampered',
  title: 'AWS Config was stopped or made to record less',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:5.9', 'CIS-AWS-5.0:4.9', 'CIS-AWS-3.0:4.9'],
  attack: ['T1562.008'],
  equivalents: {},
  risk: 'Changes are no longer recorded, and controls of Security Hub that rest on AWS Config find nothing new.',
  remediation: {
    text: 'Start the recorder again, and have it record all resource types.',
    cli: 'aws configservice start-configuration-recorder --configuration-recorder-name <recorder>',
    cloudFormation: 'AWS::Config::ConfigurationRecorder.RecordingGroup',
  },
  events: [{ source: 'config.amazonaws.com', names: [...RECORDING_EVENTS, ...JUDGING_EVENTS] }],
  evaluate(event) {
    const { request, name } = event;
    const evidence = factsOf(request, ...RECORDER_NAMES);
    const what = Object.values(evidence).map(String)[0] ?? factOf(request, 'configurationRecorder', 'name');
    if (JUDGING_EVENTS.includes(name)) return tamperingByHand(event, { what, evidence, severity: 'MEDIUM' });
    if (name !== 'PutConfigurationRecorder') return tamperingNotice(event, { what, evidence });
    const loss = recorderLoss(event);
    return loss === undefined ? quiet : tamperingNotice(event, { what, how: loss, evidence });
  },
  examples: {
    activity: {
      'the recorder stopped': { ...RECORDER, eventName: 'StopConfigurationRecorder' },
      'its deletion refused': { ...RECORDER, eventName: 'DeleteConfigurationRecorder', errorCode: 'AccessDeniedException' },
      'only some types recorded': {
        ...CONFIG,
        eventName: 'PutConfigurationRecorder',
        requestParameters: {
          configurationRecorder: {
            name: 'default',
            roleARN: ROLE,
            recordingGroup: { allSupported: false, includeGlobalResourceTypes: false, resourceTypes: ['AWS::S3::Bucket'] },
          },
        },
      },
      'a rule deleted by Security Hub': {
        ...CONFIG,
        eventName: 'DeleteConfigRule',
        userIdentity: { type: 'AWSService', invokedBy: 'securityhub.amazonaws.com' },
        requestParameters: { configRuleName: 'securityhub-vpc-default-security-group-closed-0a1b2c' },
      },
    },
    quiet: {
      'all types recorded, global ones elsewhere': {
        ...CONFIG,
        eventName: 'PutConfigurationRecorder',
        requestParameters: {
          configurationRecorder: {
            name: 'default',
            roleARN: ROLE,
            recordingGroup: {
              allSupported: true,
              includeGlobalResourceTypes: false,
              recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
            },
          },
        },
      },
    },
    unsure: {
      'what is recorded makes no sense': {
        ...CONFIG,
        eventName: 'PutConfigurationRecorder',
        requestParameters: { configurationRecorder: { name: 'default', recordingGroup: 'all' } },
      },
    },
  },
});
