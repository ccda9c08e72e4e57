import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck } from '../activity.ts';
import { nameIn } from '../predicates/deeds.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { callsTo, REFUSED } from '../predicates/example-calls.ts';
import { type Deed, judgeDeed, refuseWithout } from '../predicates/judge-deed.ts';

const s3 = callsTo('s3');
const BUCKET = { bucketName: 'invoices', Host: 'invoices.s3.eu-west-1.amazonaws.com', publicAccessBlock: '' };
const ACCOUNT = { Host: '111122223333.s3-control.eu-west-1.amazonaws.com' };
const ALL_ON = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const FLAGS = Object.keys(ALL_ON);

function put(which: 'Account' | 'Bucket', PublicAccessBlockConfiguration: object) {
  return s3(`Put${which}PublicAccessBlock`, { ...(which === 'Bucket' ? BUCKET : ACCOUNT), PublicAccessBlockConfiguration });
}

/** Of S3; that of images and snapshots is `activity-public-sharing-block-disabled`. A flag that is left out is off: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html */
export default defineActivityCheck({
  id: 'activity-public-access-block-removed',
  title: 'The block of public access to S3 was removed or weakened',
  severity: 'HIGH',
  controls: [],
  attack: ['T1562.007', 'T1537'],
  equivalents: {},
  risk: 'One policy or ACL is now enough to give everyone the data; of an account, that of all its buckets.',
  remediation: {
    text: 'Switch all four settings on again, for the account too, and look at policies and ACLs that were written meanwhile.',
    cli: 'aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    cloudFormation: 'AWS::S3::Bucket.PublicAccessBlockConfiguration',
  },
  events: [
    { source: 's3.amazonaws.com', names: ['DeleteAccountPublicAccessBlock', 'PutAccountPublicAccessBlock'] },
    { source: 's3.amazonaws.com', names: ['DeleteBucketPublicAccessBlock', 'PutBucketPublicAccessBlock'] },
  ],
  evaluate: (event) =>
    judgeDeed(event, 'weaken a block of public access', () => {
      const off = switchedOff(event);
      return off.length === 0 ? undefined : deedOf(event, off);
    }),
  examples: {
    activity: {
      'of a bucket': s3('DeleteBucketPublicAccessBlock', BUCKET),
      'of a bucket, one of four': put('Bucket', { ...ALL_ON, RestrictPublicBuckets: false }),
      'of the account': s3('DeleteAccountPublicAccessBlock', ACCOUNT),
      'of the account, all but one left out': put('Account', { BlockPublicAcls: 'true' }),
      refused: s3('DeleteBucketPublicAccessBlock', BUCKET, REFUSED),
    },
    quiet: { 'all switched on': put('Bucket', ALL_ON), 'all switched on for the account': put('Account', ALL_ON) },
    unsure: {
      'which settings, is not told': s3('PutBucketPublicAccessBlock', BUCKET),
      'a setting makes no sense': put('Bucket', { ...ALL_ON, BlockPublicAcls: 'perhaps' }),
    },
  },
});

function switchedOff(event: CloudTrailEvent): readonly string[] {
  if (!event.name.startsWith('Put')) return FLAGS;
  const settings = event.request.at('PublicAccessBlockConfiguration');
  if (!settings.exists) return refuseWithout(event, 'PublicAccessBlockConfiguration');
  return FLAGS.filter((flag) => settings.at(flag).flag !== true);
}

function deedOf(event: CloudTrailEvent, off: readonly string[]): Deed {
  const bucket = factOf(event.request, 'bucketName');
  const what = event.name.includes('Account') ? 'of the account' : `of bucket ${nameIn(bucket ?? '?')}`;
  const how = event.name.startsWith('Put') ? `weakened: ${off.length} of 4 settings off` : 'removed';
  return {
    done: `block of public access ${what} ${how}`,
    attempt: `weaken the block of public access ${what}`,
    evidence: { ...factsOf(event.request, 'bucketName'), off },
    refused: 'HIGH',
  };
}
