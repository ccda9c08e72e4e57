import { AccountClient, GetContactInformationCommand } from '@aws-sdk/client-account';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { DescribeInstanceInformationCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { account } from '../../emulator/account.ts';
import type { FaultKind } from '../../emulator/faults.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { errorOf, nameOf } from './error-of.ts';

const AccountId = '111122223333';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws({ regions: ['us-east-1'] });
await aws.seed(account(AccountId).contacts({ primary: true }).publicAccessBlock());

afterEach(() => {
  aws.faults.clear();
  aws.calls.reset();
});
afterAll(() => aws.stop());

const ask: Record<string, () => Promise<unknown>> = {
  account: () => new AccountClient(aws.client(AccountId)).send(new GetContactInformationCommand({})),
  cloudtrail: () => new CloudTrailClient(aws.client(AccountId)).send(new LookupEventsCommand({})),
  dynamodb: () => new DynamoDBClient(aws.client(AccountId)).send(new ListTablesCommand({})),
  ec2: () => new EC2Client(aws.client(AccountId)).send(new DescribeRegionsCommand({})),
  iam: () => new IAMClient(aws.client(AccountId)).send(new ListUsersCommand({})),
  s3: () => new S3Client(aws.client(AccountId)).send(new ListBucketsCommand({})),
  s3control: () => new S3ControlClient(aws.client(AccountId)).send(new GetPublicAccessBlockCommand({ AccountId })),
  sns: () => new SNSClient(aws.client(AccountId)).send(new ListTopicsCommand({})),
  ssm: () => new SSMClient(aws.client(AccountId)).send(new DescribeInstanceInformationCommand({})),
  sts: () => new STSClient(aws.client(AccountId)).send(new GetCallerIdentityCommand({})),
};

const REFUSALS = [
  ['ec2', 'UnauthorizedOperation', 'RequestLimitExceeded', 'InternalError', 'RequestExpired'],
  ['s3', 'AccessDenied', 'SlowDown', 'InternalError', 'ExpiredToken'],
  ['s3control', 'AccessDenied', 'SlowDown', 'InternalError', 'ExpiredToken'],
  ['iam', 'AccessDenied', 'Throttling', 'ServiceFailureException', 'ExpiredToken'],
  ['sts', 'AccessDenied', 'Throttling', 'InternalFailure', 'ExpiredToken'],
  ['sns', 'AuthorizationErrorException', 'ThrottledException', 'InternalErrorException', 'ExpiredToken'],
  ['ssm', 'AccessDeniedException', 'ThrottlingException', 'InternalServerError', 'ExpiredTokenException'],
  ['cloudtrail', 'AccessDeniedException', 'ThrottlingException', 'InternalServerError', 'ExpiredTokenException'],
  ['dynamodb', 'AccessDeniedException', 'ThrottlingException', 'InternalServerError', 'ExpiredTokenException'],
  ['account', 'AccessDeniedException', 'TooManyRequestsException', 'InternalServerException', 'ExpiredTokenException'],
] as const;

describe.each(REFUSALS)('%s, as its SDK tells it', (service, denied, throttled, failed, expired) => {
  const call = () => ask[service]?.() ?? Promise.reject(new Error(service));

  it.each<[FaultKind, string]>([
    ['access-denied', denied],
    ['throttled', throttled],
    ['internal-error', failed],
    ['expired-credentials', expired],
  ])('%j is %s', async (kind, name) => {
    aws.faults.add({ service, kind });
    expect(await nameOf(call())).toBe(name);
  });

  it('answers when nothing is wrong', async () => {
    await expect(call()).resolves.toBeDefined();
  });

  it('fails on an answer that makes no sense', async () => {
    aws.faults.add({ service, kind: 'malformed' });
    expect(await errorOf(call())).toBeInstanceOf(Error);
  });

  it('fails on a body that breaks off', async () => {
    aws.faults.add({ service, kind: 'disconnected' });
    const error = await errorOf(call());
    expect([error.name, error.message, 'code' in error ? error.code : ''].join(' ')).toMatch(/ECONNRESET|aborted|socket hang up/);
  });
});

describe('faults', () => {
  it('hit the nth call only', async () => {
    aws.faults.add({ service: 'iam', operation: 'ListUsers', nth: 2, kind: 'throttled' });
    await ask.iam?.();
    expect(await nameOf(ask.iam?.() ?? Promise.resolve())).toBe('Throttling');
    await ask.iam?.();
  });

  it('hit every call from the nth on', async () => {
    aws.faults.add({ service: 'iam', nth: { from: 2 }, kind: 'throttled' });
    await ask.iam?.();
    expect(await nameOf(ask.iam?.() ?? Promise.resolve())).toBe('Throttling');
    expect(await nameOf(ask.iam?.() ?? Promise.resolve())).toBe('Throttling');
  });

  it('keep to their region and account', async () => {
    aws.faults.add({ service: 'ec2', region: 'eu-west-1', accountId: '999999999999', kind: 'access-denied' });
    await expect(ask.ec2?.()).resolves.toBeDefined();
    const elsewhere = new EC2Client(aws.client('999999999999', 'eu-west-1'));
    expect(await nameOf(elsewhere.send(new DescribeRegionsCommand({})))).toBe('UnauthorizedOperation');
  });

  it('can be taken away again', async () => {
    const remove = aws.faults.add({ service: 'iam', kind: 'access-denied' });
    remove();
    await expect(ask.iam?.()).resolves.toBeDefined();
  });

  it('leave a request without an answer', async () => {
    aws.faults.add({ service: 'iam', kind: 'timeout' });
    const requestHandler = new NodeHttpHandler({ requestTimeout: 50, throwOnRequestTimeout: true });
    const impatient = new IAMClient({ ...aws.client(AccountId), requestHandler });
    expect(await nameOf(impatient.send(new ListUsersCommand({})))).toBe('TimeoutError');
    expect(aws.calls.list()).toMatchObject([{ name: 'iam:ListUsers', status: undefined }]);
  });

  it('cut an answer in half, which JSON does not survive', async () => {
    aws.faults.add({ service: 'ssm', kind: 'truncated' });
    expect(await nameOf(ask.ssm?.() ?? Promise.resolve())).toBe('SyntaxError');
  });

  it('cut an answer in half, and still call it complete', async () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIA${AccountId}LOCL/20260101/us-east-1/ec2/aws4_request`;
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
    const text = async () =>
      (await fetch(aws.endpoint, { method: 'POST', headers, body: 'Action=DescribeRegions&Version=2016-11-15' })).text();
    const whole = await text();
    aws.faults.add({ service: 'ec2', kind: 'truncated' });
    expect(await text()).toBe(whole.slice(0, Math.floor(whole.length / 2)));
  });

  it('make an answer slow but right', async () => {
    aws.faults.add({ service: 'iam', kind: { slowMs: 20 } });
    await expect(ask.iam?.()).resolves.toMatchObject({ Users: [] });
  });

  it('can be any error', async () => {
    aws.faults.add({
      service: 'ec2',
      kind: { error: { status: 400, code: 'OptInRequired', message: 'You are not subscribed to this service' } },
    });
    expect(await nameOf(ask.ec2?.() ?? Promise.resolve())).toBe('OptInRequired');
  });
});

describe('the call log', () => {
  it('names operation, region, account, caller and status', async () => {
    aws.faults.add({ service: 'ec2', kind: 'access-denied' });
    await errorOf(ask.ec2?.() ?? Promise.resolve());
    expect(aws.calls.list()).toEqual([
      {
        name: 'ec2:DescribeRegions',
        service: 'ec2',
        operation: 'DescribeRegions',
        region: 'us-east-1',
        accountId: AccountId,
        callerArn: `arn:aws:iam::${AccountId}:user/local`,
        resources: [],
        conditionKeys: {},
        status: 403,
      },
    ]);
  });

  it('counts by operation, and forgets', async () => {
    await ask.iam?.();
    await ask.iam?.();
    await ask.sts?.();
    expect(aws.calls.count()).toEqual({ 'iam:ListUsers': 2, 'sts:GetCallerIdentity': 1 });
    expect(aws.calls.count({ service: 'sts' })).toEqual({ 'sts:GetCallerIdentity': 1 });
    aws.calls.reset();
    expect(aws.calls.list()).toEqual([]);
  });
});
