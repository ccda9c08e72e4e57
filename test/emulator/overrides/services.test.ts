import { BatchGetRepositoryScanningConfigurationCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  GetPolicyCommand,
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListFunctionUrlConfigsCommand,
} from '@aws-sdk/client-lambda';
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { account, allow, trust } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';
import { nameOf } from '../error-of.ts';

const ID = '111122223333';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws({ regions: ['us-east-1'] });
await aws.seed(
  account(ID)
    .role('functions', { trust: trust({ Service: 'lambda.amazonaws.com' }) })
    .queue('open', { policy: allow('sqs:*', '*', { principal: '*' }), encryption: 'none' })
    .queue('closed')
    .topic('orders', { kmsKey: 'alias/orders', subscriptions: ['http://example.com/', 'ops@example.com'] })
    .lambda('web', {
      role: 'functions',
      url: 'NONE',
      permissions: [{ principal: '*', action: 'lambda:InvokeFunctionUrl', urlAuthType: 'NONE' }],
      aliases: { live: [{ principal: 's3.amazonaws.com', sourceArn: 'arn:aws:s3:::uploads' }] },
    })
    .lambda('plain', { role: 'functions', runtime: 'python3.8' })
    .lambda('packed', { role: 'functions', runtime: 'image' })
    .repository('team/shop', { scanOnPush: true, tags: 'IMMUTABLE' })
    .repository('batch'),
);
const settings = aws.client(ID);
const lambda = new LambdaClient(settings);
const ecr = new ECRClient(settings);

afterAll(() => aws.stop());

describe('Lambda', () => {
  it('lists the URLs of a function, or none', async () => {
    const urlsOf = async (name: string) =>
      (await lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName: name }))).FunctionUrlConfigs;
    expect(await urlsOf('web')).toMatchObject([{ AuthType: 'NONE', FunctionArn: `arn:aws:lambda:us-east-1:${ID}:function:web` }]);
    expect(await urlsOf('plain')).toEqual([]);
    expect(await nameOf(urlsOf('gone'))).toBe('ResourceNotFoundException');
  });

  it('writes the authentication of a URL as a condition of the policy', async () => {
    const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName: 'web' }));
    expect(JSON.parse(Policy).Statement).toMatchObject([
      { Action: 'lambda:InvokeFunctionUrl', Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } } },
    ]);
  });

  it('has a policy for each alias, and none where nothing is permitted', async () => {
    const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName: 'web', Qualifier: 'live' }));
    expect(JSON.parse(Policy).Statement).toMatchObject([{ Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::uploads' } } }]);
    expect(await nameOf(lambda.send(new GetPolicyCommand({ FunctionName: 'plain' })))).toBe('ResourceNotFoundException');
    expect((await lambda.send(new ListAliasesCommand({ FunctionName: 'web' }))).Aliases).toMatchObject([
      { Name: 'live', FunctionVersion: '1' },
    ]);
  });

  it('lists functions a page at a time', async () => {
    const first = await lambda.send(new ListFunctionsCommand({ MaxItems: 2 }));
    const second = await lambda.send(new ListFunctionsCommand({ MaxItems: 2, Marker: first.NextMarker }));
    const listed = [...(first.Functions ?? []), ...(second.Functions ?? [])];
    expect(listed.map(({ FunctionName, PackageType, Runtime }) => [FunctionName, PackageType, Runtime])).toEqual([
      ['web', 'Zip', 'nodejs24.x'],
      ['plain', 'Zip', 'python3.8'],
      ['packed', 'Image', undefined],
    ]);
  });
});

describe('ECR', () => {
  it("knows each repository's own setting for scans", async () => {
    const { scanningConfigurations } = await ecr.send(
      new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: ['team/shop', 'batch'] }),
    );
    expect(scanningConfigurations).toMatchObject([
      { repositoryName: 'team/shop', scanOnPush: true, scanFrequency: 'MANUAL' },
      { repositoryName: 'batch', scanOnPush: false, scanFrequency: 'MANUAL' },
    ]);
  });

  it('lists repositories a page at a time', async () => {
    const first = await ecr.send(new DescribeRepositoriesCommand({ maxResults: 1 }));
    const second = await ecr.send(new DescribeRepositoriesCommand({ maxResults: 1, nextToken: first.nextToken }));
    expect([first, second].map(({ repositories }) => repositories?.map(({ repositoryName }) => repositoryName))).toEqual([
      ['team/shop'],
      ['batch'],
    ]);
    expect(second.nextToken).toBeUndefined();
  });
});

describe('queues and topics', () => {
  it('have the policies, keys and subscriptions that are described', async () => {
    const sqs = new SQSClient(settings);
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ MaxResults: 1_000 }));
    const attributes = await Promise.all(
      QueueUrls.map((QueueUrl) =>
        sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy', 'SqsManagedSseEnabled'] })),
      ),
    );
    expect(
      attributes.map(({ Attributes = {} }) => [Attributes.Policy !== undefined, Attributes.SqsManagedSseEnabled?.toLowerCase()]),
    ).toEqual([
      [true, 'false'],
      [false, 'true'],
    ]);
    const sns = new SNSClient(settings);
    const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
    const [{ TopicArn } = {}] = Topics;
    expect((await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes).toMatchObject({ KmsMasterKeyId: 'alias/orders' });
    const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions.map(({ Protocol }) => Protocol)).toEqual(['http', 'email']);
  });
});
