import { defineActivityCheck } from '../activity.ts';
import { bucketOpening } from '../predicates/bucket-openings.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { callsTo, REFUSED } from '../predicates/example-calls.ts';
import { judgeDeed } from '../predicates/judge-deed.ts';

const OUR_ORGANIZATION = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
const TRUSTED: readonly string[] = [];
const s3 = callsTo('s3');
const BUCKET = { bucketName: 'invoices', Host: 'invoices.s3.eu-west-1.amazonaws.com' };
const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::invoices/*' };

function put(...statements: readonly object[]) {
  return s3('PutBucketPolicy', { ...BUCKET, policy: '', bucketPolicy: { Statement: statements } });
}

function acl(written: object) {
  return s3('PutBucketAcl', { ...BUCKET, acl: '', ...written });
}

/** Whether a block of public access holds it back does not stand in the event: the checks of buckets say. */
export default defineActivityCheck({
  id: 'activity-bucket-opened',
  title: 'A bucket was opened to everyone or to a foreign account',
  severity: 'HIGH',
  controls: [],
  attack: ['T1537', 'T1530'],
  equivalents: {},
  risk: 'Public buckets are found within minutes, and a foreign account can copy everything without a credential of yours.',
  remediation: {
    text: 'Put the earlier policy or ACL back and switch on the block of public access. Accounts of your own go into trustedAccounts.',
    cli: 'aws s3api delete-bucket-policy --bucket <bucket>',
    cloudFormation: 'AWS::S3::BucketPolicy.PolicyDocument',
  },
  events: [{ source: 's3.amazonaws.com', names: ['CreateBucket', 'PutBucketAcl', 'PutBucketPolicy'] }],
  params: { trustedAccounts: TRUSTED },
  evaluate: (event, { trustedAccounts }) =>
    judgeDeed(event, 'change who may use a bucket', () => {
      const opening = bucketOpening(event, trustedAccounts);
      if (opening === undefined) return undefined;
      const bucket = named('bucket', event.request, 'bucketName');
      return {
        done: `${bucket}: ${opening.how}`,
        attempt: `open ${bucket}: ${opening.how}`,
        evidence: { ...factsOf(event.request, 'bucketName'), ...opening.evidence },
      };
    }),
  examples: {
    activity: {
      'anyone may read': put({ ...READ, Principal: '*' }),
      'a foreign account may read': put({ ...READ, Principal: { AWS: 'arn:aws:iam::444455556666:root' } }),
      'a canned ACL': acl({ 'x-amz-acl': ['public-read'] }),
      'an ACL by header': acl({ 'x-amz-grant-write': [`uri="${ALL_USERS}"`] }),
      'an ACL in full': acl({ AccessControlPolicy: { AccessControlList: { Grant: { Grantee: { URI: ALL_USERS }, Permission: 'READ' } } } }),
      'public when it was made': s3('CreateBucket', { ...BUCKET, 'x-amz-acl': 'public-read-write' }),
      refused: { ...put({ ...READ, Principal: '*' }), ...REFUSED },
    },
    quiet: {
      'CloudTrail may write': put({ ...READ, Action: 's3:PutObject', Principal: { Service: 'cloudtrail.amazonaws.com' } }),
      'anyone of our organization': put({ ...READ, Principal: '*', Condition: OUR_ORGANIZATION }),
      'a load balancer may write its logs': put({ ...READ, Action: 's3:PutObject', Principal: { AWS: '156460612806' } }),
      'our own account': put({ ...READ, Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } }),
      'a private ACL': acl({ 'x-amz-acl': ['private'] }),
      'made as buckets are': s3('CreateBucket', BUCKET),
    },
    unsure: { 'no policy': s3('PutBucketPolicy', BUCKET), 'a policy that is none': put({ Principal: '*' }), 'no ACL': acl({}) },
  },
});
