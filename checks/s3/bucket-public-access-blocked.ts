import { defineCheck, denied, fail, pass } from '../check.ts';
import { ALL_OFF, ALL_ON } from '../predicates/example-public-access-blocks.ts';
import { settingsOff } from '../predicates/public-bucket.ts';

const ACLS_ONLY = { ...ALL_OFF, blockPublicAcls: true, ignorePublicAcls: true };
const POLICIES_ONLY = { ...ALL_OFF, blockPublicPolicy: true, restrictPublicBuckets: true };

export default defineCheck({
  id: 's3-bucket-public-access-blocked',
  title: 'S3 buckets should have all four Block Public Access settings in force',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:3.1.4', 'CIS-AWS-5.0:2.1.4', 'CIS-AWS-3.0:2.1.4', 'AWS-FSBP:S3.8'],
  equivalents: {
    prowler: ['s3_bucket_level_public_access_block'],
    securityHub: ['S3.8'],
    checkov: ['CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56'],
  },
  risk: 'Nothing stops the next ACL or policy, or the one that is there already, from publishing the bucket.',
  remediation: {
    text: 'Turn on all four settings for the account, or for this bucket.',
    cli: 'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    cloudFormation: 'AWS::S3::Bucket.PublicAccessBlockConfiguration',
  },
  resourceType: 'AWS::S3::Bucket',
  needs: ['accountPublicAccessBlock', 'publicAccessBlock'],
  evaluate(bucket) {
    const off = settingsOff(bucket);
    return off.length === 0 ? pass : fail(`${off.length} of 4 Block Public Access settings are off`, { off });
  },
  examples: {
    pass: {
      'the account blocks': { accountPublicAccessBlock: ALL_ON, publicAccessBlock: ALL_OFF },
      'the bucket blocks': { accountPublicAccessBlock: ALL_OFF, publicAccessBlock: ALL_ON },
      'account and bucket block half each': { accountPublicAccessBlock: ACLS_ONLY, publicAccessBlock: POLICIES_ONLY },
      'the account blocks, the bucket was not read': {
        accountPublicAccessBlock: ALL_ON,
        publicAccessBlock: denied('s3:GetBucketPublicAccessBlock'),
      },
      'the bucket blocks, the account was not read': {
        accountPublicAccessBlock: denied('s3:GetAccountPublicAccessBlock'),
        publicAccessBlock: ALL_ON,
      },
    },
    fail: {
      'nothing is blocked': { accountPublicAccessBlock: ALL_OFF, publicAccessBlock: ALL_OFF },
      'both block the same half': { accountPublicAccessBlock: ACLS_ONLY, publicAccessBlock: ACLS_ONLY },
      'one setting is off': { accountPublicAccessBlock: ALL_OFF, publicAccessBlock: { ...ALL_ON, ignorePublicAcls: false } },
    },
    unknown: {
      'the bucket was not read': { accountPublicAccessBlock: ALL_OFF, publicAccessBlock: denied('s3:GetBucketPublicAccessBlock') },
      'the account might block what the bucket does not': {
        accountPublicAccessBlock: denied('s3:GetAccountPublicAccessBlock'),
        publicAccessBlock: ACLS_ONLY,
      },
    },
  },
});
