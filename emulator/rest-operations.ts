import type { IncomingHttpHeaders } from 'node:http';
import { lambdaOperation } from './lambda-operations.ts';

/** What S3 calls a sub-resource of a bucket or object when its name is not simply `Bucket` and the query parameter. */
const BUCKET_PARTS: Readonly<Record<string, string>> = {
  accelerate: 'BucketAccelerateConfiguration',
  acl: 'BucketAcl',
  analytics: 'BucketAnalyticsConfiguration',
  cors: 'BucketCors',
  encryption: 'BucketEncryption',
  inventory: 'BucketInventoryConfiguration',
  lifecycle: 'BucketLifecycleConfiguration',
  location: 'BucketLocation',
  logging: 'BucketLogging',
  metrics: 'BucketMetricsConfiguration',
  notification: 'BucketNotificationConfiguration',
  'object-lock': 'ObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  policyStatus: 'BucketPolicyStatus',
  publicAccessBlock: 'PublicAccessBlock',
  replication: 'BucketReplication',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
};

const OBJECT_PARTS: Readonly<Record<string, string>> = {
  acl: 'ObjectAcl',
  attributes: 'ObjectAttributes',
  'legal-hold': 'ObjectLegalHold',
  retention: 'ObjectRetention',
  tagging: 'ObjectTagging',
};

const VERBS: Readonly<Record<string, string>> = { GET: 'Get', PUT: 'Put', POST: 'Post', DELETE: 'Delete', HEAD: 'Head' };

/** The operation of a path-style S3 request (Amazon S3 API reference). */
export function s3Operation(method: string, path: string, query: URLSearchParams, headers: IncomingHttpHeaders): string {
  const [bucket, ...key] = path.split('/').filter((part) => part !== '');
  if (bucket === undefined) return 'ListBuckets';
  return key.length === 0 ? bucketOperation(method, query) : objectOperation(method, query, headers);
}

function bucketOperation(method: string, query: URLSearchParams): string {
  const part = Object.keys(BUCKET_PARTS).find((name) => query.has(name));
  if (part !== undefined) return `${VERBS[method] ?? method}${BUCKET_PARTS[part]}`;
  switch (method) {
    case 'PUT':
      return 'CreateBucket';
    case 'HEAD':
      return 'HeadBucket';
    case 'DELETE':
      return 'DeleteBucket';
    case 'POST':
      return query.has('delete') ? 'DeleteObjects' : 'PostObject';
    default:
      return bucketListing(query);
  }
}

function bucketListing(query: URLSearchParams): string {
  if (query.has('versions')) return 'ListObjectVersions';
  if (query.has('uploads')) return 'ListMultipartUploads';
  return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
}

function objectOperation(method: string, query: URLSearchParams, headers: IncomingHttpHeaders): string {
  const part = Object.keys(OBJECT_PARTS).find((name) => query.has(name));
  if (part !== undefined) return `${VERBS[method] ?? method}${OBJECT_PARTS[part]}`;
  if (query.has('uploads')) return 'CreateMultipartUpload';
  if (query.has('uploadId')) return MULTIPART[method] ?? 'ListParts';
  if (method === 'PUT' && headers['x-amz-copy-source'] !== undefined) return 'CopyObject';
  return `${VERBS[method] ?? method}Object`;
}

const MULTIPART: Readonly<Record<string, string>> = {
  PUT: 'UploadPart',
  POST: 'CompleteMultipartUpload',
  DELETE: 'AbortMultipartUpload',
};

/** The operation of an S3 Control request (Amazon S3 Control API reference). */
export function s3ControlOperation(method: string, path: string): string {
  const [, kind, name, part] = path.split('/').filter((part) => part !== '');
  if (kind === 'configuration') return `${VERBS[method] ?? method}PublicAccessBlock`;
  if (kind === 'accesspoint') {
    const about = { policy: 'Policy', policyStatus: 'PolicyStatus' }[part ?? ''] ?? '';
    return name === undefined ? 'ListAccessPoints' : `${VERBS[method] ?? method}AccessPoint${about}`;
  }
  if (kind === 'mrap' && name === 'instances' && part === undefined) return 'ListMultiRegionAccessPoints';
  return `${method} ${path}`;
}

/** Of services whose paths do not name the operation; `*` stands for an id. */
const BY_PATH: Readonly<Record<string, string>> = {
  'access-analyzer GET /analyzer': 'ListAnalyzers',
  'access-analyzer POST /findingv2': 'ListFindingsV2',
  'apigateway GET /restapis': 'GetRestApis',
  'apigateway GET /restapis/*/stages': 'GetStages',
  'apigatewayv2 GET /v2/apis': 'GetApis',
  'apigatewayv2 GET /v2/apis/*/stages': 'GetStages',
  'cloudfront GET /2020-05-31/distribution': 'ListDistributions',
  'cloudfront GET /2020-05-31/distribution/*/config': 'GetDistributionConfig',
  'cloudfront GET /2020-05-31/origin-access-control': 'ListOriginAccessControls',
  'elasticfilesystem GET /2015-02-01/file-systems': 'DescribeFileSystems',
  'elasticfilesystem GET /2015-02-01/file-systems/*/policy': 'DescribeFileSystemPolicy',
  'guardduty GET /detector': 'ListDetectors',
  'guardduty GET /detector/*': 'GetDetector',
  'inspector2 POST /findings/list': 'ListFindings',
  'inspector2 POST /status/batch/get': 'BatchGetAccountStatus',
  'macie2 GET /macie': 'GetMacieSession',
  'securityhub GET /accounts': 'DescribeHub',
  'securityhub POST /findings/import': 'BatchImportFindings',
  'securityhub POST /standards/get': 'GetEnabledStandards',
};

/** Where the path names the operation: Account, and services that speak Smithy's RPC. Of those that `BY_PATH` does not know, method and path. */
export function restOperation(service: string, method: string, path: string): string {
  const rpc = /\/operation\/(\w+)$/.exec(path)?.[1];
  if (rpc !== undefined) return rpc;
  if (service === 'lambda') return lambdaOperation(method, path);
  if (service === 'account') return path.slice(1, 2).toUpperCase() + path.slice(2);
  const parts = `${service} ${method} ${path}`.split('/');
  const known = [parts, parts.with(-1, '*'), parts.length > 3 ? parts.with(-2, '*') : parts].find((each) => each.join('/') in BY_PATH);
  return (known && BY_PATH[known.join('/')]) ?? `${method} ${path}`;
}
