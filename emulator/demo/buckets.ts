import type { Bucket, Statement } from '../account/description.ts';
import type { Account } from '../account.ts';
import { allow, deny } from '../account.ts';

/** The bucket that somebody makes public while the demo watches. */
export const INVOICES = 'brightcart-invoices';

export const archiveBucket: Bucket = {
  policy: [delivery('brightcart-archive'), tlsOnly('brightcart-archive')],
  accessLogs: 'brightcart-archive-access',
  mfaDelete: true,
};

/** Invoices, photos, uploads and logs: some as S3 makes buckets today, some as it made them years ago. */
export function addBuckets(shop: Account): void {
  shop
    .bucket(INVOICES, { policy: tlsOnly(INVOICES), versioning: true })
    .bucket('brightcart-trail-logs', {
      policy: [delivery('brightcart-trail-logs'), tlsOnly('brightcart-trail-logs')],
      accessLogs: 'brightcart-old-logs',
    })
    .bucket('brightcart-old-logs', {
      block: 'none',
      ownership: 'ObjectWriter',
      acl: 'public-read',
      policy: [delivery('brightcart-old-logs'), accessLogs('brightcart-old-logs')],
    })
    .bucket('brightcart-photos', {
      block: 'none',
      policy: [allow('s3:GetObject', objectsIn('brightcart-photos'), { principal: '*' }), tlsOnly('brightcart-photos')],
    })
    .bucket('brightcart-uploads', {
      block: 'none',
      policy: [allow('s3:PutObject', objectsIn('brightcart-uploads'), { principal: '*' }), tlsOnly('brightcart-uploads')],
    })
    .bucket('brightcart-price-feed', {
      block: { blockPublicAcls: true, ignorePublicAcls: true },
      policy: [...fromTheOffice(), forThePartner()],
    })
    .bucket('brightcart-scratch', { region: 'eu-central-1' })
    .bucket('brightcart-reports', {
      block: 'none',
      policy: [
        allow('s3:*', objectsIn('brightcart-reports'), { principal: '*', condition: throughOwnPoints(shop.id) }),
        tlsOnly('brightcart-reports'),
      ],
    })
    .accessPoint('finance', { bucket: 'brightcart-reports' })
    .accessPoint('press', { bucket: 'brightcart-reports', block: {}, policy: forEverybody(shop.id, 'press') })
    .multiRegionAccessPoint('everywhere', { buckets: ['brightcart-reports', 'brightcart-scratch'], block: {} })
    .multiRegionAccessPoint('finance-everywhere', { buckets: ['brightcart-reports'] })
    .accessPoint('reports-inside', { bucket: 'brightcart-reports', vpc: 'vpc-0brightcart', block: {} });
}

/** What `INVOICES` is given in the demo: what it had, and everybody. */
export function publicInvoicesPolicy(): readonly Statement[] {
  return [allow('s3:GetObject', objectsIn(INVOICES), { principal: '*' }), tlsOnly(INVOICES)];
}

/** Open to everybody who comes from the office: whether that is public, S3 itself is asked. */
function fromTheOffice(): readonly Statement[] {
  const condition = { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } };
  return [allow('s3:GetObject', objectsIn('brightcart-price-feed'), { principal: '*', condition }), tlsOnly('brightcart-price-feed')];
}

/** The bucket leaves it to the access points of its account who may read: S3 does not call that public. */
function throughOwnPoints(account: string) {
  return { StringEquals: { 's3:DataAccessPointAccount': account } };
}

function forEverybody(account: string, point: string): Statement {
  return allow('s3:GetObject', `arn:aws:s3:eu-west-1:${account}:accesspoint/${point}/object/*`, { principal: '*' });
}

/** The partner left years ago; what it may read is still there. */
function forThePartner(): Statement {
  return allow('s3:GetObject', objectsIn('brightcart-price-feed'), { principal: { AWS: 'arn:aws:iam::444455556666:root' } });
}

function accessLogs(bucket: string): Statement {
  return allow('s3:PutObject', objectsIn(bucket), { principal: { Service: 'logging.s3.amazonaws.com' } });
}

function delivery(bucket: string): Statement {
  return allow('s3:PutObject', objectsIn(bucket), { principal: { Service: 'cloudtrail.amazonaws.com' } });
}

function tlsOnly(bucket: string): Statement {
  const condition = { Bool: { 'aws:SecureTransport': 'false' } };
  return deny('s3:*', [`arn:aws:s3:::${bucket}`, objectsIn(bucket)], { principal: '*', condition });
}

function objectsIn(bucket: string): string {
  return `arn:aws:s3:::${bucket}/*`;
}
