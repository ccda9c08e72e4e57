// Written by `npm run generate` from the files in checks/.
import accountRootCredentialsAbsent from './account/root-credentials-absent.ts';
import accountRootMfaEnabled from './account/root-mfa-enabled.ts';
import accountRootMfaHardware from './account/root-mfa-hardware.ts';
import accountRootUnused from './account/root-unused.ts';
import type { AnyCheck, Verdict } from './check.ts';
import cloudtrailRegionEventsDelivered from './cloudtrail/region-events-delivered.ts';
import cloudtrailTrailBucketPrivate from './cloudtrail/trail-bucket-private.ts';
import cloudtrailTrailLogValidation from './cloudtrail/trail-log-validation.ts';
import cloudtrailTrailMultiRegion from './cloudtrail/trail-multi-region.ts';
import ec2DefaultSecurityGroupEmpty from './ec2/default-security-group-empty.ts';
import ec2EbsEncryptionDefault from './ec2/ebs-encryption-default.ts';
import ec2ImagePrivate from './ec2/image-private.ts';
import ec2InstanceAdminPortsUnreachable from './ec2/instance-admin-ports-unreachable.ts';
import ec2InstanceImageAge from './ec2/instance-image-age.ts';
import ec2InstanceImageCurrent from './ec2/instance-image-current.ts';
import ec2InstanceImageSupported from './ec2/instance-image-supported.ts';
import ec2InstanceImageTrusted from './ec2/instance-image-trusted.ts';
import ec2InstanceImdsv2Required from './ec2/instance-imdsv2-required.ts';
import ec2InstanceOsSupported from './ec2/instance-os-supported.ts';
import ec2InstancePatched from './ec2/instance-patched.ts';
import ec2LaunchTemplateImageCurrent from './ec2/launch-template-image-current.ts';
import ec2NetworkAclAdminPortsClosed from './ec2/network-acl-admin-ports-closed.ts';
import ec2SecurityGroupAdminPortsClosed from './ec2/security-group-admin-ports-closed.ts';
import ec2SecurityGroupAllTrafficClosed from './ec2/security-group-all-traffic-closed.ts';
import ec2SecurityGroupDatabasePortsClosed from './ec2/security-group-database-ports-closed.ts';
import ec2SecurityGroupPortsClosed from './ec2/security-group-ports-closed.ts';
import ec2SnapshotPrivate from './ec2/snapshot-private.ts';
import iamPrincipalAdminAbsent from './iam/principal-admin-absent.ts';
import iamRoleTrustClosed from './iam/role-trust-closed.ts';
import iamUserAdminMfaEnabled from './iam/user-admin-mfa-enabled.ts';
import iamUserConsoleMfaEnabled from './iam/user-console-mfa-enabled.ts';
import iamUserCredentialsUsed from './iam/user-credentials-used.ts';
import iamUserKeysRotated from './iam/user-keys-rotated.ts';
import iamUserPermissionsThroughGroups from './iam/user-permissions-through-groups.ts';
import iamUserSingleActiveKey from './iam/user-single-active-key.ts';
import s3AccountPublicAccessBlocked from './s3/account-public-access-blocked.ts';
import s3BucketPublicAccessBlocked from './s3/bucket-public-access-blocked.ts';
import s3BucketPublicReadAbsent from './s3/bucket-public-read-absent.ts';
import s3BucketPublicWriteAbsent from './s3/bucket-public-write-absent.ts';
import s3BucketTlsOnly from './s3/bucket-tls-only.ts';

/** Every check, by id. */
export const checks: readonly AnyCheck[] = [
  accountRootCredentialsAbsent,
  accountRootMfaEnabled,
  accountRootMfaHardware,
  accountRootUnused,
  cloudtrailRegionEventsDelivered,
  cloudtrailTrailBucketPrivate,
  cloudtrailTrailLogValidation,
  cloudtrailTrailMultiRegion,
  ec2DefaultSecurityGroupEmpty,
  ec2EbsEncryptionDefault,
  ec2ImagePrivate,
  ec2InstanceAdminPortsUnreachable,
  ec2InstanceImageAge,
  ec2InstanceImageCurrent,
  ec2InstanceImageSupported,
  ec2InstanceImageTrusted,
  ec2InstanceImdsv2Required,
  ec2InstanceOsSupported,
  ec2InstancePatched,
  ec2LaunchTemplateImageCurrent,
  ec2NetworkAclAdminPortsClosed,
  ec2SecurityGroupAdminPortsClosed,
  ec2SecurityGroupAllTrafficClosed,
  ec2SecurityGroupDatabasePortsClosed,
  ec2SecurityGroupPortsClosed,
  ec2SnapshotPrivate,
  iamPrincipalAdminAbsent,
  iamRoleTrustClosed,
  iamUserAdminMfaEnabled,
  iamUserConsoleMfaEnabled,
  iamUserCredentialsUsed,
  iamUserKeysRotated,
  iamUserPermissionsThroughGroups,
  iamUserSingleActiveKey,
  s3AccountPublicAccessBlocked,
  s3BucketPublicAccessBlocked,
  s3BucketPublicReadAbsent,
  s3BucketPublicWriteAbsent,
  s3BucketTlsOnly,
];

/** Calls a check on a view of its own resource type: the one place where the pairing of check and type is asserted, not inferred. */
export function judge(check: AnyCheck, view: object, params: object): Verdict {
  return check.evaluate(view as never, params as never);
}
