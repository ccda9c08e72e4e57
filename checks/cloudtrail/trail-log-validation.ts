import { defineCheck, denied, fail, pass } from '../check.ts';
import { EXAMPLE_TRAIL } from '../predicates/example-trails.ts';

export default defineCheck({
  id: 'cloudtrail-trail-log-validation',
  title: 'CloudTrail trails should have log file validation enabled',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:4.2', 'CIS-AWS-5.0:3.2', 'CIS-AWS-3.0:3.2', 'AWS-FSBP:CloudTrail.4'],
  equivalents: { prowler: ['cloudtrail_log_file_validation_enabled'], securityHub: ['CloudTrail.4'], checkov: ['CKV_AWS_36'] },
  risk: 'Nobody can prove that log files were not changed or deleted after CloudTrail delivered them.',
  remediation: {
    text: 'Turn on log file validation: CloudTrail then signs an hourly digest of what it delivered.',
    cli: 'aws cloudtrail update-trail --name <trail> --enable-log-file-validation',
    cloudFormation: 'AWS::CloudTrail::Trail.EnableLogFileValidation',
  },
  resourceType: 'AWS::CloudTrail::Trail',
  needs: ['trail'],
  evaluate: ({ trail }) => (trail.logFileValidation ? pass : fail('log file validation is off')),
  examples: {
    pass: { 'log file validation is on': { trail: { ...EXAMPLE_TRAIL, logFileValidation: true } } },
    fail: { 'log file validation is off': { trail: { ...EXAMPLE_TRAIL, logFileValidation: false } } },
    unknown: { 'not allowed to ask': { trail: denied('cloudtrail:DescribeTrails') } },
  },
});
