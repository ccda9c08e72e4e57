import { defineCheck, denied, fail, pass } from '../check.ts';

const NAMES = { name: 'main', arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main', homeRegion: 'eu-west-1' };
const TARGET = { bucketName: 'example-trail-bucket', kmsKeyId: undefined };
const TRAIL = { ...NAMES, ...TARGET, multiRegion: true, includesGlobalEvents: true, organization: false };

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
    pass: { 'log file validation is on': { trail: { ...TRAIL, logFileValidation: true } } },
    fail: { 'log file validation is off': { trail: { ...TRAIL, logFileValidation: false } } },
    unknown: { 'not allowed to ask': { trail: denied('cloudtrail:DescribeTrails') } },
  },
});
