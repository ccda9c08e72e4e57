import type { ServerCertificateMetadata } from '@aws-sdk/client-iam';
import { malformed } from '../broken-answer.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { GLOBAL } from '../resource.ts';
import { IAM } from './iam-events.ts';
import { listServerCertificates } from './provider-calls.ts';

export interface ServerCertificateFacets {
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
}

interface ListedCertificate {
  readonly name: string;
  readonly arn: string;
  readonly detail: ServerCertificateMetadata;
}

const SOURCE = 'iam:ListServerCertificates';
const named = ['request.serverCertificateName'] as const;

/** A TLS certificate that was uploaded to IAM, for load balancers and CloudFront where ACM cannot serve them. */
export const serverCertificates = defineReader<'AWS::IAM::ServerCertificate', ListedCertificate>({
  type: 'AWS::IAM::ServerCertificate',
  scope: 'global',
  changes: [
    { source: IAM, names: ['UploadServerCertificate'], ids: named },
    { source: IAM, names: ['UpdateServerCertificate'], ids: [...named, 'request.newServerCertificateName'] },
    { source: IAM, names: ['DeleteServerCertificate'], ids: named, deletes: true },
    { source: IAM, names: ['TagServerCertificate', 'UntagServerCertificate'], ids: named, facets: [] },
  ],
  list: { calls: [listServerCertificates], read: async (place) => toListed(await listServerCertificates(place), toCertificate) },
  identify: ({ name, arn }, { accountId }, partition) => ({ arn, id: name, accountId, region: GLOBAL, partition, tags: {} }),
  facets: { expiresAt: { calls: [], read: ({ detail }) => toExpiry(detail) } },
});

function toCertificate(detail: ServerCertificateMetadata): ListedCertificate {
  const { ServerCertificateName: name, Arn: arn } = detail;
  if (name === undefined || arn === undefined) throw malformed(SOURCE, 'a certificate has no name or no ARN');
  return { name, arn, detail };
}

function toExpiry({ Expiration }: ServerCertificateMetadata): string {
  if (Expiration === undefined) throw malformed(SOURCE, 'a certificate has no expiration');
  return Expiration.toISOString();
}
