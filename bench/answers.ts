import * as autoScaling from '@aws-sdk/client-auto-scaling';
import * as ec2 from '@aws-sdk/client-ec2';
import * as classicLoadBalancing from '@aws-sdk/client-elastic-load-balancing';
import * as loadBalancing from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iam from '@aws-sdk/client-iam';
import * as s3 from '@aws-sdk/client-s3';
import * as sts from '@aws-sdk/client-sts';
import { type EmptyAnswer, emptyAnswer } from './empty-services.ts';
import {
  ACCOUNT_ID,
  credentialReport,
  type Estate,
  image,
  imageMetadata,
  indexesIn,
  instance,
  networkInterface,
  regionsOf,
  role,
  securityGroup,
  user,
} from './estate.ts';
import { json, queryXml, restXml } from './serialize.ts';

/** A request, understood. */
export interface Question {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly form: URLSearchParams;
  readonly json: Readonly<Record<string, unknown>>;
  readonly url: URL;
}

export type Answer = EmptyAnswer;

/** What AWS would say of this estate. */
export function answerTo(estate: Estate, question: Question): Answer {
  const { service, operation } = question;
  const empty = emptyAnswer(service, operation);
  if (empty) return empty;
  if (service === 'ec2') return ec2Answer(estate, question);
  if (service === 'iam') return iamAnswer(estate, question);
  if (service === 's3') return s3Answer(estate, question);
  if (service === 's3control') return controlAnswer(question);
  if (service === 'autoscaling') return noGroups(question);
  if (service === 'elasticloadbalancing') return noBalancers(question);
  if (service === 'sts') {
    const identity = { Account: ACCOUNT_ID, Arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/audit/bench`, UserId: 'AROAEXAMPLE' };
    return xml(queryXml('GetCallerIdentity', 'GetCallerIdentityResult', sts.GetCallerIdentityResponse$, identity));
  }
  return jsonAnswer(estate, question);
}

const xml = (body: string): Answer => ({ status: 200, type: 'text/xml', body });
/** Nor is there a load balancer. */
function noBalancers({ operation, form }: Question): Answer {
  if (form.get('Version') === '2012-06-01') {
    return xml(
      queryXml(operation, `${operation}Result`, classicLoadBalancing.DescribeAccessPointsOutput$, { LoadBalancerDescriptions: [] }),
    );
  }
  return xml(queryXml(operation, `${operation}Result`, loadBalancing.DescribeLoadBalancersOutput$, { LoadBalancers: [] }));
}

/** Instances of the estate are in no group. */
function noGroups({ operation }: Question): Answer {
  const groups = operation === 'DescribeAutoScalingGroups';
  const schema = groups ? autoScaling.AutoScalingGroupsType$ : autoScaling.LaunchConfigurationsType$;
  return xml(queryXml(operation, `${operation}Result`, schema, groups ? { AutoScalingGroups: [] } : { LaunchConfigurations: [] }));
}

const errorXml = (code: string): string => `<Error><Code>${code}</Code><Message>none</Message></Error>`;
const notFound = (code: string): Answer => ({ status: 404, type: 'application/xml', body: errorXml(code) });

const blockFlags = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].map(
  (flag) => `<${flag}>false</${flag}>`,
);
const noBlock = xml(`<PublicAccessBlockConfiguration>${blockFlags.join('')}</PublicAccessBlockConfiguration>`);

/** There are no access points. */
function controlAnswer({ operation }: Question): Answer {
  if (operation === 'ListAccessPoints') return xml(`<${operation}Result><AccessPointList></AccessPointList></${operation}Result>`);
  if (operation === 'ListMultiRegionAccessPoints') return xml(`<${operation}Result><AccessPoints></AccessPoints></${operation}Result>`);
  return noBlock;
}

/** One page of a list, by `MaxResults` and a token that is an offset. */
function page<Element>(
  all: readonly Element[],
  size: number,
  token: string | null | undefined,
): { readonly items: Element[]; readonly next: string | undefined } {
  const start = Number(token ?? 0);
  const end = start + size;
  return { items: all.slice(start, end), next: end < all.length ? String(end) : undefined };
}

function ec2Answer(estate: Estate, { operation, region, form }: Question): Answer {
  const size = Number(form.get('MaxResults') ?? 1_000);
  const token = form.get('NextToken');
  const regional = <Element>(total: number, make: (index: number) => Element) => {
    const { items, next } = page(indexesIn(estate, region, total), size, token);
    return { items: items.map(make), next };
  };
  const answer = (schema: unknown, value: object): Answer => xml(queryXml(operation, undefined, schema, value));
  switch (operation) {
    case 'DescribeRegions':
      return answer(ec2.DescribeRegionsResult$, {
        Regions: regionsOf(estate).map((RegionName) => ({ RegionName, OptInStatus: 'opt-in-not-required' })),
      });
    case 'DescribeSecurityGroups': {
      const { items, next } = regional(estate.securityGroups, securityGroup);
      return answer(ec2.DescribeSecurityGroupsResult$, { SecurityGroups: items, NextToken: next });
    }
    case 'DescribeNetworkInterfaces': {
      // Global Accelerator has made none.
      if (form.get('Filter.1.Name') === 'interface-type') return answer(ec2.DescribeNetworkInterfacesResult$, { NetworkInterfaces: [] });
      const { items, next } = regional(estate.instances, (index) => networkInterface(index, estate.securityGroups));
      return answer(ec2.DescribeNetworkInterfacesResult$, { NetworkInterfaces: items, NextToken: next });
    }
    case 'DescribeInstances': {
      const { items, next } = regional(estate.instances, instance);
      return answer(ec2.DescribeInstancesResult$, {
        Reservations: items.map((one) => ({ OwnerId: ACCOUNT_ID, Instances: [one] })),
        NextToken: next,
      });
    }
    case 'DescribeInstanceImageMetadata': {
      const { items, next } = regional(estate.instances, imageMetadata);
      return answer(ec2.DescribeInstanceImageMetadataResult$, { InstanceImageMetadata: items, NextToken: next });
    }
    case 'DescribeImages':
      return answer(ec2.DescribeImagesResult$, {
        Images: form.get('Owner.1') === 'self' ? [] : Array.from({ length: 40 }, (_, index) => image(index)),
      });
    case 'DescribeNetworkAcls':
      return answer(ec2.DescribeNetworkAclsResult$, { NetworkAcls: [networkAcl] });
    case 'DescribeRouteTables':
      return answer(ec2.DescribeRouteTablesResult$, { RouteTables: [routeTable] });
    default:
      return answer(EMPTY_EC2.get(operation), EMPTY_EC2_VALUES.get(operation) ?? {});
  }
}

const routes = [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' }];
const routeTable = {
  RouteTableId: 'rtb-1',
  VpcId: 'vpc-1',
  OwnerId: ACCOUNT_ID,
  Associations: [{ Main: true, RouteTableId: 'rtb-1' }],
  Routes: routes,
};
const aclEntry = (Egress: boolean) => ({ RuleNumber: 100, Protocol: '-1', RuleAction: 'allow', Egress, CidrBlock: '0.0.0.0/0' });
const networkAcl = {
  NetworkAclId: 'acl-1',
  VpcId: 'vpc-1',
  OwnerId: ACCOUNT_ID,
  IsDefault: true,
  Entries: [aclEntry(false), aclEntry(true)],
  Associations: [{ NetworkAclAssociationId: 'aclassoc-1', NetworkAclId: 'acl-1', SubnetId: 'subnet-1' }],
};
const EMPTY_EC2 = new Map<string, unknown>([
  ['DescribeSubnets', ec2.DescribeSubnetsResult$],
  ['DescribeVolumes', ec2.DescribeVolumesResult$],
  ['DescribeVpcs', ec2.DescribeVpcsResult$],
  ['DescribeFlowLogs', ec2.DescribeFlowLogsResult$],
  ['DescribeVpcEndpoints', ec2.DescribeVpcEndpointsResult$],
  ['DescribeVpcEndpointServices', ec2.DescribeVpcEndpointServicesResult$],
  ['DescribeVpcEndpointServiceConfigurations', ec2.DescribeVpcEndpointServiceConfigurationsResult$],
  ['DescribeVpcEndpointServicePermissions', ec2.DescribeVpcEndpointServicePermissionsResult$],
  ['DescribeVpcPeeringConnections', ec2.DescribeVpcPeeringConnectionsResult$],
  ['DescribeVpcBlockPublicAccessOptions', ec2.DescribeVpcBlockPublicAccessOptionsResult$],
  ['DescribeLaunchTemplateVersions', ec2.DescribeLaunchTemplateVersionsResult$],
  ['DescribeSnapshots', ec2.DescribeSnapshotsResult$],
  ['GetAllowedImagesSettings', ec2.GetAllowedImagesSettingsResult$],
  ['GetInstanceMetadataDefaults', ec2.GetInstanceMetadataDefaultsResult$],
  ['GetSerialConsoleAccessStatus', ec2.GetSerialConsoleAccessStatusResult$],
  ['GetEbsEncryptionByDefault', ec2.GetEbsEncryptionByDefaultResult$],
  ['GetImageBlockPublicAccessState', ec2.GetImageBlockPublicAccessStateResult$],
  ['GetSnapshotBlockPublicAccessState', ec2.GetSnapshotBlockPublicAccessStateResult$],
]);
const EMPTY_EC2_VALUES = new Map<string, object>([
  [
    'DescribeSubnets',
    {
      Subnets: [
        {
          ...{ SubnetId: 'subnet-1', VpcId: 'vpc-1', OwnerId: ACCOUNT_ID, CidrBlock: '10.0.0.0/16' },
          ...{ DefaultForAz: true, MapPublicIpOnLaunch: true, AssignIpv6AddressOnCreation: false },
        },
      ],
    },
  ],
  ['DescribeFlowLogs', { FlowLogs: [] }],
  ['DescribeVpcEndpoints', { VpcEndpoints: [] }],
  ['DescribeVpcEndpointServices', { ServiceDetails: [] }],
  ['DescribeVpcEndpointServiceConfigurations', { ServiceConfigurations: [] }],
  ['DescribeVpcEndpointServicePermissions', { AllowedPrincipals: [] }],
  ['DescribeVpcPeeringConnections', { VpcPeeringConnections: [] }],
  ['DescribeVpcBlockPublicAccessOptions', { VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' } }],
  ['DescribeVolumes', { Volumes: [] }],
  ['DescribeVpcs', { Vpcs: [{ VpcId: 'vpc-1', OwnerId: ACCOUNT_ID, IsDefault: true, CidrBlockAssociationSet: [] }] }],
  ['DescribeLaunchTemplateVersions', { LaunchTemplateVersions: [] }],
  ['DescribeSnapshots', { Snapshots: [] }],
  ['GetAllowedImagesSettings', { State: 'disabled' }],
  ['GetInstanceMetadataDefaults', { AccountLevel: { HttpTokens: 'required' } }],
  ['GetSerialConsoleAccessStatus', { SerialConsoleAccessEnabled: false }],
  ['GetEbsEncryptionByDefault', { EbsEncryptionByDefault: false }],
  ['GetImageBlockPublicAccessState', { ImageBlockPublicAccessState: 'unblocked' }],
  ['GetSnapshotBlockPublicAccessState', { State: 'unblocked' }],
]);

function iamAnswer(estate: Estate, { operation, form }: Question): Answer {
  const answer = (schema: unknown, value: object): Answer => xml(queryXml(operation, `${operation}Result`, schema, value));
  switch (operation) {
    case 'GetAccountSummary':
      return xml(
        `<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap>${summaryEntries()}</SummaryMap></GetAccountSummaryResult></GetAccountSummaryResponse>`,
      );
    case 'GenerateCredentialReport':
      return answer(iam.GenerateCredentialReportResponse$, { State: 'COMPLETE' });
    case 'GetCredentialReport':
      return answer(iam.GetCredentialReportResponse$, {
        Content: Buffer.from(credentialReport(estate)).toString('base64'),
        ReportFormat: 'text/csv',
        GeneratedTime: new Date('2026-11-01T00:00:00Z'),
      });
    case 'ListVirtualMFADevices':
      return answer(iam.ListVirtualMFADevicesResponse$, { VirtualMFADevices: [], IsTruncated: false });
    case 'ListMFADevices':
      return answer(iam.ListMFADevicesResponse$, { MFADevices: [], IsTruncated: false });
    case 'GetAccountAuthorizationDetails':
      return answer(iam.GetAccountAuthorizationDetailsResponse$, authorizationPage(estate, form.get('Marker')));
    default:
      return { ...notFound(''), body: `<ErrorResponse>${errorXml('NoSuchEntity')}</ErrorResponse>` };
  }
}

function summaryEntries(): string {
  const summary = { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, AccountSigningCertificatesPresent: 0, AccountPasswordPresent: 1 };
  return Object.entries(summary)
    .map(([key, value]) => `<entry><key>${key}</key><value>${value}</value></entry>`)
    .join('');
}

/** IAM gives far fewer than MaxItems a page when documents are in it: 100 here. */
function authorizationPage({ users, roles }: Estate, marker: string | null): object {
  const { items, next } = page(
    Array.from({ length: users + roles }, (_, index) => index),
    100,
    marker,
  );
  return {
    UserDetailList: items.filter((index) => index < users).map(user),
    RoleDetailList: items.filter((index) => index >= users).map((index) => role(index - users)),
    GroupDetailList:
      marker === null
        ? [
            {
              Path: '/',
              GroupName: 'developers',
              GroupId: 'AGPA1',
              Arn: `arn:aws:iam::${ACCOUNT_ID}:group/developers`,
              GroupPolicyList: [],
              AttachedManagedPolicies: [],
            },
          ]
        : [],
    Policies: marker === null ? [readOnly] : [],
    IsTruncated: next !== undefined,
    Marker: next,
  };
}

const readOnly = {
  PolicyName: 'ReadOnlyAccess',
  PolicyId: 'ANPA1',
  Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  Path: '/',
  DefaultVersionId: 'v1',
  AttachmentCount: 1,
  IsAttachable: true,
  PolicyVersionList: [
    {
      VersionId: 'v1',
      IsDefaultVersion: true,
      Document: encodeURIComponent('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:Get*"],"Resource":"*"}]}'),
    },
  ],
};

function s3Answer(estate: Estate, { operation, url }: Question): Answer {
  switch (operation) {
    case 'ListBuckets': {
      const regions = regionsOf(estate);
      const all = Array.from({ length: estate.buckets }, (_, index) => ({
        Name: `bucket-${index}`,
        CreationDate: new Date(0),
        BucketRegion: regions[index % regions.length],
      }));
      const { items, next } = page(all, Number(url.searchParams.get('max-buckets') ?? 10_000), url.searchParams.get('continuation-token'));
      return xml(restXml(s3.ListBucketsOutput$, { Buckets: items, ContinuationToken: next }));
    }
    case 'publicAccessBlock':
      return noBlock;
    case 'logging':
      return xml(restXml(s3.GetBucketLoggingOutput$, { LoggingEnabled: { TargetBucket: 'access-logs', TargetPrefix: '' } }));
    case 'versioning':
      return xml(restXml(s3.GetBucketVersioningOutput$, { Status: 'Enabled', MFADelete: 'Disabled' }));
    case 'ownershipControls':
      return notFound('OwnershipControlsNotFoundError');
    case 'acl':
      return xml(
        restXml(s3.GetBucketAclOutput$, {
          Owner: { ID: 'owner' },
          Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' }],
        }),
      );
    case 'policyStatus':
      return xml('<PolicyStatus><IsPublic>false</IsPublic></PolicyStatus>');
    case 'policy':
      return { status: 200, type: 'application/json', body: bucketPolicy(url.pathname.split('/')[1] ?? '') };
    default:
      return notFound('NoSuchBucket');
  }
}

/** Most buckets only insist on TLS; one in five is open to the organisation, by a statement for everybody with a condition. */
function bucketPolicy(bucket: string): string {
  const objects = `arn:aws:s3:::${bucket}/*`;
  const insecure = { Bool: { 'aws:SecureTransport': 'false' } };
  const tlsOnly = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [`arn:aws:s3:::${bucket}`, objects], Condition: insecure };
  const ours = { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } };
  const shared = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: objects, Condition: ours };
  const isShared = Number(bucket.split('-')[1]) % 5 === 0;
  return JSON.stringify({ Version: '2012-10-17', Statement: isShared ? [tlsOnly, shared] : [tlsOnly] });
}

function jsonAnswer(estate: Estate, { operation, region, json: input }: Question): Answer {
  const answer = (value: object): Answer => ({ status: 200, type: 'application/x-amz-json-1.1', body: json(value) });
  switch (operation) {
    case 'DescribeInstanceInformation': {
      const { items, next } = page(
        indexesIn(estate, region, estate.instances),
        50,
        typeof input.NextToken === 'string' ? input.NextToken : undefined,
      );
      const InstanceInformationList = items.map((index) => ({
        InstanceId: instance(index).InstanceId,
        PingStatus: 'Online',
        PlatformName: 'Amazon Linux',
        PlatformVersion: '2023',
        ResourceType: 'EC2Instance',
      }));
      return answer({ InstanceInformationList, NextToken: next });
    }
    case 'DescribeInstancePatchStates': {
      const ids = Array.isArray(input.InstanceIds) ? input.InstanceIds : [];
      return answer({
        InstancePatchStates: ids.map((InstanceId: unknown) => ({
          InstanceId,
          PatchGroup: '',
          BaselineId: 'pb-1',
          Operation: 'Scan',
          OperationStartTime: 1_793_000_000,
          OperationEndTime: 1_793_000_000,
          MissingCount: 0,
          FailedCount: 0,
          CriticalNonCompliantCount: 0,
          SecurityNonCompliantCount: 0,
          OtherNonCompliantCount: 0,
          InstalledPendingRebootCount: 0,
        })),
      });
    }
    case 'ListDocuments':
      return answer({ DocumentIdentifiers: [] });
    case 'GetServiceSetting':
      return answer({ ServiceSetting: { SettingId: input.SettingId, SettingValue: 'Enable' } });
    case 'ListTrails':
      return answer({ Trails: [] });
    case 'LookupEvents':
      return answer({ Events: [] });
    default:
      return { status: 400, type: 'application/x-amz-json-1.1', body: `{"__type":"InvalidAction","message":"${operation}"}` };
  }
}
