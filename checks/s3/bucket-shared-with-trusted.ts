import type { PolicyStatement } from '../../inventory/policy-document.ts';
import { defineCheck, denied } from '../check.ts';
import { sharedWithStrangers } from '../predicates/bucket-shares.ts';
import { ANYBODY, letting, OTHER_ACCOUNT, OWN_ACCOUNT, only, policyOf, service } from '../predicates/example-policies.ts';

const TRUSTED: readonly string[] = [];
const OBJECTS = ['arn:aws:s3:::example-bucket/*'];
const BUCKET = ['arn:aws:s3:::example-bucket'];
const ORIGIN_IDENTITY = { ...OTHER_ACCOUNT, aws: ['arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE'] };
const LOAD_BALANCING = { ...OTHER_ACCOUNT, aws: ['arn:aws:iam::156460612806:root'] };
const READ = { ...letting(OTHER_ACCOUNT, 's3:GetObject'), resources: OBJECTS };
const READ_BY_ANYBODY = { ...READ, principals: ANYBODY };
const DELEGATED = only('stringequals', 's3:DataAccessPointAccount', '444455556666');

const PRIVATE = { policy: undefined, ownership: 'BucketOwnerEnforced', acl: [{ grantee: 'owner', permission: 'FULL_CONTROL' }] } as const;
const STRANGER = { grantee: 'account', account: '79a59d', permission: 'READ' } as const;
const GRANTED = { ...PRIVATE, ownership: 'ObjectWriter', acl: [...PRIVATE.acl, STRANGER] } as const;
const shared = (...statements: readonly PolicyStatement[]) => ({ ...PRIVATE, policy: policyOf(...statements) });

export default defineCheck({
  id: 's3-bucket-shared-with-trusted',
  title: 'S3 buckets should be shared with trusted accounts only',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:S3.6'],
  equivalents: { prowler: ['s3_bucket_cross_account_access'], securityHub: ['S3.6'] },
  risk: 'Whoever takes over the other account has what the bucket lets it have, and nobody here would see a sign-in.',
  remediation: {
    text: 'Take the other account out of the policy or ACL, or limit the statement by aws:PrincipalOrgID. Accounts of your own go into `trustedAccounts`.',
    cli: 'aws s3api put-bucket-policy --bucket <bucket> --policy file://policy.json',
    cloudFormation: 'AWS::S3::BucketPolicy.PolicyDocument',
  },
  resourceType: 'AWS::S3::Bucket',
  needs: ['policy', 'acl', 'ownership'],
  params: { trustedAccounts: TRUSTED },
  evaluate: (bucket, { trustedAccounts }) => sharedWithStrangers(bucket, trustedAccounts),
  examples: {
    pass: {
      'no policy': PRIVATE,
      'its own account': shared({ ...letting(OWN_ACCOUNT, 's3:*'), resources: [...BUCKET, ...OBJECTS] }),
      'everybody, which is another check': shared(READ_BY_ANYBODY),
      'our organization': shared({ ...READ_BY_ANYBODY, conditions: [only('stringequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5')] }),
      'a service': shared({ ...READ, principals: service('cloudtrail.amazonaws.com') }),
      'an origin access identity of CloudFront': shared({ ...READ, principals: ORIGIN_IDENTITY }),
      'an account with which AWS writes logs': shared({ ...letting(LOAD_BALANCING, 's3:PutObject'), resources: OBJECTS }),
      'another account, of another bucket': shared({ ...READ, resources: ['arn:aws:s3:::another-bucket/*'] }),
      'another account, which is denied again': shared(READ, { ...READ, effect: 'Deny', actions: ['s3:*'] }),
      'its own access points': shared({
        ...READ_BY_ANYBODY,
        conditions: [only('stringequals', 's3:DataAccessPointAccount', '111122223333')],
      }),
      'an ACL, switched off by ownership': { ...GRANTED, ownership: 'BucketOwnerEnforced' },
      'an ACL for AWS to write logs': { ...GRANTED, acl: [{ grantee: 'aws', permission: 'FULL_CONTROL' }] },
    },
    fail: {
      'another account may read': shared(READ),
      'another account may change the policy': shared({ ...letting(OTHER_ACCOUNT, 's3:PutBucketPolicy'), resources: BUCKET }),
      'everybody of another account': shared({
        ...READ_BY_ANYBODY,
        conditions: [only('stringequals', 'aws:PrincipalAccount', '444455556666')],
      }),
      'access points of another account': shared({ ...READ_BY_ANYBODY, conditions: [DELEGATED] }),
      'another account, by its canonical id': shared({ ...READ, principals: { ...OTHER_ACCOUNT, aws: [], canonicalUser: ['79a59d'] } }),
      'another account, ACL not read': { ...shared(READ), acl: denied('s3:GetBucketAcl') },
      'another account by ACL': GRANTED,
      'another account by ACL, policy not read': { ...GRANTED, policy: denied('s3:GetBucketPolicy') },
    },
    unknown: {
      'not allowed to read the policy': { ...PRIVATE, policy: denied('s3:GetBucketPolicy') },
      'ACL not read, and in force': { ...GRANTED, acl: denied('s3:GetBucketAcl') },
      'ACL for another account, perhaps switched off': { ...GRANTED, ownership: denied('s3:GetBucketOwnershipControls') },
    },
  },
});
