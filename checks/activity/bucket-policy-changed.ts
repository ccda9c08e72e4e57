import { defineActivityCheck } from '../activity.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { BUCKET_POLICY_EVENTS } from '../predicates/event-families.ts';
import { changeNotice } from '../predicates/notices.ts';

const S3 = { eventSource: 's3.amazonaws.com' };

/** The names are CloudTrail's, which for lifecycles are not those of the API. */
export default defineActivityCheck({
  id: 'activity-bucket-policy-changed',
  title: 'Access to a bucket, or how long it keeps objects, was changed',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:5.8', 'CIS-AWS-5.0:4.8', 'CIS-AWS-3.0:4.8'],
  attack: ['T1530', 'T1485.001'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_for_s3_bucket_policy_changes'], securityHub: ['CloudWatch.8'] },
  risk: 'A policy, an ACL or a replication can hand out what a bucket holds; a lifecycle can delete it.',
  remediation: {
    text: 'Read what the bucket grants now, and put the earlier policy back if nobody meant to change it.',
    cli: 'aws s3api get-bucket-policy --bucket <bucket>',
    cloudFormation: 'AWS::S3::BucketPolicy.PolicyDocument',
  },
  events: [
    {
      source: 's3.amazonaws.com',
      names: BUCKET_POLICY_EVENTS,
    },
  ],
  evaluate: (event) =>
    changeNotice(event, {
      service: 's3.amazonaws.com',
      what: factOf(event.request, 'bucketName'),
      evidence: factsOf(event.request, 'bucketName', 'x-amz-acl'),
    }),
  examples: {
    activity: {
      'a policy set': {
        ...S3,
        eventName: 'PutBucketPolicy',
        requestParameters: { bucketName: 'example-logs', bucketPolicy: { Statement: [] }, policy: '' },
      },
      'a canned ACL set, refused': {
        ...S3,
        eventName: 'PutBucketAcl',
        errorCode: 'AccessDenied',
        requestParameters: { bucketName: 'example-logs', 'x-amz-acl': ['public-read'], acl: [''] },
      },
      'a lifecycle deleted': {
        ...S3,
        eventName: 'DeleteBucketLifecycle',
        requestParameters: { bucketName: 'example-logs', lifecycle: '' },
      },
    },
    quiet: {},
  },
});
