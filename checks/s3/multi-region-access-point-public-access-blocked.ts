import { defineCheck, denied, fail, pass } from '../check.ts';
import { ALL_OFF, ALL_ON } from '../predicates/example-public-access-blocks.ts';
import { settingsOff } from '../predicates/public-bucket.ts';

const OPEN = { buckets: ['example-bucket', 'example-copy'], accountPublicAccessBlock: ALL_OFF, publicAccessBlock: ALL_OFF };

export default defineCheck({
  id: 's3-multi-region-access-point-public-access-blocked',
  title: 'S3 Multi-Region Access Points should block public access, by themselves or by their account',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:S3.24'],
  equivalents: { prowler: ['s3_multi_region_access_point_public_access_block'], securityHub: ['S3.24'] },
  risk: 'A policy of the access point can open all the buckets behind it to everybody, and none of their policies would show it.',
  remediation: {
    text: 'Turn on Block Public Access for the account. What the access point itself blocks cannot be changed: make another one, with all four settings, and delete this one.',
    cli: 'aws s3control put-public-access-block --account-id <account> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    cloudFormation: 'AWS::S3::MultiRegionAccessPoint.PublicAccessBlockConfiguration',
  },
  resourceType: 'AWS::S3::MultiRegionAccessPoint',
  needs: ['accountPublicAccessBlock', 'publicAccessBlock', 'buckets'],
  evaluate(point) {
    const off = settingsOff(point);
    return off.length === 0 ? pass : fail(`${off.length} of 4 Block Public Access settings are off`, { off, buckets: point.buckets });
  },
  examples: {
    pass: {
      'it blocks all by itself': { ...OPEN, publicAccessBlock: ALL_ON },
      'the account blocks': { ...OPEN, accountPublicAccessBlock: ALL_ON },
      'it blocks, the account was not read': {
        ...OPEN,
        publicAccessBlock: ALL_ON,
        accountPublicAccessBlock: denied('s3:GetAccountPublicAccessBlock'),
      },
    },
    fail: {
      'nothing is blocked': OPEN,
      'policies that are there already stay in force': { ...OPEN, publicAccessBlock: { ...ALL_ON, restrictPublicBuckets: false } },
    },
    unknown: { 'perhaps the account blocks': { ...OPEN, accountPublicAccessBlock: denied('s3:GetAccountPublicAccessBlock') } },
  },
});
