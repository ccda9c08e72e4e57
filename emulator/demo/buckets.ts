import type { Bucket, Statement } from '../account/description.ts';
import type { Account } from '../account.ts';
import { allow, deny } from '../account.ts';

/** The bucket that somebody makes public while the demo watches. */
export const INVOICES = 'brightcart-invoices';

export const archiveBucket: Bucket = { policy: [delivery('brightcart-archive'), tlsOnly('brightcart-archive')] };

/** Invoices, photos, uploads and logs: some as S3 makes buckets today, some as it made them years ago. */
export function addBuckets(shop: Account): void {
  shop
    .bucket(INVOICES, { policy: tlsOnly(INVOICES) })
    .bucket('brightcart-trail-logs', { policy: [delivery('brightcart-trail-logs'), tlsOnly('brightcart-trail-logs')] })
    .bucket('brightcart-old-logs', {
      block: 'none',
      ownership: 'ObjectWriter',
      acl: 'public-read',
      policy: delivery('brightcart-old-logs'),
    })
    .bucket('brightcart-photos', {
      block: 'none',
      policy: [allow('s3:GetObject', objectsIn('brightcart-photos'), { principal: '*' }), tlsOnly('brightcart-photos')],
    })
    .bucket('brightcart-uploads', {
      block: 'none',
      policy: [allow('s3:PutObject', objectsIn('brightcart-uploads'), { principal: '*' }), tlsOnly('brightcart-uploads')],
    })
    .bucket('brightcart-price-feed', { block: { blockPublicAcls: true, ignorePublicAcls: true }, policy: fromTheOffice() })
    .bucket('brightcart-scratch', { region: 'eu-central-1' });
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
