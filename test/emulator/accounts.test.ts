import { CreateSecurityGroupCommand, DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { GetBucketPolicyCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { account, allow, trust } from '../../emulator/account.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { nameOf } from './error-of.ts';

const [HUB, MEMBER] = ['111111111111', '222222222222'] as const;
const AUDIT = `arn:aws:iam::${MEMBER}:role/audit`;

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws({ regions: ['us-east-1'] });
await aws.seed(
  account(HUB)
    .user('anna')
    .bucket('hub-bucket', { block: 'none', policy: allow('s3:*', '*', { principal: '*' }) }),
  account(MEMBER)
    .user('ben')
    .bucket('member-bucket')
    .role('audit', { trust: trust({ AWS: HUB }) })
    .role('guarded', { trust: trust({ AWS: HUB }, { StringEquals: { 'sts:ExternalId': 'our-secret' } }) }),
);

afterAll(() => aws.stop());

async function assume(roleArn: string, externalId?: string) {
  const sts = new STSClient(aws.client(HUB));
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'test', ExternalId: externalId }));
  return {
    ...aws.client(HUB),
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  };
}

describe('accounts', () => {
  it.each([
    [HUB, 'anna', 'hub-bucket'],
    [MEMBER, 'ben', 'member-bucket'],
  ])('%s has its own users and buckets', async (id, user, bucket) => {
    const { Users } = await new IAMClient(aws.client(id)).send(new ListUsersCommand({}));
    const { Buckets } = await new S3Client(aws.client(id)).send(new ListBucketsCommand({}));
    expect(Users?.map(({ UserName }) => UserName)).toEqual([user]);
    expect(Buckets?.map(({ Name }) => Name)).toEqual([bucket]);
  });

  it('have their own networks', async () => {
    const hub = new EC2Client(aws.client(HUB));
    await hub.send(new CreateSecurityGroupCommand({ GroupName: 'only-here', Description: 'x' }));
    const names = async (id: string) =>
      (await new EC2Client(aws.client(id)).send(new DescribeSecurityGroupsCommand({}))).SecurityGroups?.map(({ GroupName }) => GroupName);
    expect(await names(HUB)).toContain('only-here');
    expect(await names(MEMBER)).toEqual(['default']);
  });

  it("cannot read each other's buckets", async () => {
    const member = new S3Client(aws.client(MEMBER));
    expect(await nameOf(member.send(new GetBucketPolicyCommand({ Bucket: 'hub-bucket' })))).toBe('AccessDenied');
  });

  it('know who is calling', async () => {
    expect(await new STSClient(aws.client(HUB)).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: HUB,
      Arn: `arn:aws:iam::${HUB}:user/local`,
    });
  });

  it('know a user by a key that IAM handed out', async () => {
    const iam = new IAMClient(aws.client(MEMBER));
    await iam.send(new CreateUserCommand({ UserName: 'carl', Path: '/team/' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'carl' }));
    const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
    const sts = new STSClient({ ...aws.client(HUB), credentials });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: MEMBER,
      Arn: `arn:aws:iam::${MEMBER}:user/team/carl`,
    });
  });
});

describe('assuming a role', () => {
  it("leads into the role's account", async () => {
    const settings = await assume(AUDIT);
    expect(await new STSClient(settings).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: MEMBER,
      Arn: `arn:aws:sts::${MEMBER}:assumed-role/audit/test`,
    });
    const { Users } = await new IAMClient(settings).send(new ListUsersCommand({}));
    expect(Users?.map(({ UserName }) => UserName)).toContain('ben');
  });

  it('is denied when there is no such role', async () => {
    expect(await nameOf(assume(`arn:aws:iam::${MEMBER}:role/missing`))).toBe('AccessDenied');
    expect(await nameOf(assume('arn:aws:iam::999999999999:role/audit'))).toBe('AccessDenied');
  });

  it('needs the external id that the role asks for', async () => {
    const guarded = `arn:aws:iam::${MEMBER}:role/guarded`;
    expect(await nameOf(assume(guarded))).toBe('AccessDenied');
    expect(await nameOf(assume(guarded, 'guessed'))).toBe('AccessDenied');
    await expect(assume(guarded, 'our-secret')).resolves.toBeDefined();
  });
});
