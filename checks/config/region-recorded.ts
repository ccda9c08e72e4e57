import { defineCheck, denied, fail, pass } from '../check.ts';
import { unrecordedTypes } from '../predicates/recorded-types.ts';
import { refuseToJudge } from '../predicates/unread.ts';

const RECORDER = { name: 'default', recording: true, lastStatus: 'SUCCESS', records: { strategy: 'all', globalTypes: false } } as const;
/** None named: all that AWS Config supports. */
const ALL_TYPES: readonly string[] = [];
const RECORDING = { recorder: RECORDER, hasDeliveryChannel: true };

export default defineCheck({
  id: 'config-region-recorded',
  title: 'AWS Config should record every region',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:4.3', 'CIS-AWS-5.0:3.3', 'CIS-AWS-3.0:3.3', 'AWS-FSBP:Config.1'],
  equivalents: { prowler: ['config_recorder_all_regions_enabled'], securityHub: ['Config.1'] },
  risk: 'Nobody can tell how a resource was configured last week, who changed it, and since when it has been open.',
  remediation: {
    text: 'Have a recorder for all resource types in the region, started, with a bucket to deliver to. Where only some types must be recorded, name them in `types`.',
    cli: 'aws configservice put-configuration-recorder --configuration-recorder name=default,roleARN=<role> --recording-group allSupported=true --region <region> && aws configservice start-configuration-recorder --configuration-recorder-name default --region <region>',
    cloudFormation: 'AWS::Config::ConfigurationRecorder.RecordingGroup',
  },
  resourceType: 'AWS::Account::Region',
  needs: ['recording'],
  params: { types: ALL_TYPES },
  evaluate({ recording: { recorder, hasDeliveryChannel } }, { types }) {
    if (!recorder) return fail('there is no configuration recorder');
    const { name, recording, lastStatus, records } = recorder;
    if (!recording) return fail('the configuration recorder is stopped', { recorder: name });
    if (!hasDeliveryChannel) return fail('the configuration recorder has no delivery channel', { recorder: name });
    if (lastStatus === 'FAILURE') return fail('the configuration recorder fails to deliver', { recorder: name });
    const missing = unrecordedTypes(records, types);
    if (missing.length > 0) return fail('not all resource types are recorded', { recorder: name, missing });
    if (lastStatus === 'SUCCESS') return pass;
    return refuseToJudge('no-data', 'config:DescribeConfigurationRecorderStatus', 'the recorder has not delivered anything yet');
  },
  examples: {
    pass: {
      'all types, but global ones elsewhere': { recording: RECORDING },
    },
    fail: {
      'no recorder of its own, whatever services record': { recording: { ...RECORDING, recorder: undefined } },
      stopped: { recording: { ...RECORDING, recorder: { ...RECORDER, recording: false } } },
      'no delivery channel': { recording: { ...RECORDING, hasDeliveryChannel: false } },
      'its last delivery failed': { recording: { ...RECORDING, recorder: { ...RECORDER, lastStatus: 'FAILURE' } } },
      'only some types': {
        recording: { ...RECORDING, recorder: { ...RECORDER, records: { strategy: 'only', types: ['AWS::EC2::Instance'] } } },
      },
      'all but some': {
        recording: { ...RECORDING, recorder: { ...RECORDER, records: { strategy: 'all-but', types: ['AWS::S3::Bucket'] } } },
      },
    },
    unknown: {
      'not allowed to ask': { recording: denied('config:DescribeConfigurationRecorders') },
      'started just now': { recording: { ...RECORDING, recorder: { ...RECORDER, lastStatus: 'PENDING' } } },
      'nothing is said of its last delivery': { recording: { ...RECORDING, recorder: { ...RECORDER, lastStatus: undefined } } },
    },
  },
});
