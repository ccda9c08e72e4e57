import { defineCheck, denied } from '../check.ts';
import { ALL_OFF, ALL_ON } from '../predicates/example-public-access-blocks.ts';
import { publicAccess } from '../predicates/public-bucket.ts';

const EVERYONE = { aws: ['*'], service: [], federated: [], canonicalUser: [] };
const OBJECTS = ['arn:aws:s3:::example-bucket/*'];
const READ = { sid: 'Read', effect: 'Allow', principals: EVERYONE, actions: ['s3:GetObject'], resources: OBJECTS, conditions: [] } as const;
const OWN_ORG = { operator: 'stringequals', ifExists: false, key: 'aws:principalorgid', values: ['o-a1b2c3d4e5'] };
const PUBLIC_ACL = [{ grantee: 'all-users', permission: 'READ' }] as const;

const NOT_ASKED = denied('s3:GetBucketPolicyStatus');
const LEVELS = { accountPublicAccessBlock: ALL_OFF, publicAccessBlock: ALL_OFF } as const;
const PRIVATE = { ...LEVELS, ownership: 'BucketOwnerEnforced', acl: [], policy: undefined, policyIsPublic: NOT_ASKED } as const;
const OPEN_POLICY = { ...PRIVATE, policy: { statements: [READ] } };
const OPEN_ACL = { ...PRIVATE, ownership: 'ObjectWriter', acl: PUBLIC_ACL } as const;
const OWN_ORG_ONLY = { ...PRIVATE, policy: { statements: [{ ...READ, conditions: [OWN_ORG] }] } };

const ACL_DENIED = denied('s3:GetBucketAcl');
const POLICY_DENIED = denied('s3:GetBucketPolicy');

export default defineCheck({
  id: 's3-bucket-public-read-absent',
  title: 'S3 buckets should not be readable by the public',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:2.21', 'AWS-FSBP:S3.2'],
  equivalents: {
    prowler: ['s3_bucket_public_access', 's3_bucket_public_list_acl'],
    securityHub: ['S3.2'],
    checkov: ['CKV_AWS_20'],
  },
  risk: 'Anybody can list the bucket or download what is in it; such buckets are searched for all the time.',
  remediation: {
    text: 'Turn on Block Public Access, then remove the public grant. Serve public files through CloudFront with origin access control.',
    cli: 'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    cloudFormation: 'AWS::S3::Bucket.PublicAccessBlockConfiguration',
  },
  resourceType: 'AWS::S3::Bucket',
  needs: ['accountPublicAccessBlock', 'publicAccessBlock', 'ownership', 'acl', 'policy', 'policyIsPublic'],
  evaluate: (bucket) => publicAccess(bucket, bucket.identity.arn, ['read']),
  examples: {
    pass: {
      'no grant to anybody': PRIVATE,
      'public, but the account blocks it and nothing else was read': {
        accountPublicAccessBlock: ALL_ON,
        publicAccessBlock: denied('s3:GetBucketPublicAccessBlock'),
        ownership: denied('s3:GetBucketOwnershipControls'),
        acl: ACL_DENIED,
        policy: POLICY_DENIED,
        policyIsPublic: NOT_ASKED,
      },
      'public policy, restricted by the bucket': { ...OPEN_POLICY, publicAccessBlock: { ...ALL_OFF, restrictPublicBuckets: true } },
      'public ACL, ignored by the bucket': { ...OPEN_ACL, publicAccessBlock: { ...ALL_OFF, ignorePublicAcls: true } },
      'public ACL, switched off by ownership': { ...OPEN_ACL, ownership: 'BucketOwnerEnforced' },
      'ACL that only lets anybody write': { ...OPEN_ACL, acl: [{ grantee: 'all-users', permission: 'WRITE' }] },
      'everybody of one organization': { ...OWN_ORG_ONLY, policyIsPublic: false },
      'policy not read, AWS finds it not public': { ...PRIVATE, policy: POLICY_DENIED, policyIsPublic: false },
    },
    fail: {
      'policy for everybody': OPEN_POLICY,
      'policy for everybody, ACL not read': { ...OPEN_POLICY, acl: ACL_DENIED },
      'blocked for new grants only': { ...OPEN_POLICY, publicAccessBlock: { ...ALL_ON, restrictPublicBuckets: false } },
      'ACL for everybody': OPEN_ACL,
      'ACL for everybody with an AWS account': { ...OPEN_ACL, acl: [{ grantee: 'authenticated-users', permission: 'FULL_CONTROL' }] },
      'public ACL, policy not read': { ...OPEN_ACL, policy: POLICY_DENIED },
      'a condition that AWS does not accept': { ...OWN_ORG_ONLY, policyIsPublic: true },
    },
    unknown: {
      'policy not read, and public perhaps only for writers': { ...PRIVATE, policy: POLICY_DENIED, policyIsPublic: true },
      'policy not read, nor what AWS thinks of it': { ...PRIVATE, policy: POLICY_DENIED },
      'ACL not read': { ...OPEN_ACL, acl: ACL_DENIED },
      'public policy, perhaps restricted by the account': {
        ...OPEN_POLICY,
        accountPublicAccessBlock: denied('s3:GetAccountPublicAccessBlock'),
      },
    },
  },
});
