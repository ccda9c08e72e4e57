import { defineCheck, denied, fail, pass } from '../check.ts';
import { ALL_OFF, ALL_ON } from '../predicates/example-public-access-blocks.ts';

export default defineCheck({
  id: 's3-account-public-access-blocked',
  title: 'S3 Block Public Access should be fully on for the account',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:3.1.4', 'CIS-AWS-5.0:2.1.4', 'CIS-AWS-3.0:2.1.4', 'AWS-FSBP:S3.1'],
  equivalents: { prowler: ['s3_account_level_public_access_blocks'], securityHub: ['S3.1'] },
  risk: 'One wrong ACL or policy, on any bucket there is or will be, is enough to publish its contents.',
  remediation: {
    text: 'Turn on all four settings for the account. Move what must be public behind CloudFront first.',
    cli: 'aws s3control put-public-access-block --account-id <account> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['publicAccessBlock'],
  evaluate({ publicAccessBlock }) {
    const off = Object.entries(publicAccessBlock).flatMap(([flag, on]) => (on ? [] : [flag]));
    if (off.length === 0) return pass;
    const extent = off.length === 4 ? 'entirely' : 'partly';
    return fail(`S3 Block Public Access is ${extent} off for the account`, { off });
  },
  examples: {
    pass: { 'all four settings are on': { publicAccessBlock: ALL_ON } },
    fail: {
      'never set': { publicAccessBlock: ALL_OFF },
      'existing public ACLs stay in force': { publicAccessBlock: { ...ALL_ON, ignorePublicAcls: false } },
      'existing public policies stay in force': { publicAccessBlock: { ...ALL_ON, restrictPublicBuckets: false } },
      'new public ACLs are accepted': { publicAccessBlock: { ...ALL_ON, blockPublicAcls: false } },
      'new public policies are accepted': { publicAccessBlock: { ...ALL_ON, blockPublicPolicy: false } },
    },
    unknown: { 'not allowed to ask': { publicAccessBlock: denied('s3:GetAccountPublicAccessBlock') } },
  },
});
