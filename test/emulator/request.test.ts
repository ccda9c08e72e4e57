import { AccountClient, GetContactInformationCommand } from '@aws-sdk/client-account';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeLoadBalancersCommand as DescribeClassicLoadBalancersCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing';
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetPublicAccessBlockCommand as GetAccountBlock, S3ControlClient } from '@aws-sdk/client-s3-control';
import { BatchImportFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DescribeInstanceInformationCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { type AwsRequest, filtersOf, identify, listOf } from '../../emulator/request.ts';
import { conditionKeysOf, resourcesOf } from '../../emulator/request-resource.ts';

/** A handler that sends nothing and remembers how the request was recognised. */
function capture() {
  const seen: AwsRequest[] = [];
  return {
    seen,
    settings: {
      region: 'eu-west-1',
      endpoint: 'http://localhost:1',
      credentials: { accessKeyId: 'AKIA111122223333LOCL', secretAccessKey: 'x' },
      forcePathStyle: true,
      maxAttempts: 1,
      requestHandler: {
        async handle(request: {
          method: string;
          path: string;
          query?: Record<string, unknown>;
          headers: Record<string, string>;
          body?: unknown;
        }) {
          const query = new URLSearchParams();
          for (const [name, value] of Object.entries(request.query ?? {})) query.set(name, String(value ?? ''));
          const url = query.size > 0 ? `${request.path}?${query}` : request.path;
          const body = bytesOf(request.body);
          seen.push(identify({ method: request.method, url, headers: request.headers, body }));
          throw new Error('not sent');
        },
      },
    },
  };
}

function bytesOf(body: unknown): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return Buffer.from(typeof body === 'string' ? body : '');
}

async function recognised(send: (settings: ReturnType<typeof capture>['settings']) => Promise<unknown>): Promise<AwsRequest> {
  const { seen, settings } = capture();
  await send(settings).catch(() => undefined);
  const [request] = seen;
  if (!request) throw new Error('nothing was sent');
  return request;
}

const Bucket = 'a-bucket';

describe('recognising a request', () => {
  it.each([
    ['ec2:DescribeSecurityGroups', 'ec2', (s) => new EC2Client(s).send(new DescribeSecurityGroupsCommand({ MaxResults: 5 }))],
    [
      'elasticloadbalancing:DescribeLoadBalancers',
      'query',
      (s) => new ElasticLoadBalancingV2Client(s).send(new DescribeLoadBalancersCommand({})),
    ],
    ['elb:DescribeLoadBalancers', 'query', (s) => new ElasticLoadBalancingClient(s).send(new DescribeClassicLoadBalancersCommand({}))],
    ['iam:ListUsers', 'query', (s) => new IAMClient(s).send(new ListUsersCommand({}))],
    [
      'sts:AssumeRole',
      'query',
      (s) => new STSClient(s).send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::111122223333:role/r', RoleSessionName: 's' })),
    ],
    ['sns:Publish', 'query', (s) => new SNSClient(s).send(new PublishCommand({ TopicArn: 't', Message: 'm' }))],
    ['sqs:ReceiveMessage', 'json', (s) => new SQSClient(s).send(new ReceiveMessageCommand({ QueueUrl: 'http://localhost:1/q' }))],
    ['ssm:DescribeInstanceInformation', 'json', (s) => new SSMClient(s).send(new DescribeInstanceInformationCommand({}))],
    ['cloudtrail:LookupEvents', 'json', (s) => new CloudTrailClient(s).send(new LookupEventsCommand({}))],
    ['dynamodb:PutItem', 'json', (s) => new DynamoDBClient(s).send(new PutItemCommand({ TableName: 't', Item: {} }))],
    ['account:GetContactInformation', 'rest-json', (s) => new AccountClient(s).send(new GetContactInformationCommand({}))],
    ['s3control:GetPublicAccessBlock', 'rest-xml', (s) => new S3ControlClient(s).send(new GetAccountBlock({ AccountId: '111122223333' }))],
    ['s3:ListBuckets', 's3', (s) => new S3Client(s).send(new ListBucketsCommand({ MaxBuckets: 5 }))],
    ['s3:CreateBucket', 's3', (s) => new S3Client(s).send(new CreateBucketCommand({ Bucket }))],
    ['s3:HeadBucket', 's3', (s) => new S3Client(s).send(new HeadBucketCommand({ Bucket }))],
    ['s3:GetBucketAcl', 's3', (s) => new S3Client(s).send(new GetBucketAclCommand({ Bucket }))],
    ['s3:GetBucketOwnershipControls', 's3', (s) => new S3Client(s).send(new GetBucketOwnershipControlsCommand({ Bucket }))],
    ['s3:GetBucketPolicyStatus', 's3', (s) => new S3Client(s).send(new GetBucketPolicyStatusCommand({ Bucket }))],
    ['s3:GetPublicAccessBlock', 's3', (s) => new S3Client(s).send(new GetPublicAccessBlockCommand({ Bucket }))],
    ['s3:PutBucketPolicy', 's3', (s) => new S3Client(s).send(new PutBucketPolicyCommand({ Bucket, Policy: '{}' }))],
    ['s3:DeleteBucketPolicy', 's3', (s) => new S3Client(s).send(new DeleteBucketPolicyCommand({ Bucket }))],
    ['s3:ListObjectsV2', 's3', (s) => new S3Client(s).send(new ListObjectsV2Command({ Bucket }))],
    ['s3:GetObject', 's3', (s) => new S3Client(s).send(new GetObjectCommand({ Bucket, Key: 'a/b' }))],
  ] satisfies [string, string, Parameters<typeof recognised>[0]][])('%s of the real SDK (%s)', async (name, protocol, send) => {
    const request = await recognised(send);
    expect(`${request.service}:${request.operation}`).toBe(name);
    expect(request.protocol).toBe(protocol);
    expect(request.region).toBe('eu-west-1');
    expect(request.accessKeyId).toBe('AKIA111122223333LOCL');
  });

  it('reads lists and filters of EC2', async () => {
    const { form } = await recognised((settings) =>
      new EC2Client(settings).send(
        new DescribeSecurityGroupsCommand({
          GroupIds: ['sg-1', 'sg-2'],
          Filters: [
            { Name: 'vpc-id', Values: ['v1', 'v2'] },
            { Name: 'owner-id', Values: ['1'] },
          ],
        }),
      ),
    );
    expect(listOf(form, 'GroupId')).toEqual(['sg-1', 'sg-2']);
    expect(filtersOf(form)).toEqual([
      { name: 'vpc-id', values: ['v1', 'v2'] },
      { name: 'owner-id', values: ['1'] },
    ]);
  });

  it('takes an unsigned request for one of us-east-1', () => {
    const request = identify({ method: 'GET', url: '/', headers: {}, body: Buffer.alloc(0) });
    expect(request).toMatchObject({ service: 'unsigned', region: 'us-east-1', accessKeyId: undefined });
  });
});

describe('what a request is about, as policies name it', () => {
  const RoleArn = 'arn:aws:iam::222233334444:role/auditor';
  const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/t';
  const product = 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default';
  const imported = { SchemaVersion: '2018-10-08', AwsAccountId: '1', CreatedAt: '', Title: '', Description: '', GeneratorId: '' };
  const finding = { ...imported, Id: 'f', UpdatedAt: '', Resources: [], ProductArn: product };
  const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:q';
  const executionArn = 'arn:aws:states:eu-west-1:111122223333:execution:m:e';

  it.each([
    ['a table', [table], (s) => new DynamoDBClient(s).send(new PutItemCommand({ TableName: 't', Item: {} }))],
    ['an index', [`${table}/index/i`], (s) => new DynamoDBClient(s).send(new QueryCommand({ TableName: 't', IndexName: 'i' }))],
    ['no bucket', [], (s) => new S3Client(s).send(new ListBucketsCommand({}))],
    ['a bucket', ['arn:aws:s3:::a-bucket'], (s) => new S3Client(s).send(new ListObjectsV2Command({ Bucket }))],
    ['an object', ['arn:aws:s3:::a-bucket/a/b c'], (s) => new S3Client(s).send(new GetObjectCommand({ Bucket, Key: 'a/b c' }))],
    [
      'several objects',
      ['arn:aws:s3:::a-bucket/a', 'arn:aws:s3:::a-bucket/b&c'],
      (s) => new S3Client(s).send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }, { Key: 'b&c' }] } })),
    ],
    ['a queue', [queueArn], (s) => new SQSClient(s).send(new ReceiveMessageCommand({ QueueUrl: 'http://localhost:1/111122223333/q' }))],
    ['a topic', ['t'], (s) => new SNSClient(s).send(new PublishCommand({ TopicArn: 't', Message: 'm' }))],
    ['a role', [RoleArn], (s) => new STSClient(s).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 's' }))],
    ['an execution', [executionArn], (s) => new SFNClient(s).send(new DescribeExecutionCommand({ executionArn }))],
    ['a product', [product], (s) => new SecurityHubClient(s).send(new BatchImportFindingsCommand({ Findings: [finding, finding] }))],
    ['all there is', [], (s) => new EC2Client(s).send(new DescribeSecurityGroupsCommand({}))],
  ] satisfies [string, readonly string[], Parameters<typeof recognised>[0]][])('%s', async (_what, expected, send) => {
    expect(resourcesOf(await recognised(send), '111122223333')).toEqual(expected);
  });

  it('and the keys of conditions on it', async () => {
    const listed = await recognised((s) => new S3Client(s).send(new ListObjectsV2Command({ Bucket, Prefix: 'runs/1/' })));
    expect(conditionKeysOf(listed)).toEqual({ 's3:prefix': 'runs/1/' });
    const entry = { RoleArn, RoleSessionName: 's', ExternalId: 'an-id' };
    expect(conditionKeysOf(await recognised((s) => new STSClient(s).send(new AssumeRoleCommand(entry))))).toEqual({
      'sts:ExternalId': 'an-id',
    });
    expect(conditionKeysOf(await recognised((s) => new IAMClient(s).send(new ListUsersCommand({}))))).toEqual({});
  });
});
