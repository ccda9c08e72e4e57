import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeInstancesCommand, EC2Client, paginateDescribeSecurityGroups } from '@aws-sdk/client-ec2';
import { CreateUserCommand, IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { account } from '../../emulator/account.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { errorOf, nameOf } from './error-of.ts';

const ID = '111122223333';
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws({ regions: ['us-east-1', 'eu-west-1'], pageSize: 1 });
const settings = aws.client(ID);
const users = async () => (await new IAMClient(settings).send(new ListUsersCommand({}))).Users?.map(({ UserName }) => UserName);
const groups = async () => {
  const names = [];
  for await (const page of paginateDescribeSecurityGroups({ client: new EC2Client(settings), pageSize: 1000 }, {}))
    names.push(...(page.SecurityGroups ?? []));
  return names.map(({ GroupName }) => GroupName);
};

beforeEach(async () => {
  await aws.reset();
  await aws.seed(account(ID).user('alice').securityGroup('web'));
});
afterAll(() => aws.stop());

describe('a recording', () => {
  it('answers what was recorded, page by page, whatever has happened since', async () => {
    const recording = aws.record();
    const before = { users: await users(), groups: await groups() };
    aws.live();
    await new IAMClient(settings).send(new CreateUserCommand({ UserName: 'bob' }));
    aws.replay(recording);
    expect({ users: await users(), groups: await groups() }).toEqual(before);
    expect(recording.size).toBe(3);
  });

  it('names what was not recorded', async () => {
    aws.replay(aws.record());
    const error = await errorOf(new EC2Client(settings).send(new DescribeInstancesCommand({ MaxResults: 5 })));
    expect([error.name, error.message]).toEqual([
      'NotRecorded',
      expect.stringContaining('ec2:DescribeInstances in us-east-1 was not recorded: / Action=DescribeInstances'),
    ]);
  });

  it('keeps accounts and regions apart', async () => {
    const recording = aws.record();
    await users();
    await groups();
    aws.replay(recording);
    expect(await nameOf(new IAMClient(aws.client('444455556666')).send(new ListUsersCommand({})))).toBe('NotRecorded');
    expect(await nameOf(new EC2Client(aws.client(ID, 'eu-west-1')).send(new DescribeInstancesCommand({})))).toBe('NotRecorded');
  });

  it('takes requests that differ only in their window of time for the same', async () => {
    const lookUp = (StartTime: Date) => new CloudTrailClient(settings).send(new LookupEventsCommand({ StartTime }));
    const recording = aws.record();
    await lookUp(new Date('2026-01-01T00:00:00Z'));
    aws.replay(recording);
    await expect(lookUp(new Date('2026-01-02T00:00:00Z'))).resolves.toMatchObject({ Events: [] });
  });

  it('is subject to faults, and still counts calls', async () => {
    const recording = aws.record();
    await users();
    aws.replay(recording);
    aws.calls.reset();
    aws.faults.add({ service: 'iam', operation: 'ListUsers', nth: 1, kind: 'throttled' });
    expect(await nameOf(users())).toBe('Throttling');
    expect(await users()).toEqual(['alice']);
    expect(aws.calls.count()).toEqual({ 'iam:ListUsers': 2 });
  });
});
