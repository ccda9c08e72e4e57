// Written by `npm run generate` from the files in checks/.
import accessanalyzerRegionExternalAccessAnalyzed from './accessanalyzer/region-external-access-analyzed.ts';
import accessanalyzerRegionPublicAccessAbsent from './accessanalyzer/region-public-access-absent.ts';
import accountContactRegistered from './account/contact-registered.ts';
import accountExceptionsCurrent from './account/exceptions-current.ts';
import accountOrganizationJoined from './account/organization-joined.ts';
import accountPeopleFederated from './account/people-federated.ts';
import accountRootCredentialsAbsent from './account/root-credentials-absent.ts';
import accountRootMfaEnabled from './account/root-mfa-enabled.ts';
import accountRootMfaHardware from './account/root-mfa-hardware.ts';
import accountRootUnused from './account/root-unused.ts';
import accountSecurityContactRegistered from './account/security-contact-registered.ts';
import accountSupportRolePresent from './account/support-role-present.ts';
import apigatewayStageAccessLogged from './apigateway/stage-access-logged.ts';
import autoscalingGroupImageCurrent from './autoscaling/group-image-current.ts';
import autoscalingGroupImdsv2Required from './autoscaling/group-imdsv2-required.ts';
import autoscalingGroupLaunchTemplateUsed from './autoscaling/group-launch-template-used.ts';
import autoscalingGroupPublicAddressAbsent from './autoscaling/group-public-address-absent.ts';
import autoscalingGroupSecretsAbsent from './autoscaling/group-secrets-absent.ts';
import autoscalingGroupSeveralZones from './autoscaling/group-several-zones.ts';
import type { AnyCheck, Verdict } from './check.ts';
import cloudfrontDistributionAccessLogged from './cloudfront/distribution-access-logged.ts';
import cloudfrontDistributionBucketOriginsSigned from './cloudfront/distribution-bucket-origins-signed.ts';
import cloudfrontDistributionHttpsOnly from './cloudfront/distribution-https-only.ts';
import cloudfrontDistributionRootObjectSet from './cloudfront/distribution-root-object-set.ts';
import cloudfrontDistributionTlsCurrent from './cloudfront/distribution-tls-current.ts';
import cloudfrontDistributionWebAclAttached from './cloudfront/distribution-web-acl-attached.ts';
import cloudtrailObjectReadsRecorded from './cloudtrail/object-reads-recorded.ts';
import cloudtrailObjectWritesRecorded from './cloudtrail/object-writes-recorded.ts';
import cloudtrailRegionEventsDelivered from './cloudtrail/region-events-delivered.ts';
import cloudtrailTrailBucketAccessLogged from './cloudtrail/trail-bucket-access-logged.ts';
import cloudtrailTrailBucketMfaDelete from './cloudtrail/trail-bucket-mfa-delete.ts';
import cloudtrailTrailBucketPrivate from './cloudtrail/trail-bucket-private.ts';
import cloudtrailTrailCloudwatchDelivered from './cloudtrail/trail-cloudwatch-delivered.ts';
import cloudtrailTrailEncrypted from './cloudtrail/trail-encrypted.ts';
import cloudtrailTrailLogValidation from './cloudtrail/trail-log-validation.ts';
import cloudtrailTrailLogsDelivered from './cloudtrail/trail-logs-delivered.ts';
import cloudtrailTrailMultiRegion from './cloudtrail/trail-multi-region.ts';
import cloudwatchBucketPolicyChangesMonitored from './cloudwatch/bucket-policy-changes-monitored.ts';
import cloudwatchCloudtrailChangesMonitored from './cloudwatch/cloudtrail-changes-monitored.ts';
import cloudwatchConfigChangesMonitored from './cloudwatch/config-changes-monitored.ts';
import cloudwatchConsoleSignInFailuresMonitored from './cloudwatch/console-sign-in-failures-monitored.ts';
import cloudwatchConsoleSignInWithoutMfaMonitored from './cloudwatch/console-sign-in-without-mfa-monitored.ts';
import cloudwatchIamPolicyChangesMonitored from './cloudwatch/iam-policy-changes-monitored.ts';
import cloudwatchKmsKeyDisablingMonitored from './cloudwatch/kms-key-disabling-monitored.ts';
import cloudwatchNetworkAclChangesMonitored from './cloudwatch/network-acl-changes-monitored.ts';
import cloudwatchNetworkGatewayChangesMonitored from './cloudwatch/network-gateway-changes-monitored.ts';
import cloudwatchOrganizationChangesMonitored from './cloudwatch/organization-changes-monitored.ts';
import cloudwatchRootUseMonitored from './cloudwatch/root-use-monitored.ts';
import cloudwatchRouteTableChangesMonitored from './cloudwatch/route-table-changes-monitored.ts';
import cloudwatchSecurityGroupChangesMonitored from './cloudwatch/security-group-changes-monitored.ts';
import cloudwatchUnauthorizedCallsMonitored from './cloudwatch/unauthorized-calls-monitored.ts';
import cloudwatchVpcChangesMonitored from './cloudwatch/vpc-changes-monitored.ts';
import configAccountGlobalTypesRecorded from './config/account-global-types-recorded.ts';
import configRegionRecorded from './config/region-recorded.ts';
import ec2DefaultSecurityGroupEmpty from './ec2/default-security-group-empty.ts';
import ec2EbsEncryptionDefault from './ec2/ebs-encryption-default.ts';
import ec2ImagePrivate from './ec2/image-private.ts';
import ec2InstanceAdminPortsUnreachable from './ec2/instance-admin-ports-unreachable.ts';
import ec2InstanceExposedMaintained from './ec2/instance-exposed-maintained.ts';
import ec2InstanceExposedRoleLimited from './ec2/instance-exposed-role-limited.ts';
import ec2InstanceImageAge from './ec2/instance-image-age.ts';
import ec2InstanceImageCurrent from './ec2/instance-image-current.ts';
import ec2InstanceImageSupported from './ec2/instance-image-supported.ts';
import ec2InstanceImageTrusted from './ec2/instance-image-trusted.ts';
import ec2InstanceImdsv2Required from './ec2/instance-imdsv2-required.ts';
import ec2InstanceManaged from './ec2/instance-managed.ts';
import ec2InstanceMetadataHopLimit from './ec2/instance-metadata-hop-limit.ts';
import ec2InstanceOsSupported from './ec2/instance-os-supported.ts';
import ec2InstancePatched from './ec2/instance-patched.ts';
import ec2InstanceProfileAttached from './ec2/instance-profile-attached.ts';
import ec2InstancePublicAddressAbsent from './ec2/instance-public-address-absent.ts';
import ec2InstanceRebuilt from './ec2/instance-rebuilt.ts';
import ec2InstanceServicePortsUnreachable from './ec2/instance-service-ports-unreachable.ts';
import ec2LaunchTemplateImageCurrent from './ec2/launch-template-image-current.ts';
import ec2LaunchTemplateImdsv2Required from './ec2/launch-template-imdsv2-required.ts';
import ec2LaunchTemplatePublicAddressAbsent from './ec2/launch-template-public-address-absent.ts';
import ec2LaunchTemplateSecretsAbsent from './ec2/launch-template-secrets-absent.ts';
import ec2NetworkAclAdminPortsClosed from './ec2/network-acl-admin-ports-closed.ts';
import ec2RegionAllowedImagesEnforced from './ec2/region-allowed-images-enforced.ts';
import ec2RegionImdsv2Default from './ec2/region-imdsv2-default.ts';
import ec2RegionPublicImagesBlocked from './ec2/region-public-images-blocked.ts';
import ec2RegionPublicSnapshotsBlocked from './ec2/region-public-snapshots-blocked.ts';
import ec2RegionSerialConsoleOff from './ec2/region-serial-console-off.ts';
import ec2RegionVpcPublicAccessBlocked from './ec2/region-vpc-public-access-blocked.ts';
import ec2SecurityGroupAdminPortsClosed from './ec2/security-group-admin-ports-closed.ts';
import ec2SecurityGroupAllTrafficClosed from './ec2/security-group-all-traffic-closed.ts';
import ec2SecurityGroupDatabasePortsClosed from './ec2/security-group-database-ports-closed.ts';
import ec2SecurityGroupPortsClosed from './ec2/security-group-ports-closed.ts';
import ec2SecurityGroupPublicRangesNarrow from './ec2/security-group-public-ranges-narrow.ts';
import ec2SecurityGroupUsed from './ec2/security-group-used.ts';
import ec2SnapshotEncrypted from './ec2/snapshot-encrypted.ts';
import ec2SnapshotPrivate from './ec2/snapshot-private.ts';
import ec2SubnetPublicAddressesOff from './ec2/subnet-public-addresses-off.ts';
import ec2VolumeEncrypted from './ec2/volume-encrypted.ts';
import ec2VpcEndpointPolicyLimited from './ec2/vpc-endpoint-policy-limited.ts';
import ec2VpcEndpointServicePrincipalsKnown from './ec2/vpc-endpoint-service-principals-known.ts';
import ec2VpcFlowLogsEnabled from './ec2/vpc-flow-logs-enabled.ts';
import ec2VpcPeeringConnectionRoutesNarrow from './ec2/vpc-peering-connection-routes-narrow.ts';
import ec2VpcServiceEndpointsPresent from './ec2/vpc-service-endpoints-present.ts';
import ecrRepositoryPolicyClosed from './ecr/repository-policy-closed.ts';
import ecrRepositoryScannedOnPush from './ecr/repository-scanned-on-push.ts';
import ecrRepositoryTagsImmutable from './ecr/repository-tags-immutable.ts';
import efsFileSystemEncrypted from './efs/file-system-encrypted.ts';
import efsFileSystemPolicyClosed from './efs/file-system-policy-closed.ts';
import efsFileSystemTlsOnly from './efs/file-system-tls-only.ts';
import elbLoadBalancerAccessLogged from './elb/load-balancer-access-logged.ts';
import elbLoadBalancerDeletionProtected from './elb/load-balancer-deletion-protected.ts';
import elbLoadBalancerDesyncMitigated from './elb/load-balancer-desync-mitigated.ts';
import elbLoadBalancerHttpRedirected from './elb/load-balancer-http-redirected.ts';
import elbLoadBalancerInvalidHeadersDropped from './elb/load-balancer-invalid-headers-dropped.ts';
import elbLoadBalancerTlsCurrent from './elb/load-balancer-tls-current.ts';
import guarddutyRegionEnabled from './guardduty/region-enabled.ts';
import guarddutyRegionProtectionsEnabled from './guardduty/region-protections-enabled.ts';
import iamIdentityProviderUsed from './iam/identity-provider-used.ts';
import iamPasswordPolicyLength from './iam/password-policy-length.ts';
import iamPasswordPolicyReusePrevented from './iam/password-policy-reuse-prevented.ts';
import iamPolicyRoleAssumptionLimited from './iam/policy-role-assumption-limited.ts';
import iamPrincipalAdminAbsent from './iam/principal-admin-absent.ts';
import iamPrincipalCloudshellRestricted from './iam/principal-cloudshell-restricted.ts';
import iamPrincipalEscalationAbsent from './iam/principal-escalation-absent.ts';
import iamRoleForeignTrustNotAdmin from './iam/role-foreign-trust-not-admin.ts';
import iamRoleForeignTrustReadLimited from './iam/role-foreign-trust-read-limited.ts';
import iamRoleSamlAudienceRequired from './iam/role-saml-audience-required.ts';
import iamRoleServiceTrustBound from './iam/role-service-trust-bound.ts';
import iamRoleTrustClosed from './iam/role-trust-closed.ts';
import iamRoleTrustPrincipalsExist from './iam/role-trust-principals-exist.ts';
import iamRoleUsed from './iam/role-used.ts';
import iamSamlProviderValid from './iam/saml-provider-valid.ts';
import iamServerCertificateValid from './iam/server-certificate-valid.ts';
import iamUserAdminMfaEnabled from './iam/user-admin-mfa-enabled.ts';
import iamUserConsoleMfaEnabled from './iam/user-console-mfa-enabled.ts';
import iamUserConsoleWithoutKeys from './iam/user-console-without-keys.ts';
import iamUserCredentialsUsed from './iam/user-credentials-used.ts';
import iamUserInactiveKeysDeleted from './iam/user-inactive-keys-deleted.ts';
import iamUserKeysRotated from './iam/user-keys-rotated.ts';
import iamUserMfaPhishingResistant from './iam/user-mfa-phishing-resistant.ts';
import iamUserPermissionsThroughGroups from './iam/user-permissions-through-groups.ts';
import iamUserSingleActiveKey from './iam/user-single-active-key.ts';
import inspectorRegionEnabled from './inspector/region-enabled.ts';
import inspectorRegionSevereFindingsAbsent from './inspector/region-severe-findings-absent.ts';
import kmsKeyKept from './kms/key-kept.ts';
import kmsKeyPolicyClosed from './kms/key-policy-closed.ts';
import kmsKeyRotationEnabled from './kms/key-rotation-enabled.ts';
import lambdaFunctionPolicyClosed from './lambda/function-policy-closed.ts';
import lambdaFunctionRuntimeSupported from './lambda/function-runtime-supported.ts';
import lambdaFunctionServicesBound from './lambda/function-services-bound.ts';
import lambdaFunctionUrlAuthenticated from './lambda/function-url-authenticated.ts';
import macieRegionEnabled from './macie/region-enabled.ts';
import organizationsOrganizationGuardrailsAttached from './organizations/organization-guardrails-attached.ts';
import organizationsOrganizationManagementAccountIdle from './organizations/organization-management-account-idle.ts';
import organizationsOrganizationPoliciesDelegated from './organizations/organization-policies-delegated.ts';
import organizationsOrganizationRootAccessCentralized from './organizations/organization-root-access-centralized.ts';
import organizationsOrganizationRootWithoutAccounts from './organizations/organization-root-without-accounts.ts';
import organizationsOrganizationServicesDelegated from './organizations/organization-services-delegated.ts';
import rdsDatabaseBackupsKept from './rds/database-backups-kept.ts';
import rdsDatabaseDeletionProtected from './rds/database-deletion-protected.ts';
import rdsDatabaseEngineSupported from './rds/database-engine-supported.ts';
import rdsDatabaseIamAuthentication from './rds/database-iam-authentication.ts';
import rdsDatabaseMinorUpgradesAutomatic from './rds/database-minor-upgrades-automatic.ts';
import rdsDatabaseMultiAz from './rds/database-multi-az.ts';
import rdsDatabaseStorageEncrypted from './rds/database-storage-encrypted.ts';
import rdsInstanceCertificateValid from './rds/instance-certificate-valid.ts';
import rdsInstancePrivate from './rds/instance-private.ts';
import rdsSnapshotEncrypted from './rds/snapshot-encrypted.ts';
import rdsSnapshotPrivate from './rds/snapshot-private.ts';
import rdsSnapshotSharedWithTrusted from './rds/snapshot-shared-with-trusted.ts';
import s3AccessPointPolicyClosed from './s3/access-point-policy-closed.ts';
import s3AccessPointPublicAccessBlocked from './s3/access-point-public-access-blocked.ts';
import s3AccountPublicAccessBlocked from './s3/account-public-access-blocked.ts';
import s3BucketAccessLogged from './s3/bucket-access-logged.ts';
import s3BucketAclsDisabled from './s3/bucket-acls-disabled.ts';
import s3BucketMfaDeleteEnabled from './s3/bucket-mfa-delete-enabled.ts';
import s3BucketPublicAccessBlocked from './s3/bucket-public-access-blocked.ts';
import s3BucketPublicReadAbsent from './s3/bucket-public-read-absent.ts';
import s3BucketPublicWriteAbsent from './s3/bucket-public-write-absent.ts';
import s3BucketSharedWithTrusted from './s3/bucket-shared-with-trusted.ts';
import s3BucketTlsOnly from './s3/bucket-tls-only.ts';
import s3BucketVersioningEnabled from './s3/bucket-versioning-enabled.ts';
import s3MultiRegionAccessPointPublicAccessBlocked from './s3/multi-region-access-point-public-access-blocked.ts';
import secretsmanagerSecretPolicyClosed from './secretsmanager/secret-policy-closed.ts';
import secretsmanagerSecretRotated from './secretsmanager/secret-rotated.ts';
import secretsmanagerSecretRotationEnabled from './secretsmanager/secret-rotation-enabled.ts';
import secretsmanagerSecretUsed from './secretsmanager/secret-used.ts';
import securityhubRegionEnabled from './securityhub/region-enabled.ts';
import securityhubRegionStandardEnabled from './securityhub/region-standard-enabled.ts';
import snsTopicEncrypted from './sns/topic-encrypted.ts';
import snsTopicPolicyClosed from './sns/topic-policy-closed.ts';
import snsTopicSubscriptionsTlsOnly from './sns/topic-subscriptions-tls-only.ts';
import sqsQueueEncrypted from './sqs/queue-encrypted.ts';
import sqsQueuePolicyClosed from './sqs/queue-policy-closed.ts';
import ssmDocumentPrivate from './ssm/document-private.ts';
import ssmRegionPublicDocumentsBlocked from './ssm/region-public-documents-blocked.ts';

/** Every check, by id. */
export const checks: readonly AnyCheck[] = [
  accessanalyzerRegionExternalAccessAnalyzed,
  accessanalyzerRegionPublicAccessAbsent,
  accountContactRegistered,
  accountExceptionsCurrent,
  accountOrganizationJoined,
  accountPeopleFederated,
  accountRootCredentialsAbsent,
  accountRootMfaEnabled,
  accountRootMfaHardware,
  accountRootUnused,
  accountSecurityContactRegistered,
  accountSupportRolePresent,
  apigatewayStageAccessLogged,
  autoscalingGroupImageCurrent,
  autoscalingGroupImdsv2Required,
  autoscalingGroupLaunchTemplateUsed,
  autoscalingGroupPublicAddressAbsent,
  autoscalingGroupSecretsAbsent,
  autoscalingGroupSeveralZones,
  cloudfrontDistributionAccessLogged,
  cloudfrontDistributionBucketOriginsSigned,
  cloudfrontDistributionHttpsOnly,
  cloudfrontDistributionRootObjectSet,
  cloudfrontDistributionTlsCurrent,
  cloudfrontDistributionWebAclAttached,
  cloudtrailObjectReadsRecorded,
  cloudtrailObjectWritesRecorded,
  cloudtrailRegionEventsDelivered,
  cloudtrailTrailBucketAccessLogged,
  cloudtrailTrailBucketMfaDelete,
  cloudtrailTrailBucketPrivate,
  cloudtrailTrailCloudwatchDelivered,
  cloudtrailTrailEncrypted,
  cloudtrailTrailLogValidation,
  cloudtrailTrailLogsDelivered,
  cloudtrailTrailMultiRegion,
  cloudwatchBucketPolicyChangesMonitored,
  cloudwatchCloudtrailChangesMonitored,
  cloudwatchConfigChangesMonitored,
  cloudwatchConsoleSignInFailuresMonitored,
  cloudwatchConsoleSignInWithoutMfaMonitored,
  cloudwatchIamPolicyChangesMonitored,
  cloudwatchKmsKeyDisablingMonitored,
  cloudwatchNetworkAclChangesMonitored,
  cloudwatchNetworkGatewayChangesMonitored,
  cloudwatchOrganizationChangesMonitored,
  cloudwatchRootUseMonitored,
  cloudwatchRouteTableChangesMonitored,
  cloudwatchSecurityGroupChangesMonitored,
  cloudwatchUnauthorizedCallsMonitored,
  cloudwatchVpcChangesMonitored,
  configAccountGlobalTypesRecorded,
  configRegionRecorded,
  ec2DefaultSecurityGroupEmpty,
  ec2EbsEncryptionDefault,
  ec2ImagePrivate,
  ec2InstanceAdminPortsUnreachable,
  ec2InstanceExposedMaintained,
  ec2InstanceExposedRoleLimited,
  ec2InstanceImageAge,
  ec2InstanceImageCurrent,
  ec2InstanceImageSupported,
  ec2InstanceImageTrusted,
  ec2InstanceImdsv2Required,
  ec2InstanceManaged,
  ec2InstanceMetadataHopLimit,
  ec2InstanceOsSupported,
  ec2InstancePatched,
  ec2InstanceProfileAttached,
  ec2InstancePublicAddressAbsent,
  ec2InstanceRebuilt,
  ec2InstanceServicePortsUnreachable,
  ec2LaunchTemplateImageCurrent,
  ec2LaunchTemplateImdsv2Required,
  ec2LaunchTemplatePublicAddressAbsent,
  ec2LaunchTemplateSecretsAbsent,
  ec2NetworkAclAdminPortsClosed,
  ec2RegionAllowedImagesEnforced,
  ec2RegionImdsv2Default,
  ec2RegionPublicImagesBlocked,
  ec2RegionPublicSnapshotsBlocked,
  ec2RegionSerialConsoleOff,
  ec2RegionVpcPublicAccessBlocked,
  ec2SecurityGroupAdminPortsClosed,
  ec2SecurityGroupAllTrafficClosed,
  ec2SecurityGroupDatabasePortsClosed,
  ec2SecurityGroupPortsClosed,
  ec2SecurityGroupPublicRangesNarrow,
  ec2SecurityGroupUsed,
  ec2SnapshotEncrypted,
  ec2SnapshotPrivate,
  ec2SubnetPublicAddressesOff,
  ec2VolumeEncrypted,
  ec2VpcEndpointPolicyLimited,
  ec2VpcEndpointServicePrincipalsKnown,
  ec2VpcFlowLogsEnabled,
  ec2VpcPeeringConnectionRoutesNarrow,
  ec2VpcServiceEndpointsPresent,
  ecrRepositoryPolicyClosed,
  ecrRepositoryScannedOnPush,
  ecrRepositoryTagsImmutable,
  efsFileSystemEncrypted,
  efsFileSystemPolicyClosed,
  efsFileSystemTlsOnly,
  elbLoadBalancerAccessLogged,
  elbLoadBalancerDeletionProtected,
  elbLoadBalancerDesyncMitigated,
  elbLoadBalancerHttpRedirected,
  elbLoadBalancerInvalidHeadersDropped,
  elbLoadBalancerTlsCurrent,
  guarddutyRegionEnabled,
  guarddutyRegionProtectionsEnabled,
  iamIdentityProviderUsed,
  iamPasswordPolicyLength,
  iamPasswordPolicyReusePrevented,
  iamPolicyRoleAssumptionLimited,
  iamPrincipalAdminAbsent,
  iamPrincipalCloudshellRestricted,
  iamPrincipalEscalationAbsent,
  iamRoleForeignTrustNotAdmin,
  iamRoleForeignTrustReadLimited,
  iamRoleSamlAudienceRequired,
  iamRoleServiceTrustBound,
  iamRoleTrustClosed,
  iamRoleTrustPrincipalsExist,
  iamRoleUsed,
  iamSamlProviderValid,
  iamServerCertificateValid,
  iamUserAdminMfaEnabled,
  iamUserConsoleMfaEnabled,
  iamUserConsoleWithoutKeys,
  iamUserCredentialsUsed,
  iamUserInactiveKeysDeleted,
  iamUserKeysRotated,
  iamUserMfaPhishingResistant,
  iamUserPermissionsThroughGroups,
  iamUserSingleActiveKey,
  inspectorRegionEnabled,
  inspectorRegionSevereFindingsAbsent,
  kmsKeyKept,
  kmsKeyPolicyClosed,
  kmsKeyRotationEnabled,
  lambdaFunctionPolicyClosed,
  lambdaFunctionRuntimeSupported,
  lambdaFunctionServicesBound,
  lambdaFunctionUrlAuthenticated,
  macieRegionEnabled,
  organizationsOrganizationGuardrailsAttached,
  organizationsOrganizationManagementAccountIdle,
  organizationsOrganizationPoliciesDelegated,
  organizationsOrganizationRootAccessCentralized,
  organizationsOrganizationRootWithoutAccounts,
  organizationsOrganizationServicesDelegated,
  rdsDatabaseBackupsKept,
  rdsDatabaseDeletionProtected,
  rdsDatabaseEngineSupported,
  rdsDatabaseIamAuthentication,
  rdsDatabaseMinorUpgradesAutomatic,
  rdsDatabaseMultiAz,
  rdsDatabaseStorageEncrypted,
  rdsInstanceCertificateValid,
  rdsInstancePrivate,
  rdsSnapshotEncrypted,
  rdsSnapshotPrivate,
  rdsSnapshotSharedWithTrusted,
  s3AccessPointPolicyClosed,
  s3AccessPointPublicAccessBlocked,
  s3AccountPublicAccessBlocked,
  s3BucketAccessLogged,
  s3BucketAclsDisabled,
  s3BucketMfaDeleteEnabled,
  s3BucketPublicAccessBlocked,
  s3BucketPublicReadAbsent,
  s3BucketPublicWriteAbsent,
  s3BucketSharedWithTrusted,
  s3BucketTlsOnly,
  s3BucketVersioningEnabled,
  s3MultiRegionAccessPointPublicAccessBlocked,
  secretsmanagerSecretPolicyClosed,
  secretsmanagerSecretRotated,
  secretsmanagerSecretRotationEnabled,
  secretsmanagerSecretUsed,
  securityhubRegionEnabled,
  securityhubRegionStandardEnabled,
  snsTopicEncrypted,
  snsTopicPolicyClosed,
  snsTopicSubscriptionsTlsOnly,
  sqsQueueEncrypted,
  sqsQueuePolicyClosed,
  ssmDocumentPrivate,
  ssmRegionPublicDocumentsBlocked,
];

/** Calls a check on a view of its own resource type: the one place where the pairing of check and type is asserted, not inferred. */
export function judge(check: AnyCheck, view: object, params: object): Verdict {
  return check.evaluate(view as never, params as never);
}
