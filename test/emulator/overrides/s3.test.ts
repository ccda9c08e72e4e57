import {
  CreateBucketCommand,
  GetBucketAclCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyStatusCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  GetPublicAccessBlockCommand as GetAccountBlock,
  ListAccessPointsCommand,
  ListMultiRegionAccessPointsCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { account, allow } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';
import { isPublicPolicy } from '../../../emulator/overrides/public-policy.ts';
import { nameOf } from '../error-of.ts';

const ID = '111122223333';
const Bucket = 'a-bucket';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws({ regions: ['us-east-1', 'eu-west-1'] });
const s3 = new S3Client(aws.client(ID));

beforeEach(() => aws.reset());
afterAll(() => aws.stop());

const everybody = allow('s3:GetObject', `arn:aws:s3:::${Bucket}/*`, { principal: '*' });

describe('buckets', () => {
  it('are listed with their regions', async () => {
    await aws.seed(account(ID).bucket('first-bucket').bucket('second-bucket', { region: 'eu-west-1' }));
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toEqual([
      ['first-bucket', 'us-east-1'],
      ['second-bucket', 'eu-west-1'],
    ]);
    const inIreland = await s3.send(new ListBucketsCommand({ BucketRegion: 'eu-west-1', MaxBuckets: 10 }));
    expect(inIreland.Buckets?.map(({ Name }) => Name)).toEqual(['second-bucket']);
  });

  it('are closed when they are new', async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    expect(Object.values(PublicAccessBlockConfiguration ?? {})).toEqual([true, true, true, true]);
    expect(OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  });

  it('can be as open as they are described', async () => {
    await aws.seed(account(ID).bucket(Bucket, { block: 'none', ownership: 'none', acl: 'public-read' }));
    const { Grants } = await s3.send(new GetBucketAclCommand({ Bucket }));
    expect(Grants?.map(({ Grantee, Permission }) => [Grantee?.URI, Permission])).toContainEqual([
      'http://acs.amazonaws.com/groups/global/AllUsers',
      'READ',
    ]);
    expect(await nameOf(s3.send(new GetPublicAccessBlockCommand({ Bucket })))).toBe('NoSuchPublicAccessBlockConfiguration');
    expect(await nameOf(s3.send(new GetBucketOwnershipControlsCommand({ Bucket })))).toBe('OwnershipControlsNotFoundError');
  });

  it('can block in part', async () => {
    await aws.seed(account(ID).bucket(Bucket, { block: { ignorePublicAcls: true } }));
    const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: false,
      IgnorePublicAcls: true,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    });
  });
});

describe('the status of a policy', () => {
  const status = async () => (await s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic;

  it('follows the policy', async () => {
    await aws.seed(account(ID).bucket(Bucket, { block: 'none', policy: allow('s3:*', '*', { principal: { AWS: ID } }) }));
    expect(await status()).toBe(false);
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement: everybody }) }));
    expect(await status()).toBe(true);
  });

  it('is missing where there is no policy', async () => {
    await aws.seed(account(ID).bucket(Bucket));
    expect(await nameOf(s3.send(new GetBucketPolicyStatusCommand({ Bucket })))).toBe('NoSuchBucketPolicy');
  });

  it('cannot become public where public policies are blocked', async () => {
    await aws.seed(account(ID).bucket(Bucket));
    expect(await nameOf(s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement: everybody }) })))).toBe(
      'AccessDenied',
    );
  });

  it.each([
    [true, { principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] } }],
    [true, { principal: '*', condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
    [true, { principal: '*', condition: { StringLike: { 'aws:PrincipalArn': '*' } } }],
    [true, { principal: '*', condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } }],
    [false, { principal: { Service: 'cloudtrail.amazonaws.com' } }],
    [false, { principal: '*', condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
    [false, { principal: '*', condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }],
  ])('is %s for %j', (isPublic, more) => {
    expect(isPublicPolicy(JSON.stringify({ Statement: [allow('s3:GetObject', '*', more)] }), ID)).toBe(isPublic);
  });
});

describe("the account's block", () => {
  const control = () => new S3ControlClient(aws.client(ID)).send(new GetAccountBlock({ AccountId: ID }));

  it('has the described flags', async () => {
    await aws.seed(account(ID).publicAccessBlock({ restrictPublicBuckets: true }));
    expect((await control()).PublicAccessBlockConfiguration).toMatchObject({ RestrictPublicBuckets: true, IgnorePublicAcls: false });
  });

  it('is not there when it was never set', async () => {
    expect(await nameOf(control())).toBe('NoSuchPublicAccessBlockConfiguration');
  });
});

describe('access points', () => {
  const own = { AccountId: ID };
  const policy = allow('s3:GetObject', `arn:aws:s3:eu-west-1:${ID}:accesspoint/press/object/*`, { principal: '*' });

  beforeEach(async () => {
    await aws.seed(
      account(ID)
        .bucket(Bucket)
        .accessPoint('press', { bucket: Bucket, region: 'eu-west-1', block: { blockPublicAcls: true }, policy })
        .accessPoint('inside', { bucket: Bucket, vpc: 'vpc-1' })
        .multiRegionAccessPoint('world', { buckets: [Bucket], block: { ignorePublicAcls: true } }),
    );
  });

  it('are listed in their regions, and say whom they take requests from', async () => {
    const listed = async (region: string) => {
      const { AccessPointList = [] } = await new S3ControlClient(aws.client(ID, region)).send(new ListAccessPointsCommand(own));
      return AccessPointList.map(({ AccessPointArn, Bucket: bucket, NetworkOrigin }) => [AccessPointArn, bucket, NetworkOrigin]);
    };
    expect(await listed('eu-west-1')).toEqual([[`arn:aws:s3:eu-west-1:${ID}:accesspoint/press`, Bucket, 'Internet']]);
    expect(await listed('us-east-1')).toEqual([[`arn:aws:s3:us-east-1:${ID}:accesspoint/inside`, Bucket, 'VPC']]);
  });

  it('have their own block and policy', async () => {
    const ireland = new S3ControlClient(aws.client(ID, 'eu-west-1'));
    const virginia = new S3ControlClient(aws.client(ID, 'us-east-1'));
    const { PublicAccessBlockConfiguration } = await ireland.send(new GetAccessPointCommand({ ...own, Name: 'press' }));
    expect(PublicAccessBlockConfiguration).toMatchObject({ BlockPublicAcls: true, RestrictPublicBuckets: false });
    const { Policy = '' } = await ireland.send(new GetAccessPointPolicyCommand({ ...own, Name: 'press' }));
    expect(JSON.parse(Policy)).toMatchObject({ Statement: [{ Principal: '*' }] });
    expect(await nameOf(virginia.send(new GetAccessPointPolicyCommand({ ...own, Name: 'inside' })))).toBe('NoSuchAccessPointPolicy');
    expect(await nameOf(virginia.send(new GetAccessPointCommand({ ...own, Name: 'press' })))).toBe('NoSuchAccessPoint');
  });

  it('of several regions are known in one of them', async () => {
    const listed = async (region: string) =>
      (await new S3ControlClient(aws.client(ID, region)).send(new ListMultiRegionAccessPointsCommand(own))).AccessPoints;
    expect(await listed('us-west-2')).toMatchObject([
      {
        ...{ Name: 'world', Alias: 'world.mrap', Regions: [{ Bucket, Region: 'us-east-1' }] },
        PublicAccessBlock: { IgnorePublicAcls: true, BlockPublicAcls: false },
      },
    ]);
    expect(await listed('us-east-1')).toEqual([]);
  });
});
