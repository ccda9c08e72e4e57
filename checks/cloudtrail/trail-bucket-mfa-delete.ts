import { defineCheck, denied, fail, pass } from '../check.ts';
import { BUCKET_OF_OTHER_ACCOUNT as OTHER_ACCOUNT, EXAMPLE_TRAIL as TRAIL } from '../predicates/example-trails.ts';

export default defineCheck({
  id: 'cloudtrail-trail-bucket-mfa-delete',
  title: 'Buckets that receive CloudTrail logs should have MFA delete',
  severity: 'LOW',
  controls: [],
  equivalents: { prowler: ['cloudtrail_bucket_requires_mfa_delete'] },
  risk: 'With stolen credentials alone an intruder can delete every version of the logs that show what they did.',
  remediation: {
    text: 'Turn on versioning and MFA delete, which only the root user can do; or keep the logs in an account of their own that hardly anybody may enter.',
    cli: 'aws s3api put-bucket-versioning --bucket <bucket> --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "<serial> <code>"',
  },
  resourceType: 'AWS::CloudTrail::Trail',
  needs: ['trail', 'bucketMfaDelete'],
  evaluate: ({ trail, bucketMfaDelete }) => (bucketMfaDelete ? pass : fail('its bucket has no MFA delete', { bucket: trail.bucketName })),
  examples: {
    pass: { enabled: { trail: TRAIL, bucketMfaDelete: true } },
    fail: { 'disabled, or never set': { trail: TRAIL, bucketMfaDelete: false } },
    unknown: {
      'the bucket is in another account': { trail: TRAIL, bucketMfaDelete: OTHER_ACCOUNT },
      'not allowed to ask': { trail: TRAIL, bucketMfaDelete: denied('s3:GetBucketVersioning') },
    },
  },
});
