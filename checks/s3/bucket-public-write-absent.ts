import { defineCheck, denied } from '../check.ts';
import { ALL_OFF, ALL_ON } from '../predicates/example-public-access-blocks.ts';
import { publicAccess } from '../predicates/public-bucket.ts';

const EVERYONE = { aws: ['*'], service: [], federated: [], canonicalUser: [] };
const OBJECTS = ['arn:aws:s3:::example-bucket/*'];
const WRITE = {
  sid: 'Drop',
  effect: 'Allow',
  principals: EVERYONE,
  actions: ['s3:PutObject'],
  resources: OBJECTS,
  conditions: [],
} as const;
const OFFICE = { operator: 'ipaddress', ifExists: false, key: 'aws:sourceip', values: ['203.0.113.0/24'] };
const PUBLIC_ACL = [{ grantee: 'all-users', permission: 'WRITE' }] as const;

const NOT_ASKED = denied('s3:GetBucketPolicyStatus');
const LEVELS = { accountPublicAccessBlock: ALL_OFF, publicAccessBlock: ALL_OFF } as const;
const PRIVATE = { ...LEVELS, ownership: 'BucketOwnerEnforced', acl: [], policy: undefined, policyIsPublic: NOT_ASKED } as const;
const OPEN_POLICY = { ...PRIVATE, policy: { statements: [WRITE] } };
const OPEN_ACL = { ...PRIVATE, ownership: 'BucketOwnerPreferred', acl: PUBLIC_ACL } as const;
const POLICY_DENIED = denied('s3:GetBucketPolicy');

export default defineCheck({
  id: 's3-bucket-public-write-absent',
  title: 'S3 buckets should not be writable by the public',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:2.21', 'AWS-FSBP:S3.3'],
  equivalents: {
    prowler: ['s3_bucket_policy_public_write_access', 's3_bucket_public_write_acl'],
    securityHub: ['S3.3'],
    checkov: ['CKV_AWS_57'],
  },
  risk: 'Anybody can replace, delete or add objects, or change who has access: malware, ransom and bills follow.',
  remediation: {
    text: 'Turn on Block Public Access, then remove the public grant. Take uploads through presigned URLs.',
    cli: 'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    cloudFormation: 'AWS::S3::Bucket.PublicAccessBlockConfiguration',
  },
  resourceType: 'AWS::S3::Bucket',
  needs: ['accountPublicAccessBlock', 'publicAccessBlock', 'ownership', 'acl', 'policy', 'policyIsPublic'],
  evaluate: (bucket) => publicAccess(bucket, bucket.identity.arn, ['write']),
  examples: {
    pass: {
      'no grant to anybody': PRIVATE,
      'public, but blocked half by the account and half by the bucket': {
        ...OPEN_ACL,
        ...OPEN_POLICY,
        accountPublicAccessBlock: { ...ALL_OFF, ignorePublicAcls: true },
        publicAccessBlock: { ...ALL_OFF, restrictPublicBuckets: true },
      },
      'policy that only lets anybody read': { ...PRIVATE, policy: { statements: [{ ...WRITE, actions: ['s3:Get*', 's3:List*'] }] } },
      'uploads from the office only': { ...PRIVATE, policy: { statements: [{ ...WRITE, conditions: [OFFICE] }] }, policyIsPublic: false },
    },
    fail: {
      'uploads for everybody': OPEN_POLICY,
      'anybody may open up the objects': { ...PRIVATE, policy: { statements: [{ ...WRITE, actions: ['s3:PutObjectAcl'] }] } },
      'a wildcard that can write': { ...PRIVATE, policy: { statements: [{ ...WRITE, actions: ['S3:p*'] }] } },
      'everything but reading': { ...PRIVATE, policy: { statements: [{ ...WRITE, actions: undefined, notActions: ['s3:Get*'] }] } },
      'everybody but one user': {
        ...PRIVATE,
        policy: {
          statements: [{ ...WRITE, principals: undefined, notPrincipals: { ...EVERYONE, aws: ['arn:aws:iam::111122223333:user/x'] } }],
        },
      },
      'ACL for everybody': OPEN_ACL,
      'anybody may change the ACL': { ...OPEN_ACL, acl: [{ grantee: 'authenticated-users', permission: 'WRITE_ACP' }] },
      'ACLs ignored, but the policy is public': { ...OPEN_POLICY, publicAccessBlock: { ...ALL_ON, restrictPublicBuckets: false } },
    },
    unknown: {
      'policy not read, nor what AWS thinks of it': { ...PRIVATE, policy: POLICY_DENIED },
      'public ACL, perhaps switched off by ownership': { ...OPEN_ACL, ownership: denied('s3:GetBucketOwnershipControls') },
    },
  },
});
