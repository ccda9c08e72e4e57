import type { PolicyStatement } from '../../inventory/policy-document.ts';
import type { AclGrant, BucketFacets } from '../../inventory/s3/bucket.ts';
import { anyOf, someOf } from './logic.ts';
import { patternCovers, patternsOverlap, widenVariables } from './patterns.ts';

/**
 * True if the bucket is made to receive server access logs: its policy lets S3's logging put objects, or its ACL the group of log delivery. "Enabling
 * Amazon S3 server access logging" in the Amazon S3 User Guide names the two ways, and warns of logging such a bucket in itself.
 */
export function receivesAccessLogs(bucket: Pick<BucketFacets, 'acl' | 'ownership' | 'policy'>, bucketArn: string): boolean {
  return anyOf(
    () => bucket.policy?.statements.some((statement) => letsLogsIn(statement, bucketArn)) ?? false,
    () => bucket.ownership !== 'BucketOwnerEnforced' && someOf(bucket.acl, isLogDelivery),
  );
}

function letsLogsIn({ effect, principals, actions, resources }: PolicyStatement, bucketArn: string): boolean {
  return (
    effect === 'Allow' &&
    principals?.service.includes('logging.s3.amazonaws.com') === true &&
    actions?.some((pattern) => patternCovers(pattern.toLowerCase(), 's3:putobject')) === true &&
    resources?.some((pattern) => patternsOverlap(widenVariables(pattern), `${bucketArn}/*`)) === true
  );
}

function isLogDelivery({ grantee, permission }: AclGrant): boolean {
  return grantee === 'log-delivery' && (permission === 'WRITE' || permission === 'FULL_CONTROL');
}
