import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { ALL_OFF, ALL_ON } from '../predicates/example-public-access-blocks.ts';
import { settingsOff } from '../predicates/public-bucket.ts';

const accessPoint = { bucketName: 'example-bucket', networkOrigin: 'Internet' } as const;
const OPEN = { accessPoint, accountPublicAccessBlock: ALL_OFF, publicAccessBlock: ALL_OFF };

export default defineCheck({
  id: 's3-access-point-public-access-blocked',
  title: 'S3 access points should block public access, by themselves or by their account',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:S3.19'],
  equivalents: { prowler: ['s3_access_point_public_access_block'], securityHub: ['S3.19'] },
  risk: 'A policy of the access point can open the bucket to everybody, and the policy of the bucket would not show it.',
  remediation: {
    text: 'Turn on Block Public Access for the account. What an access point itself blocks cannot be changed: make another one, with all four settings, and delete this one.',
    cli: 'aws s3control create-access-point --account-id <account> --name <new name> --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    cloudFormation: 'AWS::S3::AccessPoint.PublicAccessBlockConfiguration',
  },
  resourceType: 'AWS::S3::AccessPoint',
  needs: ['accessPoint', 'accountPublicAccessBlock', 'publicAccessBlock'],
  evaluate(point) {
    if (point.accessPoint.networkOrigin === 'VPC') return notApplicable('it takes requests from one VPC alone');
    const off = settingsOff(point);
    if (off.length === 0) return pass;
    return fail(`${off.length} of 4 Block Public Access settings are off`, { off, bucket: point.accessPoint.bucketName });
  },
  examples: {
    pass: {
      'it blocks all by itself': { ...OPEN, publicAccessBlock: ALL_ON },
      'the account blocks': { ...OPEN, accountPublicAccessBlock: ALL_ON },
      'half each': {
        ...OPEN,
        accountPublicAccessBlock: { ...ALL_ON, ignorePublicAcls: false },
        publicAccessBlock: { ...ALL_OFF, ignorePublicAcls: true },
      },
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
    unknown: {
      'not allowed to ask it': { ...OPEN, publicAccessBlock: denied('s3:GetAccessPoint') },
      'not allowed to ask the account': { ...OPEN, accountPublicAccessBlock: denied('s3:GetAccountPublicAccessBlock') },
    },
    notApplicable: { 'for one VPC': { ...OPEN, accessPoint: { ...accessPoint, networkOrigin: 'VPC' } } },
  },
});
