import { defineCheck, denied, refuse, UnreadFacet } from '../check.ts';
import { ALL_OFF, ALL_ON } from '../predicates/example-public-access-blocks.ts';
import { EXAMPLE_TRAIL as TRAIL } from '../predicates/example-trails.ts';
import { publicAccess } from '../predicates/public-bucket.ts';

const OBJECTS = ['arn:aws:s3:::example-trail-bucket/*'];
const CLOUDTRAIL = { aws: [], service: ['cloudtrail.amazonaws.com'], federated: [], canonicalUser: [] };
const DELIVERY = { effect: 'Allow', principals: CLOUDTRAIL, actions: ['s3:PutObject'], resources: OBJECTS, conditions: [] } as const;
const PUBLIC_READ = { ...DELIVERY, principals: { ...CLOUDTRAIL, aws: ['*'] }, actions: ['s3:GetObject'] } as const;

const LEVELS = { accountPublicAccessBlock: ALL_OFF, publicAccessBlock: ALL_OFF };
const POLICY = { policy: { statements: [DELIVERY] }, policyIsPublic: false };
const PRIVATE = { ...LEVELS, ...POLICY, ownership: 'ObjectWriter', acl: [] } as const;
const PUBLIC_ACL = { ...PRIVATE, acl: [{ grantee: 'all-users', permission: 'READ' }] } as const;
const PUBLIC_POLICY = { ...PRIVATE, policy: { statements: [DELIVERY, PUBLIC_READ] } };
const ACL_DENIED = {
  ...PRIVATE,
  get acl() {
    return refuse('s3:GetBucketAcl');
  },
};
const OTHER_ACCOUNT = new UnreadFacet({
  cause: 'other-account',
  operation: 's3:GetBucketPolicy',
  permissions: [],
  message: 'the bucket example-trail-bucket belongs to another account',
});

export default defineCheck({
  id: 'cloudtrail-trail-bucket-private',
  title: 'Buckets that receive CloudTrail logs should not be public',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-1.4:3.3'],
  equivalents: { prowler: ['cloudtrail_logs_s3_bucket_is_not_publicly_accessible'], securityHub: ['CloudTrail.6'] },
  risk: 'The logs show everybody who works in the account, how it is built and where it is weak; writers can erase their traces.',
  remediation: {
    text: 'Turn on Block Public Access for the bucket, then remove the public grant.',
    cli: 'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    cloudFormation: 'AWS::S3::Bucket.PublicAccessBlockConfiguration',
  },
  resourceType: 'AWS::CloudTrail::Trail',
  needs: ['trail', 'bucket'],
  evaluate({ trail, bucket, identity }) {
    const bucketArn = `arn:${identity.partition}:s3:::${trail.bucketName}`;
    const verdict = publicAccess(bucket, bucketArn, ['read', 'write']);
    return verdict.status === 'FAIL'
      ? { ...verdict, evidence: { path: [trail.arn, bucketArn, 'everybody'], ...verdict.evidence } }
      : verdict;
  },
  examples: {
    pass: {
      'only CloudTrail may write': { trail: TRAIL, bucket: PRIVATE },
      'public ACL and policy, blocked': {
        trail: TRAIL,
        bucket: { ...PUBLIC_ACL, policy: PUBLIC_POLICY.policy, publicAccessBlock: ALL_ON },
      },
      'public ACL, switched off by ownership': { trail: TRAIL, bucket: { ...PUBLIC_ACL, ownership: 'BucketOwnerEnforced' } },
    },
    fail: {
      'ACL for everybody': { trail: TRAIL, bucket: PUBLIC_ACL },
      'ACL for everybody with an AWS account': {
        trail: TRAIL,
        bucket: { ...PRIVATE, acl: [{ grantee: 'authenticated-users', permission: 'WRITE_ACP' }] },
      },
      'policy for everybody': { trail: TRAIL, bucket: PUBLIC_POLICY },
    },
    unknown: {
      'the bucket is in another account': { trail: TRAIL, bucket: OTHER_ACCOUNT },
      'ACL not read': { trail: TRAIL, bucket: ACL_DENIED },
      'nothing read': { trail: denied('cloudtrail:DescribeTrails'), bucket: denied('s3:GetBucketAcl') },
    },
  },
});
