import { defineCheck, denied, fail, pass } from '../check.ts';
import { partsOverTlsOnly } from '../predicates/tls-only.ts';

const EVERYONE = { aws: ['*'], service: [], federated: [], canonicalUser: [] };
const INSECURE = { operator: 'bool', ifExists: false, key: 'aws:securetransport', values: ['false'] };
const WHOLE_BUCKET = ['arn:aws:s3:::example-bucket', 'arn:aws:s3:::example-bucket/*'];
const DENY_HTTP = { effect: 'Deny', principals: EVERYONE, actions: ['s3:*'], resources: WHOLE_BUCKET, conditions: [INSECURE] } as const;

export default defineCheck({
  id: 's3-bucket-tls-only',
  title: 'S3 buckets should deny requests that are not encrypted in transit',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:3.1.1', 'CIS-AWS-5.0:2.1.1', 'CIS-AWS-3.0:2.1.1', 'AWS-FSBP:S3.5'],
  equivalents: { prowler: ['s3_bucket_secure_transport_policy'], securityHub: ['S3.5'] },
  risk: 'Whoever is on the way can read and change objects that travel over plain HTTP, and reuse presigned requests.',
  remediation: {
    text: 'Add a statement that denies s3:* to everybody on the bucket and its objects when aws:SecureTransport is false.',
    cli: 'aws s3api put-bucket-policy --bucket <bucket> --policy file://policy.json',
    cloudFormation: 'AWS::S3::BucketPolicy.PolicyDocument',
  },
  resourceType: 'AWS::S3::Bucket',
  needs: ['policy'],
  evaluate({ policy, identity }) {
    if (!policy) return fail('no bucket policy denies plain HTTP');
    const { bucket, objects } = partsOverTlsOnly(policy, identity.arn);
    if (bucket && objects) return pass;
    if (objects) return fail('plain HTTP is denied for the objects but not for the bucket');
    if (bucket) return fail('plain HTTP is denied for the bucket but not for its objects');
    return fail('its policy does not deny plain HTTP');
  },
  examples: {
    pass: {
      'everything over HTTP is denied': { policy: { statements: [DENY_HTTP] } },
      'in two statements': {
        policy: {
          statements: [
            { ...DENY_HTTP, resources: ['arn:aws:s3:::example-bucket'] },
            { ...DENY_HTTP, resources: ['arn:aws:s3:::example-bucket/*'] },
          ],
        },
      },
      'requests older than TLS 1.2 are denied, HTTP with them': {
        policy: {
          statements: [{ ...DENY_HTTP, conditions: [{ ...INSECURE, operator: 'numericlessthan', key: 's3:tlsversion', values: ['1.2'] }] }],
        },
      },
    },
    fail: {
      'no policy': { policy: undefined },
      'only TLS is allowed, but HTTP is not denied': {
        policy: { statements: [{ ...DENY_HTTP, effect: 'Allow', conditions: [{ ...INSECURE, values: ['true'] }] }] },
      },
      'only uploads are denied': { policy: { statements: [{ ...DENY_HTTP, actions: ['s3:PutObject'] }] } },
      'only one prefix is covered': { policy: { statements: [{ ...DENY_HTTP, resources: ['arn:aws:s3:::example-bucket/private/*'] }] } },
      'only the objects are covered': { policy: { statements: [{ ...DENY_HTTP, resources: ['arn:aws:s3:::example-bucket/*'] }] } },
      'only one user is denied': {
        policy: { statements: [{ ...DENY_HTTP, principals: { ...EVERYONE, aws: ['arn:aws:iam::111122223333:user/example'] } }] },
      },
    },
    unknown: { 'not allowed to read the policy': { policy: denied('s3:GetBucketPolicy') } },
  },
});
