import { DescribeInstancesCommand, DescribeSecurityGroupsCommand, EC2Client, paginateDescribeSecurityGroups } from '@aws-sdk/client-ec2';
import { IAMClient, paginateGetAccountAuthorizationDetails, paginateListVirtualMFADevices } from '@aws-sdk/client-iam';
import { paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import { paginateDescribeInstanceInformation, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { account, allow } from '../../emulator/account.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { errorOf } from './error-of.ts';

const ID = '111122223333';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws({ regions: ['us-east-1'], pageSize: 2 });
const described = account(ID).root({ mfa: 'virtual' }).group('devs').policy('read', allow('s3:Get*'));
for (const name of ['a', 'b', 'c']) {
  described.user(name, { mfa: true }).role(`role-${name}`).bucket(`bucket-${name}`).securityGroup(name);
  described.instance(name, { os: { name: 'Ubuntu', version: '24.04' } });
}
await aws.seed(described);

afterEach(() => {
  aws.pageSize = 2;
  aws.calls.reset();
});
afterAll(() => aws.stop());

describe('paging', () => {
  it('gives EC2 resources page by page', async () => {
    const pages = [];
    for await (const page of paginateDescribeSecurityGroups({ client: new EC2Client(aws.client(ID)), pageSize: 1000 }, {}))
      pages.push(page.SecurityGroups?.length);
    expect(pages).toEqual([2, 2]);
    expect(aws.calls.count()).toEqual({ 'ec2:DescribeSecurityGroups': 2 });
  });

  it('gives every EC2 resource at once when no page size is asked for', async () => {
    const { SecurityGroups, NextToken } = await new EC2Client(aws.client(ID)).send(new DescribeSecurityGroupsCommand({}));
    expect([SecurityGroups?.length, NextToken]).toEqual([4, undefined]);
  });

  it('gives the caller no more than it asked for', async () => {
    aws.pageSize = 1000;
    const { Reservations, NextToken } = await new EC2Client(aws.client(ID)).send(new DescribeInstancesCommand({ MaxResults: 5 }));
    expect([Reservations?.length, NextToken]).toEqual([3, undefined]);
  });

  it('goes through the four lists of GetAccountAuthorizationDetails as through one', async () => {
    const names = [];
    for await (const page of paginateGetAccountAuthorizationDetails({ client: new IAMClient(aws.client(ID)) }, {})) {
      names.push([
        ...(page.UserDetailList ?? []).map(({ UserName }) => UserName),
        ...(page.GroupDetailList ?? []).map(({ GroupName }) => GroupName),
        ...(page.RoleDetailList ?? []).map(({ RoleName }) => RoleName),
        ...(page.Policies ?? []).map(({ PolicyName }) => PolicyName),
      ]);
    }
    expect(names).toEqual([
      ['a', 'b'],
      ['c', 'devs'],
      ['role-a', 'role-b'],
      ['role-c', 'read'],
    ]);
  });

  it('pages virtual MFA devices, root included', async () => {
    const serials = [];
    for await (const page of paginateListVirtualMFADevices({ client: new IAMClient(aws.client(ID)) }, { AssignmentStatus: 'Assigned' })) {
      serials.push(page.VirtualMFADevices?.length);
    }
    expect(serials).toEqual([2, 2]);
  });

  it('pages buckets by continuation token', async () => {
    const names = [];
    for await (const page of paginateListBuckets({ client: new S3Client(aws.client(ID)), pageSize: 1000 }, {}))
      names.push(page.Buckets?.map(({ Name }) => Name));
    expect(names).toEqual([['bucket-a', 'bucket-b'], ['bucket-c']]);
  });

  it('pages JSON answers', async () => {
    const pages = [];
    for await (const page of paginateDescribeInstanceInformation({ client: new SSMClient(aws.client(ID)), pageSize: 50 }, {}))
      pages.push(page.InstanceInformationList?.length);
    expect(pages).toEqual([2, 1]);
  });

  it.each([
    ['too large a page', { MaxResults: 1001 }],
    ['too small a page', { MaxResults: 4 }],
    ['a token that nobody gave', { MaxResults: 5, NextToken: 'made-up' }],
  ])('refuses %s', async (_, input) => {
    const error = await errorOf(new EC2Client(aws.client(ID)).send(new DescribeSecurityGroupsCommand(input)));
    expect(error.name).toBe('InvalidParameterValue');
  });
});
