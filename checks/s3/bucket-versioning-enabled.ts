import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 's3-bucket-versioning-enabled',
  title: 'S3 buckets should have versioning enabled',
  severity: 'LOW',
  controls: [],
  equivalents: { prowler: ['s3_bucket_object_versioning'], securityHub: ['S3.14'], checkov: ['CKV_AWS_21'] },
  risk: 'What somebody deletes or overwrites, by mistake or to extort money, is gone.',
  remediation: {
    text: 'Turn on versioning, with a lifecycle rule that removes old versions after some weeks. It cannot be turned off again, only suspended.',
    cli: 'aws s3api put-bucket-versioning --bucket <bucket> --versioning-configuration Status=Enabled',
    cloudFormation: 'AWS::S3::Bucket.VersioningConfiguration',
  },
  resourceType: 'AWS::S3::Bucket',
  needs: ['versioning'],
  evaluate({ versioning: { status } }) {
    if (status === 'enabled') return pass;
    return fail(status === 'suspended' ? 'versioning is suspended: what is overwritten now is gone' : 'it keeps no versions');
  },
  examples: {
    pass: {
      enabled: { versioning: { status: 'enabled', mfaDelete: false } },
      'enabled, with MFA delete': { versioning: { status: 'enabled', mfaDelete: true } },
    },
    fail: {
      'never enabled': { versioning: { status: 'never', mfaDelete: false } },
      suspended: { versioning: { status: 'suspended', mfaDelete: false } },
    },
    unknown: { 'not allowed to ask': { versioning: denied('s3:GetBucketVersioning') } },
  },
});
