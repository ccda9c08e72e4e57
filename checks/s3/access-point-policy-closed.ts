import { defineCheck, denied } from '../check.ts';
import { openAccessPoint } from '../predicates/access-point-openings.ts';
import { ANYBODY, letting, OTHER_ACCOUNT, OWN_ACCOUNT, only, policyOf } from '../predicates/example-policies.ts';
import { ALL_OFF, ALL_ON } from '../predicates/example-public-access-blocks.ts';

const TRUSTED: readonly string[] = [];
const accessPoint = { bucketName: 'example-bucket', networkOrigin: 'Internet' } as const;
const DELEGATED = policyOf(letting(ANYBODY, 's3:*', only('stringequals', 's3:DataAccessPointAccount', '111122223333')));
const LEVELS = { accountPublicAccessBlock: ALL_OFF, publicAccessBlock: ALL_OFF, bucketPublicAccessBlock: ALL_OFF };
const QUIET = { ...LEVELS, accessPoint, policy: undefined, bucketPolicy: DELEGATED };
const EVERYBODY = { ...QUIET, policy: policyOf(letting(ANYBODY, 's3:GetObject')) };
const STRANGER = { ...QUIET, policy: policyOf(letting(OTHER_ACCOUNT, 's3:GetObject')) };
const NOT_READ = denied('s3:GetBucketPublicAccessBlock');

export default defineCheck({
  id: 's3-access-point-policy-closed',
  title: 'S3 access points should not be open to everybody or to accounts that nobody trusts',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:2.21'],
  equivalents: {},
  risk: 'A bucket that leaves it to its access points is as open as the most open of them, and looks closed itself.',
  remediation: {
    text: 'Name the principals that are meant, or bind the statement with aws:PrincipalOrgID. Accounts of your own go into `trustedAccounts`.',
    cli: 'aws s3control put-access-point-policy --account-id <account> --name <access point> --policy file://policy.json',
    cloudFormation: 'AWS::S3::AccessPoint.Policy',
  },
  resourceType: 'AWS::S3::AccessPoint',
  needs: ['accessPoint', 'accountPublicAccessBlock', 'publicAccessBlock', 'policy', 'bucketPublicAccessBlock', 'bucketPolicy'],
  params: { trustedAccounts: TRUSTED },
  evaluate: (point, { trustedAccounts }) => openAccessPoint(point, trustedAccounts),
  examples: {
    pass: {
      'no policy': { ...QUIET, bucketPublicAccessBlock: NOT_READ },
      'its own account': { ...QUIET, policy: policyOf(letting(OWN_ACCOUNT, 's3:*')) },
      'our organization': {
        ...QUIET,
        policy: policyOf(letting(ANYBODY, 's3:*', only('stringequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'))),
      },
      'everybody of one VPC': { ...EVERYBODY, accessPoint: { ...accessPoint, networkOrigin: 'VPC' } },
      'everybody, blocked by the account': { ...EVERYBODY, accountPublicAccessBlock: ALL_ON },
      'everybody, blocked by itself': { ...EVERYBODY, publicAccessBlock: ALL_ON, bucketPublicAccessBlock: NOT_READ },
      'everybody, blocked by the bucket': { ...EVERYBODY, bucketPublicAccessBlock: ALL_ON },
      'everybody and an account, blocked with the public': {
        ...QUIET,
        publicAccessBlock: ALL_ON,
        policy: policyOf(letting(ANYBODY, 's3:GetObject'), letting(OTHER_ACCOUNT, 's3:GetObject')),
      },
    },
    fail: {
      everybody: EVERYBODY,
      'everybody, under a condition that each of its requests meets': {
        ...QUIET,
        policy: policyOf(letting(ANYBODY, 's3:GetObject', only('stringequals', 's3:DataAccessPointAccount', '111122223333'))),
      },
      'everybody, but the bucket lets nobody in': { ...EVERYBODY, bucketPolicy: undefined },
      'everybody, but the bucket wants a VPC': {
        ...EVERYBODY,
        bucketPolicy: policyOf(letting(ANYBODY, 's3:*', only('stringequals', 's3:AccessPointNetworkOrigin', 'VPC'))),
      },
      'everybody, the policy of the bucket not read': { ...EVERYBODY, bucketPolicy: denied('s3:GetBucketPolicy') },
      'another account, which a block of the public does not stop': { ...STRANGER, publicAccessBlock: ALL_ON },
      'another account, and blocks not read': { ...STRANGER, accountPublicAccessBlock: NOT_READ, publicAccessBlock: NOT_READ },
    },
    unknown: {
      'not allowed to read the policy': { ...QUIET, policy: denied('s3:GetAccessPointPolicy') },
      'everybody, perhaps blocked by the bucket': { ...EVERYBODY, bucketPublicAccessBlock: NOT_READ },
    },
  },
});
