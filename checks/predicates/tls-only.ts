import type { PolicyCondition, PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import { patternCovers } from './patterns.ts';

const OLDEST_ALLOWED = 1.2;

/** The parts of a bucket, `bucket` and `objects`, for which its policy denies every request over plain HTTP. */
export function partsOverTlsOnly(policy: PolicyDocument, bucketArn: string): { readonly bucket: boolean; readonly objects: boolean } {
  const denies = policy.statements.filter(deniesPlainHttp);
  const covers = (part: string) => denies.some(({ resources }) => resources?.some((pattern) => patternCovers(pattern, part)));
  return { bucket: covers(bucketArn), objects: covers(`${bucketArn}/*`) };
}

/** To everybody, for every action, and under no other condition: anything narrower leaves some requests unprotected. */
function deniesPlainHttp({ effect, principals, actions, conditions }: PolicyStatement): boolean {
  return (
    effect === 'Deny' &&
    principals?.aws.includes('*') === true &&
    actions?.some((pattern) => patternCovers(pattern.toLowerCase(), 's3:*')) === true &&
    conditions.length === 1 &&
    conditions.every(holdsForPlainHttp)
  );
}

/**
 * `aws:SecureTransport` is in every request. AWS's own recipe for `s3:TlsVersion` counts plain HTTP as older than any TLS: AWS Knowledge
 * Center, "How do I enforce TLS 1.2 or later for my Amazon S3 buckets?", and CIS AWS Foundations 7.0, 3.1.1, accepts it as a remedy.
 */
function holdsForPlainHttp({ key, operator, values }: PolicyCondition): boolean {
  if (key === 'aws:securetransport') return operator === 'bool' && values.some((value) => value.toLowerCase() === 'false');
  return key === 's3:tlsversion' && operator === 'numericlessthan' && values.some((value) => Number(value) >= OLDEST_ALLOWED);
}
