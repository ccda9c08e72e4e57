import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import { someOf } from '../predicates/logic.ts';
import { recordsGlobalTypes } from '../predicates/recorded-types.ts';

const RECORDER = { region: 'eu-west-1', name: 'default', recording: true, lastStatus: 'SUCCESS' };
const WITH_GLOBAL = { ...RECORDER, records: { strategy: 'all', globalTypes: true } } as const;
const WITHOUT_GLOBAL = { ...RECORDER, region: 'us-east-1', records: { strategy: 'all', globalTypes: false } } as const;

export default defineCheck({
  id: 'config-account-global-types-recorded',
  title: 'AWS Config should record users, roles and policies in one region',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:4.3', 'CIS-AWS-5.0:3.3', 'CIS-AWS-3.0:3.3'],
  equivalents: {},
  risk: 'Nobody can tell which rights a user or a role had last week: what is global is recorded only where it is asked for.',
  remediation: {
    text: 'Include global resource types in the recorder of one region, best the one you work in, and of that one alone.',
    cli: 'aws configservice put-configuration-recorder --configuration-recorder name=default,roleARN=<role> --recording-group allSupported=true,includeGlobalResourceTypes=true --region <region>',
    cloudFormation: 'AWS::Config::ConfigurationRecorder.RecordingGroup.IncludeGlobalResourceTypes',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['configRecorders'],
  evaluate: ({ configRecorders }) =>
    someOf(configRecorders, ({ recording, records }) => recording && recordsGlobalTypes(records))
      ? pass
      : fail('no region records global resource types'),
  examples: {
    pass: {
      'in one region': { configRecorders: [WITHOUT_GLOBAL, WITH_GLOBAL] },
      'in one, others not read': { configRecorders: partial([WITH_GLOBAL], 'config:DescribeConfigurationRecorders') },
      'all but some that are not global': {
        configRecorders: [{ ...WITHOUT_GLOBAL, records: { strategy: 'all-but', types: ['AWS::EC2::NetworkInterface'] } }],
      },
    },
    fail: {
      'no recorder anywhere': { configRecorders: [] },
      'in none of the regions': { configRecorders: [WITHOUT_GLOBAL] },
      'where the recorder is stopped': { configRecorders: [{ ...WITH_GLOBAL, recording: false }] },
      'all but users': { configRecorders: [{ ...WITHOUT_GLOBAL, records: { strategy: 'all-but', types: ['AWS::IAM::User'] } }] },
      'roles alone': { configRecorders: [{ ...WITHOUT_GLOBAL, records: { strategy: 'only', types: ['AWS::IAM::Role'] } }] },
    },
    unknown: {
      'not allowed to ask': { configRecorders: denied('config:DescribeConfigurationRecorders') },
      'not everywhere': { configRecorders: partial([WITHOUT_GLOBAL], 'config:DescribeConfigurationRecorders') },
    },
  },
});
