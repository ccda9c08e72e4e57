import type { AwsRequest } from './request.ts';
import { isRecord } from './request.ts';
import type { Answer } from './wire/serialize.ts';
import { at, type Element, parseXml, putChildren, writeXml } from './wire/xml.ts';

/** How an operation pages: where the lists are in its answer, how much fits a page, and what its parameters are called. */
interface Paged {
  /** Several lists are paged as if they were one behind the other. */
  readonly lists: readonly string[];
  readonly size: string;
  /** The token's name in the request. */
  readonly from: string;
  /** The token's name in the answer. */
  readonly next: string;
  /** Elements a page at most. */
  readonly max: number;
  /** Smallest page size that may be asked for. */
  readonly min?: number;
  /** EC2 gives everything when no page size was asked for. */
  readonly optional?: true;
  /** IAM says so when there is more. */
  readonly truncation?: 'IsTruncated';
}

const EC2 = { size: 'MaxResults', from: 'NextToken', next: 'nextToken', optional: true } as const;
const IAM = { size: 'MaxItems', from: 'Marker', next: 'Marker', max: 100, truncation: 'IsTruncated' } as const;
const AUTO_SCALING = { size: 'MaxRecords', from: 'NextToken', next: 'NextToken', max: 100 } as const;
const LAMBDA = { size: 'MaxItems', from: 'Marker', next: 'NextMarker', max: 50 } as const;
const KMS = { size: 'Limit', from: 'Marker', next: 'NextMarker' } as const;
const RDS = { size: 'MaxRecords', from: 'Marker', next: 'Marker', max: 100, min: 20 } as const;
/** SNS takes no page size. */
const SNS = { size: 'MaxResults', from: 'NextToken', next: 'NextToken', max: 100 } as const;
const JSON_RPC = { size: 'MaxResults', from: 'NextToken', next: 'NextToken' } as const;

/** Page limits are those of the API references. */
const OPERATIONS: Readonly<Record<string, Paged>> = {
  'autoscaling:DescribeAutoScalingGroups': { ...AUTO_SCALING, lists: ['AutoScalingGroups'] },
  'autoscaling:DescribeLaunchConfigurations': { ...AUTO_SCALING, lists: ['LaunchConfigurations'] },
  'ec2:DescribeImages': { ...EC2, lists: ['imagesSet'], max: 1000 },
  'ec2:DescribeInstanceImageMetadata': { ...EC2, lists: ['instanceImageMetadataSet'], max: 1000 },
  'ec2:DescribeInstances': { ...EC2, lists: ['reservationSet'], max: 1000, min: 5 },
  'ec2:DescribeLaunchTemplates': { ...EC2, lists: ['launchTemplates'], max: 200 },
  'ec2:DescribeLaunchTemplateVersions': { ...EC2, lists: ['launchTemplateVersionSet'], max: 200 },
  'ec2:DescribeManagedPrefixLists': { ...EC2, lists: ['prefixListSet'], max: 100 },
  'ec2:DescribeNetworkAcls': { ...EC2, lists: ['networkAclSet'], max: 1000, min: 5 },
  'ec2:DescribeNetworkInterfaces': { ...EC2, lists: ['networkInterfaceSet'], max: 1000, min: 5 },
  'ec2:DescribeRouteTables': { ...EC2, lists: ['routeTableSet'], max: 100, min: 5 },
  'ec2:DescribeSecurityGroups': { ...EC2, lists: ['securityGroupInfo'], max: 1000, min: 5 },
  'ec2:DescribeSnapshots': { ...EC2, lists: ['snapshotSet'], max: 1000, min: 5 },
  'ec2:DescribeSubnets': { ...EC2, lists: ['subnetSet'], max: 1000, min: 5 },
  'ec2:DescribeVolumes': { ...EC2, lists: ['volumeSet'], max: 1000, min: 5 },
  'ec2:DescribeVpcs': { ...EC2, lists: ['vpcSet'], max: 1000, min: 5 },
  'ec2:GetManagedPrefixListEntries': { ...EC2, lists: ['entrySet'], max: 100 },
  'elb:DescribeLoadBalancers': { size: 'PageSize', from: 'Marker', next: 'NextMarker', lists: ['LoadBalancerDescriptions'], max: 400 },
  'globalaccelerator:ListAccelerators': { ...JSON_RPC, lists: ['Accelerators'], max: 100 },
  'globalaccelerator:ListCrossAccountAttachments': { ...JSON_RPC, lists: ['CrossAccountAttachments'], max: 100 },
  'globalaccelerator:ListCustomRoutingAccelerators': { ...JSON_RPC, lists: ['Accelerators'], max: 100 },
  'globalaccelerator:ListCustomRoutingEndpointGroups': { ...JSON_RPC, lists: ['EndpointGroups'], max: 100 },
  'globalaccelerator:ListCustomRoutingListeners': { ...JSON_RPC, lists: ['Listeners'], max: 100 },
  'globalaccelerator:ListEndpointGroups': { ...JSON_RPC, lists: ['EndpointGroups'], max: 100 },
  'globalaccelerator:ListListeners': { ...JSON_RPC, lists: ['Listeners'], max: 100 },
  'iam:GetAccountAuthorizationDetails': { ...IAM, lists: ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] },
  'iam:ListMFADevices': { ...IAM, lists: ['MFADevices'] },
  'iam:ListRoles': { ...IAM, lists: ['Roles'] },
  'iam:ListUsers': { ...IAM, lists: ['Users'] },
  'iam:ListVirtualMFADevices': { ...IAM, lists: ['VirtualMFADevices'] },
  'iam:ListServerCertificates': { ...IAM, lists: ['ServerCertificateMetadataList'] },
  'organizations:ListAccounts': { ...JSON_RPC, lists: ['Accounts'], max: 20 },
  'organizations:ListAccountsForParent': { ...JSON_RPC, lists: ['Accounts'], max: 20 },
  'organizations:ListAWSServiceAccessForOrganization': { ...JSON_RPC, lists: ['EnabledServicePrincipals'], max: 20 },
  'organizations:ListDelegatedAdministrators': { ...JSON_RPC, lists: ['DelegatedAdministrators'], max: 20 },
  'organizations:ListDelegatedServicesForAccount': { ...JSON_RPC, lists: ['DelegatedServices'], max: 20 },
  'organizations:ListOrganizationalUnitsForParent': { ...JSON_RPC, lists: ['OrganizationalUnits'], max: 20 },
  'organizations:ListPolicies': { ...JSON_RPC, lists: ['Policies'], max: 20 },
  'organizations:ListRoots': { ...JSON_RPC, lists: ['Roots'], max: 20 },
  'organizations:ListTargetsForPolicy': { ...JSON_RPC, lists: ['Targets'], max: 20 },
  's3:ListBuckets': {
    lists: ['Buckets'],
    size: 'max-buckets',
    from: 'continuation-token',
    next: 'ContinuationToken',
    max: 10_000,
    optional: true,
  },
  'cloudtrail:ListTrails': { ...JSON_RPC, lists: ['Trails'], max: 1000 },
  'cloudtrail:LookupEvents': { ...JSON_RPC, lists: ['Events'], max: 50 },
  'ecr:DescribeRepositories': { size: 'maxResults', from: 'nextToken', next: 'nextToken', lists: ['repositories'], max: 1000 },
  'lambda:ListAliases': { ...LAMBDA, lists: ['Aliases'] },
  'lambda:ListFunctions': { ...LAMBDA, lists: ['Functions'] },
  'lambda:ListFunctionUrlConfigs': { ...LAMBDA, lists: ['FunctionUrlConfigs'] },
  'sns:ListSubscriptionsByTopic': { ...SNS, lists: ['Subscriptions'] },
  'kms:ListAliases': { ...KMS, lists: ['Aliases'], max: 100 },
  'kms:ListKeys': { ...KMS, lists: ['Keys'], max: 1000 },
  'rds:DescribeDBClusters': { ...RDS, lists: ['DBClusters'] },
  'rds:DescribeDBClusterSnapshots': { ...RDS, lists: ['DBClusterSnapshots'] },
  'rds:DescribeDBInstances': { ...RDS, lists: ['DBInstances'] },
  'rds:DescribeDBMajorEngineVersions': { ...RDS, lists: ['DBMajorEngineVersions'] },
  'rds:DescribeDBSnapshots': { ...RDS, lists: ['DBSnapshots'] },
  'secretsmanager:ListSecrets': { ...JSON_RPC, lists: ['SecretList'], max: 100 },
  'sns:ListTopics': { ...SNS, lists: ['Topics'] },
  'sqs:ListQueues': { ...JSON_RPC, lists: ['QueueUrls'], max: 1000, optional: true },
  'ssm:DescribeInstanceInformation': { ...JSON_RPC, lists: ['InstanceInformationList'], max: 50, min: 5 },
  'ssm:DescribeInstancePatchStates': { ...JSON_RPC, lists: ['InstancePatchStates'], max: 100, min: 10 },
};

/** Thrown for a token that we did not hand out, or a page size that the service would not take. */
export class PagingError extends Error {
  override name = 'PagingError';
}

/** IAM takes up to 1,000 where it gives 100 of its own accord. */
const IAM_MAXIMUM = 1000;

/**
 * Cuts the page that was asked for out of a complete answer. A page never has more elements than `pageSize`.
 * @throws PagingError for an unknown token or a page size out of bounds
 */
export function page(request: AwsRequest, complete: Answer, pageSize: number): Answer {
  const paged = OPERATIONS[`${request.service}:${request.operation}`];
  if (!paged || complete.status !== 200) return complete;
  const window = windowOf(paged, request, pageSize);
  if (!window) return complete;
  return isJson(request) ? pageOfJson(paged, complete, window) : pageOfXml(paged, complete, window);
}

/** More than there ever is: what keeps moto from paging where it does. */
export const EVERYTHING = '1000000';

/** The request for the complete list, as moto is asked it. */
export function unpaged(request: AwsRequest): { readonly url: string; readonly body: Buffer } {
  const { raw, path } = request;
  const paged = OPERATIONS[`${request.service}:${request.operation}`];
  if (!paged || isJson(request)) return raw;
  const query = new URLSearchParams(request.query);
  const form = new URLSearchParams(request.form);
  for (const parameters of [query, form]) parameters.delete(paged.from);
  query.delete(paged.size);
  // Ids and a page size exclude each other, in moto as in AWS.
  if (!form.has('InstanceId.1')) form.set(paged.size, EVERYTHING);
  const url = query.size > 0 ? `${path}?${query}` : path;
  return { url, body: request.form.size > 0 ? Buffer.from(form.toString()) : raw.body };
}

interface Window {
  readonly start: number;
  readonly size: number;
}

function windowOf(paged: Paged, request: AwsRequest, pageSize: number): Window | undefined {
  const wanted = parameter(request, paged.size);
  const token = parameter(request, paged.from);
  if (paged.optional && wanted === undefined && token === undefined) return undefined;
  const maximum = paged.truncation ? IAM_MAXIMUM : paged.max;
  const size = wanted === undefined ? paged.max : Number(wanted);
  if (!Number.isInteger(size) || size < (paged.min ?? 1) || size > maximum) {
    throw new PagingError(
      `Value ( ${wanted} ) for parameter ${paged.size} is invalid. Expecting a value from ${paged.min ?? 1} to ${maximum}.`,
    );
  }
  return { start: token === undefined ? 0 : fromToken(token), size: Math.min(size, pageSize) };
}

function isJson({ protocol }: AwsRequest): boolean {
  return protocol === 'json' || protocol === 'rest-json';
}

function parameter({ form, query, json, protocol }: AwsRequest, name: string): string | undefined {
  if (protocol !== 'json' && !(protocol === 'rest-json' && json[name] !== undefined)) return form.get(name) ?? query.get(name) ?? undefined;
  const value = json[name];
  return value === undefined || value === null ? undefined : String(value);
}

function toToken(start: number): string {
  return Buffer.from(`page:${start}`).toString('base64url');
}

function fromToken(token: string): number {
  const start = /^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (start === undefined) throw new PagingError('The pagination token is not valid');
  return Number(start);
}

function pageOfXml(paged: Paged, complete: Answer, { start, size }: Window): Answer {
  const root = parseXml(complete.body.toString());
  const result = root.children.find(({ name }) => name.endsWith('Result')) ?? root;
  const lists = paged.lists.flatMap((name) => at(result, name) ?? []);
  const total = lists.reduce((sum, list) => sum + list.children.length, 0);
  const end = start + size;
  let before = 0;
  for (const list of lists) {
    const count = list.children.length;
    list.children = list.children.slice(Math.max(0, start - before), Math.max(0, end - before));
    before += count;
  }
  result.children = result.children.filter(({ name }) => name !== paged.next && name !== paged.truncation);
  if (end < total) putChildren(result, textElement(paged.next, toToken(end)));
  if (paged.truncation) putChildren(result, textElement(paged.truncation, String(end < total)));
  return { ...complete, body: Buffer.from(writeXml(root)) };
}

function textElement(name: string, text: string): Element {
  return { name, attributes: '', children: [], text };
}

function pageOfJson(paged: Paged, complete: Answer, { start, size }: Window): Answer {
  const value: unknown = JSON.parse(complete.body.toString());
  const [name] = paged.lists;
  if (!isRecord(value) || name === undefined) return complete;
  const list = value[name];
  if (!Array.isArray(list)) return complete;
  const { [paged.next]: _stale, ...rest } = value;
  const more = start + size < list.length ? { [paged.next]: toToken(start + size) } : {};
  return { ...complete, body: Buffer.from(JSON.stringify({ ...rest, [name]: list.slice(start, start + size), ...more })) };
}
