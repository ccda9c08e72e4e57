import { defineCheck, denied, fail, pass } from '../check.ts';
import { BUCKET_OF_OTHER_ACCOUNT as OTHER_ACCOUNT, EXAMPLE_TRAIL as TRAIL } from '../predicates/example-trails.ts';

export default defineCheck({
  id: 'cloudtrail-trail-bucket-access-logged',
  title: 'Buckets that receive CloudTrail logs should have server access logging',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:4.4', 'CIS-AWS-5.0:3.4', 'CIS-AWS-3.0:3.4'],
  equivalents: { prowler: ['cloudtrail_logs_s3_bucket_access_logging_enabled'], securityHub: ['CloudTrail.7'] },
  risk: 'Who has read the logs, or tried to change them, nobody can tell afterwards.',
  remediation: {
    text: 'Turn on server access logging for the bucket, into another bucket.',
    cli: 'aws s3api put-bucket-logging --bucket <bucket> --bucket-logging-status LoggingEnabled={TargetBucket=<other bucket>,TargetPrefix=<prefix>}',
    cloudFormation: 'AWS::S3::Bucket.LoggingConfiguration',
  },
  resourceType: 'AWS::CloudTrail::Trail',
  needs: ['trail', 'bucketLogging'],
  evaluate: ({ trail, bucketLogging }) =>
    bucketLogging === undefined ? fail('access to its bucket is not logged', { bucket: trail.bucketName }) : pass,
  examples: {
    pass: { 'logged in another bucket': { trail: TRAIL, bucketLogging: 'example-access-logs' } },
    fail: { 'not logged': { trail: TRAIL, bucketLogging: undefined } },
    unknown: {
      'the bucket is in another account': { trail: TRAIL, bucketLogging: OTHER_ACCOUNT },
      'not allowed to ask': { trail: TRAIL, bucketLogging: denied('s3:GetBucketLogging') },
    },
  },
});
