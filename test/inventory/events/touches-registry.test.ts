import * as account from '@aws-sdk/client-account';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as s3 from '@aws-sdk/client-s3';
import * as ssm from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { sources } from '../../../inventory/registry.ts';

const APIS: Readonly<Record<string, object>> = {
  'account.amazonaws.com': account,
  'cloudtrail.amazonaws.com': cloudtrail,
  'ec2.amazonaws.com': ec2,
  'iam.amazonaws.com': iam,
  's3.amazonaws.com': s3,
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

/** What no client of ours has: signing in, the EBS direct APIs, ClassicLink, which is retired, and what EC2 does by itself. */
const NO_OPERATION = new Set([
  'signin.amazonaws.com ConsoleLogin',
  'signin.amazonaws.com PasswordUpdated',
  'signin.amazonaws.com PasswordRecoveryCompleted',
  'ebs.amazonaws.com StartSnapshot',
  'ebs.amazonaws.com CompleteSnapshot',
  'ec2.amazonaws.com BidEvictedEvent',
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
  /Tags?OnResource|Volume|KeyPair|Spot|Reserv|Host|Fleet|Ipam|TransitGateway|Vpn|CustomerGateway|LocalGateway|TrafficMirror|VerifiedAccess|NetworkInsights|ClientVpn|CapacityManager|Coip|Fpga|Scheduled|Import|Export|Byoip|InstanceConnect|RouteServer|CarrierGateway|Bundle|Conversion|Dhcp|Subscription|Endpoint|PlacementGroup|Recycle/;

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
  const ofTypes = /Instance|SecurityGroup|NetworkAcl|Route|Subnet|Vpc|Image|Snapshot|LaunchTemplate|NetworkInterface|Address/;
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
      "DisableAllowedImagesSettings",
      "DisableFastSnapshotRestores",
      "DisableInstanceSqlHaStandbyDetections",
      "DisableVpcClassicLinkDnsSupport",
      "DisassociateInstanceEventWindow",
      "EnableAddressTransfer",
      "EnableAllowedImagesSettings",
      "EnableFastSnapshotRestores",
      "EnableInstanceSqlHaStandbyDetections",
      "EnableVpcClassicLinkDnsSupport",
      "ModifyAccountVpcEncryptionControl",
      "ModifyAddressAttribute",
      "ModifyInstanceCreditSpecification",
      "ModifyInstanceEventStartTime",
      "ModifyInstanceEventWindow",
      "ModifyInstanceMetadataDefaults",
      "ModifyVpcEncryptionControl",
      "ModifyVpcPeeringConnectionOptions",
      "MoveAddressToVpc",
      "RegisterInstanceEventNotificationAttributes",
      "ReplaceImageCriteriaInAllowedImagesSettings",
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
      "AddClientIDToOpenIDConnectProvider",
      "AssociateDelegationRequest",
      "CreateAccountAlias",
      "CreateDelegationRequest",
      "CreateInstanceProfile",
      "CreateOpenIDConnectProvider",
      "CreateSAMLProvider",
      "DeleteAccountAlias",
      "DeleteInstanceProfile",
      "DeleteOpenIDConnectProvider",
      "DeleteSAMLProvider",
      "DeleteServerCertificate",
      "DisableOrganizationsRootCredentialsManagement",
      "DisableOrganizationsRootSessions",
      "DisableOutboundWebIdentityFederation",
      "EnableOrganizationsRootCredentialsManagement",
      "EnableOrganizationsRootSessions",
      "EnableOutboundWebIdentityFederation",
      "GenerateCredentialReport",
      "GenerateOrganizationsAccessReport",
      "GenerateServiceLastAccessedDetails",
      "PutAccountProperties",
      "RejectDelegationRequest",
      "RemoveClientIDFromOpenIDConnectProvider",
      "SendDelegationToken",
      "SetSecurityTokenServicePreferences",
      "TagInstanceProfile",
      "TagMFADevice",
      "TagOpenIDConnectProvider",
      "TagSAMLProvider",
      "TagServerCertificate",
      "UntagInstanceProfile",
      "UntagMFADevice",
      "UntagOpenIDConnectProvider",
      "UntagSAMLProvider",
      "UntagServerCertificate",
      "UpdateDelegationRequest",
      "UpdateOpenIDConnectProviderThumbprint",
      "UpdateSAMLProvider",
      "UpdateServerCertificate",
      "UploadServerCertificate",
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
