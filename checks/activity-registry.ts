// Written by `npm run generate` from the files in checks/.
import type { CloudTrailEvent } from '../inventory/events/event.ts';
import activityAccessAnalyzerTampered from './activity/access-analyzer-tampered.ts';
import activityAccountClosed from './activity/account-closed.ts';
import activityAccountContactChanged from './activity/account-contact-changed.ts';
import activityAlarmDeleted from './activity/alarm-deleted.ts';
import activityApisProbed from './activity/apis-probed.ts';
import activityBucketOpened from './activity/bucket-opened.ts';
import activityBucketPolicyChanged from './activity/bucket-policy-changed.ts';
import activityCallRefused from './activity/call-refused.ts';
import activityCallsRefused from './activity/calls-refused.ts';
import activityCloudtrailChanged from './activity/cloudtrail-changed.ts';
import activityCloudtrailTampered from './activity/cloudtrail-tampered.ts';
import activityConfigChanged from './activity/config-changed.ts';
import activityConfigRecorderTampered from './activity/config-recorder-tampered.ts';
import activityConsoleSignInWithoutMfa from './activity/console-sign-in-without-mfa.ts';
import activityDatabaseMadePublic from './activity/database-made-public.ts';
import activityDatabaseSnapshotShared from './activity/database-snapshot-shared.ts';
import activityDetectionServiceDisabled from './activity/detection-service-disabled.ts';
import activityEbsEncryptionDefaultDisabled from './activity/ebs-encryption-default-disabled.ts';
import activityEventNotUnderstood from './activity/event-not-understood.ts';
import activityFederatedSignInRefused from './activity/federated-sign-in-refused.ts';
import activityFederationTokenIssued from './activity/federation-token-issued.ts';
import activityGuarddutyTampered from './activity/guardduty-tampered.ts';
import activityIamAdminGranted from './activity/iam-admin-granted.ts';
import activityIamBoundaryRemoved from './activity/iam-boundary-removed.ts';
import activityIamKeyCreatedForAnother from './activity/iam-key-created-for-another.ts';
import activityIamKeyQuarantined from './activity/iam-key-quarantined.ts';
import activityIamLoginProfileChanged from './activity/iam-login-profile-changed.ts';
import activityIamMfaRemoved from './activity/iam-mfa-removed.ts';
import activityIamPolicyChanged from './activity/iam-policy-changed.ts';
import activityIamTrustOpened from './activity/iam-trust-opened.ts';
import activityIdentityCenterAdminAssigned from './activity/identity-center-admin-assigned.ts';
import activityIdentityCenterSourceChanged from './activity/identity-center-source-changed.ts';
import activityIdentityProviderChanged from './activity/identity-provider-changed.ts';
import activityImageShared from './activity/image-shared.ts';
import activityKmsKeyDisabled from './activity/kms-key-disabled.ts';
import activityLogGroupDeleted from './activity/log-group-deleted.ts';
import activityNetworkAclChanged from './activity/network-acl-changed.ts';
import activityNetworkGatewayChanged from './activity/network-gateway-changed.ts';
import activityNetworkLoggingStopped from './activity/network-logging-stopped.ts';
import activityOrganizationChanged from './activity/organization-changed.ts';
import activityOrganizationGuardrailRemoved from './activity/organization-guardrail-removed.ts';
import activityOwnDeploymentTampered from './activity/own-deployment-tampered.ts';
import activityPasswordDataRead from './activity/password-data-read.ts';
import activityPublicAccessBlockRemoved from './activity/public-access-block-removed.ts';
import activityPublicSharingBlockDisabled from './activity/public-sharing-block-disabled.ts';
import activityRegionEnabled from './activity/region-enabled.ts';
import activityRemoteAccess from './activity/remote-access.ts';
import activityResourcePolicyOpened from './activity/resource-policy-opened.ts';
import activityRolesAnywhereChanged from './activity/roles-anywhere-changed.ts';
import activityRootAssumed from './activity/root-assumed.ts';
import activityRootCredentialsChanged from './activity/root-credentials-changed.ts';
import activityRootSignInFailed from './activity/root-sign-in-failed.ts';
import activityRootSignedIn from './activity/root-signed-in.ts';
import activityRootUsed from './activity/root-used.ts';
import activityRouteTableChanged from './activity/route-table-changed.ts';
import activitySecurityGroupChanged from './activity/security-group-changed.ts';
import activitySecurityHubTampered from './activity/security-hub-tampered.ts';
import activitySerialConsoleEnabled from './activity/serial-console-enabled.ts';
import activitySignInFailed from './activity/sign-in-failed.ts';
import activitySignInFailuresRepeated from './activity/sign-in-failures-repeated.ts';
import activitySignInTokenIssued from './activity/sign-in-token-issued.ts';
import activitySignInUsersTried from './activity/sign-in-users-tried.ts';
import activitySnapshotShared from './activity/snapshot-shared.ts';
import activityTrafficMirrored from './activity/traffic-mirrored.ts';
import activityUserDataChanged from './activity/user-data-changed.ts';
import activityUserDataRead from './activity/user-data-read.ts';
import activityVpcChanged from './activity/vpc-changed.ts';
import activityVpcPublicAccessBlockRemoved from './activity/vpc-public-access-block-removed.ts';
import activityWebAclTampered from './activity/web-acl-tampered.ts';
import type { Activity, AnyActivityCheck } from './activity.ts';
import type { Params } from './check.ts';

/** Every activity check, by id. */
export const activityChecks: readonly AnyActivityCheck[] = [
  activityAccessAnalyzerTampered,
  activityAccountClosed,
  activityAccountContactChanged,
  activityAlarmDeleted,
  activityApisProbed,
  activityBucketOpened,
  activityBucketPolicyChanged,
  activityCallRefused,
  activityCallsRefused,
  activityCloudtrailChanged,
  activityCloudtrailTampered,
  activityConfigChanged,
  activityConfigRecorderTampered,
  activityConsoleSignInWithoutMfa,
  activityDatabaseMadePublic,
  activityDatabaseSnapshotShared,
  activityDetectionServiceDisabled,
  activityEbsEncryptionDefaultDisabled,
  activityEventNotUnderstood,
  activityFederatedSignInRefused,
  activityFederationTokenIssued,
  activityGuarddutyTampered,
  activityIamAdminGranted,
  activityIamBoundaryRemoved,
  activityIamKeyCreatedForAnother,
  activityIamKeyQuarantined,
  activityIamLoginProfileChanged,
  activityIamMfaRemoved,
  activityIamPolicyChanged,
  activityIamTrustOpened,
  activityIdentityCenterAdminAssigned,
  activityIdentityCenterSourceChanged,
  activityIdentityProviderChanged,
  activityImageShared,
  activityKmsKeyDisabled,
  activityLogGroupDeleted,
  activityNetworkAclChanged,
  activityNetworkGatewayChanged,
  activityNetworkLoggingStopped,
  activityOrganizationChanged,
  activityOrganizationGuardrailRemoved,
  activityOwnDeploymentTampered,
  activityPasswordDataRead,
  activityPublicAccessBlockRemoved,
  activityPublicSharingBlockDisabled,
  activityRegionEnabled,
  activityRemoteAccess,
  activityResourcePolicyOpened,
  activityRolesAnywhereChanged,
  activityRootAssumed,
  activityRootCredentialsChanged,
  activityRootSignInFailed,
  activityRootSignedIn,
  activityRootUsed,
  activityRouteTableChanged,
  activitySecurityGroupChanged,
  activitySecurityHubTampered,
  activitySerialConsoleEnabled,
  activitySignInFailed,
  activitySignInFailuresRepeated,
  activitySignInTokenIssued,
  activitySignInUsersTried,
  activitySnapshotShared,
  activityTrafficMirrored,
  activityUserDataChanged,
  activityUserDataRead,
  activityVpcChanged,
  activityVpcPublicAccessBlockRemoved,
  activityWebAclTampered,
];

/** Calls an activity check with params that have the form of its own: the one place where the pairing of the two is asserted, not inferred. */
export function judgeActivity(check: AnyActivityCheck, event: CloudTrailEvent, params: Params): Activity | undefined {
  return check.evaluate(event, params as never);
}
