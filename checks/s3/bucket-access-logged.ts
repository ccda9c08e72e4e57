import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { ANYBODY, letting, policyOf, service } from '../predicates/example-policies.ts';
import { receivesAccessLogs } from '../predicates/log-buckets.ts';

const DELIVERY = {
  ...letting(service('logging.s3.amazonaws.com'), 's3:PutObject'),
  resources: ['arn:aws:s3:::example-bucket/logs/*'],
};
const QUIET = { accessLogBucket: undefined, policy: undefined, ownership: 'BucketOwnerEnforced', acl: [] } as const;
const LOG_ACL = { ...QUIET, ownership: 'BucketOwnerPreferred', acl: [{ grantee: 'log-delivery', permission: 'WRITE' }] } as const;
const TRAIL_LOGS = { ...DELIVERY, principals: service('cloudtrail.amazonaws.com') };

export default defineCheck({
  id: 's3-bucket-access-logged',
  title: 'S3 buckets should have server access logging',
  severity: 'LOW',
  controls: ['AWS-FSBP:S3.9'],
  equivalents: { prowler: ['s3_bucket_server_access_logging_enabled'], securityHub: ['S3.9'], checkov: ['CKV_AWS_18'] },
  risk: 'After a leak nobody can tell what was taken, and by whom.',
  remediation: {
    text: 'Turn on server access logging into another bucket of the same region. Where CloudTrail records object events of the bucket, an exception for it is right.',
    cli: 'aws s3api put-bucket-logging --bucket <bucket> --bucket-logging-status LoggingEnabled={TargetBucket=<other bucket>,TargetPrefix=<prefix>}',
    cloudFormation: 'AWS::S3::Bucket.LoggingConfiguration',
  },
  resourceType: 'AWS::S3::Bucket',
  needs: ['accessLogBucket', 'policy', 'acl', 'ownership'],
  evaluate(bucket) {
    if (bucket.accessLogBucket !== undefined) return pass;
    if (receivesAccessLogs(bucket, bucket.identity.arn)) return notApplicable('it receives access logs itself');
    return fail('access to it is not logged');
  },
  examples: {
    pass: {
      'logged in another bucket': { ...QUIET, accessLogBucket: 'example-access-logs' },
      'logged, and nothing else was read': {
        accessLogBucket: 'example-access-logs',
        policy: denied('s3:GetBucketPolicy'),
        acl: denied('s3:GetBucketAcl'),
        ownership: denied('s3:GetBucketOwnershipControls'),
      },
    },
    fail: {
      'not logged': QUIET,
      'not logged, and receives the logs of a trail': { ...QUIET, policy: policyOf(TRAIL_LOGS) },
      'would receive access logs by an ACL that is switched off': { ...LOG_ACL, ownership: 'BucketOwnerEnforced' },
      'keeps access logs out': { ...QUIET, policy: policyOf({ ...DELIVERY, effect: 'Deny' }) },
      'anybody may write to it': { ...QUIET, policy: policyOf({ ...DELIVERY, principals: ANYBODY }) },
      'its policy is about another bucket': { ...QUIET, policy: policyOf({ ...DELIVERY, resources: ['arn:aws:s3:::another/*'] }) },
    },
    unknown: {
      'not allowed to ask': { ...QUIET, accessLogBucket: denied('s3:GetBucketLogging') },
      'not logged, and perhaps made to receive logs': { ...QUIET, policy: denied('s3:GetBucketPolicy') },
    },
    notApplicable: {
      'receives access logs by its policy': { ...QUIET, policy: policyOf(DELIVERY) },
      'receives access logs by its ACL, policy not read': { ...LOG_ACL, policy: denied('s3:GetBucketPolicy') },
    },
  },
});
