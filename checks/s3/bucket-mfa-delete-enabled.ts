import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 's3-bucket-mfa-delete-enabled',
  title: 'S3 buckets should ask for a second factor before a version is deleted',
  severity: 'INFORMATIONAL',
  controls: ['CIS-AWS-7.0:3.1.2', 'CIS-AWS-5.0:2.1.2', 'CIS-AWS-3.0:2.1.2'],
  equivalents: { prowler: ['s3_bucket_no_mfa_delete'], securityHub: ['S3.20'] },
  risk: 'With stolen credentials alone somebody can delete every version of every object.',
  remediation: {
    text: 'For buckets whose contents must not be lost: sign in as root, who alone may set it, and turn on versioning with MFA delete. A bucket with lifecycle rules cannot have it; Object Lock or copies in another account protect such a one.',
    cli: 'aws s3api put-bucket-versioning --bucket <bucket> --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "<serial> <code>"',
  },
  resourceType: 'AWS::S3::Bucket',
  needs: ['versioning'],
  evaluate({ versioning: { status, mfaDelete } }) {
    if (mfaDelete) return pass;
    return fail(status === 'never' ? 'MFA delete is off, and there are no versions' : 'MFA delete is off', { versioning: status });
  },
  examples: {
    pass: {
      enabled: { versioning: { status: 'enabled', mfaDelete: true } },
      'versions are no longer made, and those there are stay protected': { versioning: { status: 'suspended', mfaDelete: true } },
    },
    fail: {
      'versioning without it': { versioning: { status: 'enabled', mfaDelete: false } },
      'no versions at all': { versioning: { status: 'never', mfaDelete: false } },
    },
    unknown: { 'not allowed to ask': { versioning: denied('s3:GetBucketVersioning') } },
  },
});
