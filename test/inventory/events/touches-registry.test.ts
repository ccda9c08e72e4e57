import * as accessAnalyzer from '@aws-sdk/client-accessanalyzer';
import * as account from '@aws-sdk/client-account';
import * as apiGateway from '@aws-sdk/client-api-gateway';
import * as apiGatewayV2 from '@aws-sdk/client-apigatewayv2';
import * as autoScaling from '@aws-sdk/client-auto-scaling';
import * as cloudfront from '@aws-sdk/client-cloudfront';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as config from '@aws-sdk/client-config-service';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecr from '@aws-sdk/client-ecr';
import * as efs from '@aws-sdk/client-efs';
import * as classicLoadBalancing from '@aws-sdk/client-elastic-load-balancing';
import * as loadBalancing from '@aws-sdk/client-elastic-load-balancing-v2';
import * as globalAccelerator from '@aws-sdk/client-global-accelerator';
import * as guardDuty from '@aws-sdk/client-guardduty';
import * as iam from '@aws-sdk/client-iam';
import * as inspector from '@aws-sdk/client-inspector2';
import * as kms from '@aws-sdk/client-kms';
import * as lambda from '@aws-sdk/client-lambda';
import * as macie from '@aws-sdk/client-macie2';
import * as organizations from '@aws-sdk/client-organizations';
import * as rds from '@aws-sdk/client-rds';
import * as s3 from '@aws-sdk/client-s3';
import * as s3Control from '@aws-sdk/client-s3-control';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as securityHub from '@aws-sdk/client-securityhub';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { sources } from '../../../inventory/registry.ts';

const APIS: Readonly<Record<string, object>> = {
  'access-analyzer.amazonaws.com': accessAnalyzer,
  'account.amazonaws.com': account,
  'apigateway.amazonaws.com': { ...apiGateway, ...apiGatewayV2 },
  'autoscaling.amazonaws.com': autoScaling,
  'cloudfront.amazonaws.com': cloudfront,
  'cloudtrail.amazonaws.com': cloudtrail,
  'config.amazonaws.com': config,
  'ec2.amazonaws.com': ec2,
  'ecr.amazonaws.com': ecr,
  'elasticfilesystem.amazonaws.com': efs,
  'elasticloadbalancing.amazonaws.com': { ...classicLoadBalancing, ...loadBalancing },
  'globalaccelerator.amazonaws.com': globalAccelerator,
  'guardduty.amazonaws.com': guardDuty,
  'iam.amazonaws.com': iam,
  'inspector2.amazonaws.com': inspector,
  'kms.amazonaws.com': kms,
  'lambda.amazonaws.com': lambda,
  'logs.amazonaws.com': logs,
  'macie2.amazonaws.com': macie,
  'monitoring.amazonaws.com': cloudwatch,
  'organizations.amazonaws.com': organizations,
  'rds.amazonaws.com': rds,
  's3.amazonaws.com': { ...s3, ...s3Control },
  'secretsmanager.amazonaws.com': secretsManager,
  'securityhub.amazonaws.com': securityHub,
  'sns.amazonaws.com': sns,
  'sqs.amazonaws.com': sqs,
  'ssm.amazonaws.com': ssm,
};

/** Names that CloudTrail gives to operations that the API calls otherwise, or has in another client (Amazon S3 User Guide, "Amazon S3 CloudTrail events"). */
const OTHERWISE: Readonly<Record<string, string>> = {
  PutBucketPublicAccessBlock: 'PutPublicAccessBlock',
  DeleteBucketPublicAccessBlock: 'DeletePublicAccessBlock',
  PutAccountPublicAccessBlock: 'PutPublicAccessBlock',
  DeleteAccountPublicAccessBlock: 'DeletePublicAccessBlock',
  PutBucketLifecycle: 'PutBucketLifecycleConfiguration',
  PutBucketNotification: 'PutBucketNotificationConfiguration',
  PutBucketObjectLockConfiguration: 'PutObjectLockConfiguration',
  PutAccelerateConfiguration: 'PutBucketAccelerateConfiguration',
};

/** What no client of ours has: signing in, the EBS direct APIs, ClassicLink, which is retired, and what EC2, KMS and Secrets Manager do by themselves. */
const NO_OPERATION = new Set([
  'signin.amazonaws.com ConsoleLogin',
  'signin.amazonaws.com PasswordUpdated',
  'signin.amazonaws.com PasswordRecoveryCompleted',
  'ebs.amazonaws.com StartSnapshot',
  'ebs.amazonaws.com CompleteSnapshot',
  'ec2.amazonaws.com BidEvictedEvent',
  ...['DeleteKey', 'RotateKey', 'SynchronizeMultiRegionKey'].map((name) => `kms.amazonaws.com ${name}`),
  ...['RotationAbandoned', 'RotationFailed', 'RotationStarted', 'RotationSucceeded'].map((name) => `secretsmanager.amazonaws.com ${name}`),
  ...['CancelSecretVersionDelete', 'EndSecretVersionDelete', 'StartSecretVersionDelete'].map(
    (name) => `secretsmanager.amazonaws.com ${name}`,
  ),
]);

const events = sources.flatMap(({ changes }) => changes.flatMap(({ source, names }) => names.map((name) => `${source} ${name}`)));

describe.each(sources.map((source) => [source.type, source] as const))('%s', (_type, { changes, facetCalls }) => {
  test('has events that change it', () => {
    expect(changes.filter(({ indirect }) => indirect !== true)).not.toEqual([]);
  });

  test('names only facets that it has', () => {
    const named = changes.flatMap(({ facets }) => facets ?? []);
    expect(named.filter((facet) => !Object.hasOwn(facetCalls, facet))).toEqual([]);
  });

  test('names an event at most once in a row', () => {
    for (const { names } of changes) expect(new Set(names).size).toBe(names.length);
  });
});

test('every event is one of an operation, as CloudTrail names it', () => {
  const unknown = [...new Set(events)].filter((event) => {
    const [source = '', name = ''] = event.split(' ');
    return !NO_OPERATION.has(event) && !Object.hasOwn(APIS[source] ?? {}, `${OTHERWISE[name] ?? name}Command`);
  });
  expect(unknown).toEqual([]);
});

test('no event of reading is among them', () => {
  expect(events.filter((event) => /^\S+ (Get|List|Describe|Head|Lookup)/.test(event))).toEqual([]);
});

/** What changes nothing that we read, although its service is one that we read. Whoever reads more moves names from here to a table. */
const OF_NO_CONCERN =
  /Tags?OnResource|MacVolume|KeyPair|Spot|Reserv|Host|Fleet|Ipam|TransitGateway|Vpn|CustomerGateway|LocalGateway|TrafficMirror|VerifiedAccess|NetworkInsights|ClientVpn|CapacityManager|Coip|Fpga|Scheduled|Import|Export|Byoip|InstanceConnect|RouteServer|CarrierGateway|Bundle|Conversion|Dhcp|Subscription|Endpoint|PlacementGroup|Recycle/;

function writesOf(api: object): readonly string[] {
  const operations = Object.keys(api).flatMap((name) =>
    name.endsWith('Command') && name !== '$Command' ? name.slice(0, -'Command'.length) : [],
  );
  return operations.filter((name) => !/^(Get|List|Describe|Search|Head|Lookup|Simulate)/.test(name));
}

/** Operations of which no table has an event, under whatever name. */
function untabled(source: string, api: object): readonly string[] {
  const ofSource = events.flatMap((event) => (event.startsWith(`${source} `) ? event.slice(source.length + 1) : []));
  const tabled = new Set(ofSource.flatMap((name) => [name, OTHERWISE[name] ?? name]));
  return writesOf(api)
    .filter((name) => !tabled.has(name))
    .sort();
}

test('of the operations of EC2 that name a type that we read, each is in its table or known to change nothing that we read', () => {
  const ofTypes = /Instance|SecurityGroup|NetworkAcl|Route|Subnet|Vpc|Image|Snapshot|LaunchTemplate|NetworkInterface|Address|Volume/;
  const writes = untabled('ec2.amazonaws.com', ec2).filter((name) => ofTypes.test(name) && !OF_NO_CONCERN.test(name));
  expect(writes).toMatchInlineSnapshot(`
    [
      "AcceptAddressTransfer",
      "AllocateAddress",
      "AssociateInstanceEventWindow",
      "AttachImageWatermark",
      "ConfirmProductInstance",
      "CreateImageUsageReport",
      "CreateInstanceEventWindow",
      "CreateNetworkInterfacePermission",
      "CreateSecondarySubnet",
      "CreateStoreImageTask",
      "CreateVpcEncryptionControl",
      "DeleteImageUsageReport",
      "DeleteInstanceEventWindow",
      "DeleteNetworkInterfacePermission",
      "DeleteSecondarySubnet",
      "DeleteVpcEncryptionControl",
      "DeregisterInstanceEventNotificationAttributes",
      "DetachImageWatermark",
      "DisableAddressTransfer",
      "DisableFastSnapshotRestores",
      "DisableInstanceSqlHaStandbyDetections",
      "DisableVpcClassicLinkDnsSupport",
      "DisassociateInstanceEventWindow",
      "EnableAddressTransfer",
      "EnableFastSnapshotRestores",
      "EnableInstanceSqlHaStandbyDetections",
      "EnableVpcClassicLinkDnsSupport",
      "ModifyAccountVpcEncryptionControl",
      "ModifyAddressAttribute",
      "ModifyInstanceCreditSpecification",
      "ModifyInstanceEventStartTime",
      "ModifyInstanceEventWindow",
      "ModifyVpcEncryptionControl",
      "MoveAddressToVpc",
      "RegisterInstanceEventNotificationAttributes",
      "ReplaceImageInstanceTypeSpecification",
      "ReportInstanceStatus",
      "ResetAddressAttribute",
      "RestoreAddressToClassic",
      "ValidateSecurityGroupQuotasForInterface",
    ]
  `);
});

test('of the operations of IAM likewise', () => {
  expect(untabled('iam.amazonaws.com', iam)).toMatchInlineSnapshot(`
    [
      "AcceptDelegationRequest",
      "AssociateDelegationRequest",
      "CreateAccountAlias",
      "CreateDelegationRequest",
      "CreateInstanceProfile",
      "DeleteAccountAlias",
      "DeleteInstanceProfile",
      "DisableOutboundWebIdentityFederation",
      "EnableOutboundWebIdentityFederation",
      "GenerateCredentialReport",
      "GenerateOrganizationsAccessReport",
      "GenerateServiceLastAccessedDetails",
      "PutAccountProperties",
      "RejectDelegationRequest",
      "SendDelegationToken",
      "SetSecurityTokenServicePreferences",
      "TagInstanceProfile",
      "TagMFADevice",
      "UntagInstanceProfile",
      "UntagMFADevice",
      "UpdateDelegationRequest",
    ]
  `);
});

test('of the operations of S3 on access points likewise', () => {
  const ofAccessPoints = untabled('s3.amazonaws.com', s3Control).filter((name) => /AccessPoint/.test(name));
  expect(ofAccessPoints.filter((name) => !/MultiRegion|ForObjectLambda/.test(name))).toMatchInlineSnapshot(`
    [
      "DeleteAccessPointScope",
      "PutAccessPointScope",
    ]
  `);
});

test('of the operations of S3 on buckets likewise', () => {
  expect(untabled('s3.amazonaws.com', s3).filter((name) => /Bucket|PublicAccess/.test(name))).toMatchInlineSnapshot(`
    [
      "CreateBucketMetadataConfiguration",
      "CreateBucketMetadataTableConfiguration",
      "DeleteBucketAnalyticsConfiguration",
      "DeleteBucketIntelligentTieringConfiguration",
      "DeleteBucketInventoryConfiguration",
      "DeleteBucketMetadataConfiguration",
      "DeleteBucketMetadataTableConfiguration",
      "DeleteBucketMetricsConfiguration",
      "PutBucketAbac",
      "PutBucketAnalyticsConfiguration",
      "PutBucketIntelligentTieringConfiguration",
      "PutBucketInventoryConfiguration",
      "PutBucketMetricsConfiguration",
      "UpdateBucketMetadataAnnotationTableConfiguration",
      "UpdateBucketMetadataInventoryTableConfiguration",
      "UpdateBucketMetadataJournalTableConfiguration",
    ]
  `);
});

test('of the operations of CloudTrail on trails likewise', () => {
  expect(
    untabled('cloudtrail.amazonaws.com', cloudtrail).filter((name) => /Trail|Logging|Selectors|Tags/.test(name)),
  ).toMatchInlineSnapshot(`[]`);
});

test('of the operations of Organizations likewise', () => {
  expect(untabled('organizations.amazonaws.com', organizations)).toMatchInlineSnapshot(`[]`);
});

test('of the operations of Account Management likewise', () => {
  expect(untabled('account.amazonaws.com', account)).toMatchInlineSnapshot(`
    [
      "AcceptPrimaryEmailUpdate",
      "DisableRegion",
      "EnableRegion",
      "PutAccountName",
      "SendPhoneNumberVerification",
      "StartPrimaryEmailUpdate",
      "VerifyPhoneNumber",
    ]
  `);
});

test('of the operations of ECR likewise', () => {
  expect(untabled('ecr.amazonaws.com', ecr)).toMatchInlineSnapshot(`
    [
      "BatchCheckLayerAvailability",
      "BatchDeleteImage",
      "BatchGetImage",
      "BatchGetRepositoryScanningConfiguration",
      "CompleteLayerUpload",
      "CreatePullThroughCacheRule",
      "CreateRepositoryCreationTemplate",
      "DeletePullThroughCacheRule",
      "DeleteRegistryPolicy",
      "DeleteRepositoryCreationTemplate",
      "DeleteSigningConfiguration",
      "DeregisterPullTimeUpdateExclusion",
      "InitiateLayerUpload",
      "PutAccountSetting",
      "PutImage",
      "PutRegistryPolicy",
      "PutReplicationConfiguration",
      "PutSigningConfiguration",
      "RegisterPullTimeUpdateExclusion",
      "StartImageScan",
      "StartLifecyclePolicyPreview",
      "StartReplicationBackfill",
      "StopReplicationBackfill",
      "UpdateImageStorageClass",
      "UpdatePullThroughCacheRule",
      "UpdateRepositoryCreationTemplate",
      "UploadLayerPart",
      "ValidatePullThroughCacheRule",
    ]
  `);
});

test('of the operations of Lambda likewise', () => {
  expect(untabled('lambda.amazonaws.com', lambda)).toMatchInlineSnapshot(`
    [
      "AddLayerVersionPermission",
      "CheckpointDurableExecution",
      "CreateCapacityProvider",
      "CreateCodeSigningConfig",
      "CreateEventSourceMapping",
      "DeleteCapacityProvider",
      "DeleteCodeSigningConfig",
      "DeleteEventSourceMapping",
      "DeleteLayerVersion",
      "Invoke",
      "InvokeAsync",
      "InvokeWithResponseStream",
      "PublishLayerVersion",
      "RemoveLayerVersionPermission",
      "SendDurableExecutionCallbackFailure",
      "SendDurableExecutionCallbackHeartbeat",
      "SendDurableExecutionCallbackSuccess",
      "StopDurableExecution",
      "UpdateCapacityProvider",
      "UpdateCodeSigningConfig",
      "UpdateEventSourceMapping",
    ]
  `);
});

test('of the operations of SNS likewise', () => {
  expect(untabled('sns.amazonaws.com', sns)).toMatchInlineSnapshot(`
    [
      "CheckIfPhoneNumberIsOptedOut",
      "CreatePlatformApplication",
      "CreatePlatformEndpoint",
      "CreateSMSSandboxPhoneNumber",
      "DeleteEndpoint",
      "DeletePlatformApplication",
      "DeleteSMSSandboxPhoneNumber",
      "OptInPhoneNumber",
      "Publish",
      "PublishBatch",
      "SetEndpointAttributes",
      "SetPlatformApplicationAttributes",
      "SetSMSAttributes",
      "VerifySMSSandboxPhoneNumber",
    ]
  `);
});

test('of the operations of SQS likewise', () => {
  expect(untabled('sqs.amazonaws.com', sqs)).toMatchInlineSnapshot(`
    [
      "CancelMessageMoveTask",
      "ChangeMessageVisibility",
      "ChangeMessageVisibilityBatch",
      "DeleteMessage",
      "DeleteMessageBatch",
      "ReceiveMessage",
      "SendMessage",
      "SendMessageBatch",
      "StartMessageMoveTask",
    ]
  `);
});

/** Of things beside databases, file systems, keys and secrets, or which change nothing that we read. */
const BESIDE: Readonly<Record<string, RegExp>> = {
  'rds.amazonaws.com':
    /TagsToResource|TagsFromResource|ParameterGroup|OptionGroup|EventSubscription|SecurityGroup|Prox|Endpoint$|Integration|TenantDatabase|ShardGroup|CustomDBEngineVersion|Certificates|ExportTask|DBSubnetGroup$|ReservedDBInstances|Recommendation|^CreateGlobalCluster|^DeleteGlobalCluster|LogFile|CapacityReservation|SourceIdentifier/,
  'elasticfilesystem.amazonaws.com': /AccessPoint|MountTarget|AccountPreferences|DeleteReplicationConfiguration/,
  'kms.amazonaws.com': /CustomKeyStore|crypt|capsulate|GenerateRandom|GenerateDataKey|Sign$|Verify|Mac$|DeriveSharedSecret|LocalMaterial/,
  'secretsmanager.amazonaws.com': /GetSecretValue|RandomPassword|ValidateResourcePolicy/,
};

test.each(Object.entries(BESIDE))('of the other operations of %s none changes what we read of it', (source, beside) => {
  expect(untabled(source, APIS[source] ?? {}).filter((name) => !beside.test(name))).toEqual([]);
});
