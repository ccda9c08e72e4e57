import {
  CreateImageCommand,
  DeregisterImageCommand,
  DescribeImagesCommand,
  type DescribeImagesCommandInput,
  DescribeInstanceImageMetadataCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeRegionsCommand,
  DescribeSnapshotsCommand,
  type DescribeSnapshotsCommandInput,
  EC2Client,
  EnableImageDeprecationCommand,
  EnableSnapshotBlockPublicAccessCommand,
  GetImageBlockPublicAccessStateCommand,
  GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { account } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';
import { nameOf } from '../error-of.ts';

const ID = '111122223333';
const now = new Date('2026-06-01T12:00:00Z');

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws();
const ec2 = new EC2Client(aws.client(ID));
const idOf = await aws.seed(
  account(ID, { now })
    .image('golden-1', { created: 800, deprecated: 70, tags: { team: 'core' } })
    .image('golden-2', { created: 10 })
    .image('leaked', { public: true })
    .image('switched-off', { state: 'disabled' })
    .image('thrown-away', { state: 'deregistered', created: 100 })
    .image('al2023-ami-2023.5', { owner: 'amazon', created: 400, deprecated: -10 })
    .image('al2023-ami-2023.1', { owner: 'amazon', created: 1000, deprecated: 30 })
    .image('theirs', { owner: '444455556666', public: false })
    .instance('on-golden', { image: 'golden-1', launched: 40 })
    .instance('on-thrown-away', { image: 'thrown-away', os: { name: 'Windows Server', version: '2022', platform: 'Windows' } })
    .instance('on-theirs', { image: 'theirs' })
    .instance('elsewhere', { region: 'eu-west-1' })
    .launchTemplate('one', { versions: ['golden-1'] })
    .launchTemplate('two', { versions: ['golden-1', 'golden-2', undefined], defaultVersion: 2 })
    .snapshot('shared', { public: true, created: 30 })
    .snapshot('private', { encrypted: true })
    .regionSettings('us-east-1', { imageBlock: 'unblocked', snapshotBlock: 'block-new-sharing' }),
);

afterAll(() => aws.stop());

async function imageNames(input: DescribeImagesCommandInput): Promise<readonly (string | undefined)[]> {
  const { Images } = await ec2.send(new DescribeImagesCommand(input));
  return (Images ?? []).map(({ Name }) => Name).sort();
}

describe('regions', () => {
  it('are the 17 that are on in every account', async () => {
    const { Regions } = await ec2.send(new DescribeRegionsCommand({}));
    expect(Regions).toHaveLength(17);
    expect(new Set(Regions?.map(({ OptInStatus }) => OptInStatus))).toEqual(new Set(['opt-in-not-required']));
  });

  it('include those that are off when all are asked for', async () => {
    const { Regions } = await ec2.send(new DescribeRegionsCommand({ AllRegions: true }));
    expect(Regions?.filter(({ OptInStatus }) => OptInStatus === 'not-opted-in').map(({ RegionName }) => RegionName)).toContain(
      'af-south-1',
    );
    expect(Regions?.some(({ RegionName }) => /^(us-gov|cn)-/.test(RegionName ?? ''))).toBe(false);
  });
});

describe('images', () => {
  it('of this account are those that can be used', async () => {
    expect(await imageNames({ Owners: ['self'] })).toEqual(['golden-1', 'golden-2', 'leaked']);
    expect(await imageNames({ Owners: ['self'], IncludeDisabled: true })).toContain('switched-off');
  });

  it('of others are those that are public, and deprecated only when asked for', async () => {
    expect(await imageNames({ Owners: ['amazon'] })).toEqual(['al2023-ami-2023.5']);
    expect(await imageNames({ Owners: ['137112412989'], IncludeDeprecated: true })).toEqual(['al2023-ami-2023.1', 'al2023-ami-2023.5']);
    expect(await imageNames({ Owners: ['444455556666'] })).toEqual([]);
  });

  it('have the described dates, owner and tags', async () => {
    const { Images } = await ec2.send(
      new DescribeImagesCommand({ ImageIds: [idOf('image', 'golden-1'), idOf('image', 'al2023-ami-2023.1')] }),
    );
    expect(Images?.find(({ Name }) => Name === 'golden-1')).toMatchObject({
      OwnerId: ID,
      State: 'available',
      CreationDate: '2024-03-23T12:00:00.000Z',
      DeprecationTime: '2026-03-23T12:00:00.000Z',
      Public: false,
      Tags: [{ Key: 'team', Value: 'core' }],
    });
    expect(Images?.find(({ Name }) => Name !== 'golden-1')).toMatchObject({ ImageOwnerAlias: 'amazon', Public: true });
  });

  it('are found by patterns', async () => {
    expect(await imageNames({ Filters: [{ Name: 'name', Values: ['golden-?', 'al2023-*'] }] })).toEqual([
      'al2023-ami-2023.5',
      'golden-1',
      'golden-2',
    ]);
    expect(await imageNames({ Filters: [{ Name: 'image-id', Values: [idOf('image', 'leaked')] }] })).toEqual(['leaked']);
    expect(await imageNames({ Owners: ['self'], Filters: [{ Name: 'is-public', Values: ['true'] }] })).toEqual(['leaked']);
  });

  it.each(['thrown-away', 'theirs'])('that cannot be seen are not found: %s', async (name) => {
    expect(await nameOf(imageNames({ ImageIds: [idOf('image', name)] }))).toBe('InvalidAMIID.NotFound');
  });

  it('are not found by filters that nobody has modelled', async () => {
    expect(await nameOf(imageNames({ Filters: [{ Name: 'product-code', Values: ['x'] }] }))).toBe('InvalidParameterValue');
  });

  it('that were made later can be deprecated and deregistered', async () => {
    const { ImageId = '' } = await ec2.send(new CreateImageCommand({ InstanceId: idOf('instance', 'on-golden'), Name: 'later' }));
    await ec2.send(new EnableImageDeprecationCommand({ ImageId, DeprecateAt: new Date('2026-07-01T00:00:00Z') }));
    const { Images } = await ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId] }));
    expect(Images).toMatchObject([{ Name: 'later', DeprecationTime: '2026-07-01T00:00:00.000Z' }]);
    await ec2.send(new DeregisterImageCommand({ ImageId }));
    expect(await imageNames({ Owners: ['self'] })).not.toContain('later');
  });
});

describe('the images of instances', () => {
  it('are known even when nobody can see them any more', async () => {
    const { InstanceImageMetadata } = await ec2.send(new DescribeInstanceImageMetadataCommand({}));
    const states = InstanceImageMetadata?.map(({ ImageMetadata }) => [
      ImageMetadata?.Name,
      ImageMetadata?.State,
      ImageMetadata?.OwnerId,
      ImageMetadata?.IsPublic,
    ]);
    expect(states).toEqual([
      ['golden-1', 'available', ID, false],
      ['thrown-away', 'deregistered', ID, false],
      ['theirs', 'available', '444455556666', false],
    ]);
    expect(InstanceImageMetadata?.[0]).toMatchObject({
      InstanceId: idOf('instance', 'on-golden'),
      State: { Name: 'running' },
      ImageMetadata: { CreationDate: '2024-03-23T12:00:00.000Z', DeprecationTime: '2026-03-23T12:00:00.000Z', ImageAllowed: true },
    });
  });

  it('are unknown but for their ids when nobody described them', async () => {
    const ireland = new EC2Client(aws.client(ID, 'eu-west-1'));
    const { InstanceImageMetadata } = await ireland.send(new DescribeInstanceImageMetadataCommand({}));
    expect(InstanceImageMetadata?.map(({ ImageMetadata }) => ImageMetadata)).toEqual([{ ImageId: 'ami-0123456789abcdef0' }]);
  });
});

describe('instances', () => {
  it('have described launch times, their platform and groups', async () => {
    const { Reservations } = await ec2.send(
      new DescribeInstancesCommand({ InstanceIds: [idOf('instance', 'on-golden'), idOf('instance', 'on-thrown-away')] }),
    );
    const instances = Reservations?.flatMap(({ Instances = [] }) => Instances) ?? [];
    expect(instances.map(({ PlatformDetails, SecurityGroups }) => [PlatformDetails, SecurityGroups?.[0]?.GroupName])).toEqual([
      ['Linux/UNIX', 'default'],
      ['Windows', 'default'],
    ]);
    expect(instances[0]?.LaunchTime).toEqual(new Date('2026-04-22T12:00:00Z'));
  });
});

describe('launch template versions', () => {
  it('come once when the default is the latest', async () => {
    const { LaunchTemplateVersions } = await ec2.send(new DescribeLaunchTemplateVersionsCommand({ Versions: ['$Default', '$Latest'] }));
    const versions = LaunchTemplateVersions?.map((version) => [
      version.LaunchTemplateName,
      version.VersionNumber,
      version.DefaultVersion,
      version.LaunchTemplateData?.ImageId,
    ]);
    expect(versions?.sort()).toEqual([
      ['one', 1, true, idOf('image', 'golden-1')],
      ['two', 2, true, idOf('image', 'golden-2')],
      ['two', 3, false, undefined],
    ]);
  });
});

describe('snapshots', () => {
  const descriptions = async (input: DescribeSnapshotsCommandInput) =>
    (await ec2.send(new DescribeSnapshotsCommand(input))).Snapshots?.map(({ Description }) => Description).filter(
      (text) => !/^(Auto-created|Created by)/.test(text ?? ''),
    );

  it('of this account that anybody may restore', async () => {
    expect(await descriptions({ OwnerIds: ['self'], RestorableByUserIds: ['all'] })).toEqual(['shared']);
  });

  it('of this account, and of no other', async () => {
    expect(await descriptions({ OwnerIds: ['self'] })).toEqual(['shared', 'private']);
    expect(await descriptions({ OwnerIds: ['444455556666'] })).toEqual([]);
  });

  it('have the described dates', async () => {
    const { Snapshots } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [idOf('snapshot', 'shared')] }));
    expect(Snapshots).toMatchObject([{ StartTime: new Date('2026-05-02T12:00:00Z'), Encrypted: false }]);
  });
});

describe('blocking public access', () => {
  it('of images and snapshots is as described, per region', async () => {
    expect((await ec2.send(new GetImageBlockPublicAccessStateCommand({}))).ImageBlockPublicAccessState).toBe('unblocked');
    expect((await ec2.send(new GetSnapshotBlockPublicAccessStateCommand({}))).State).toBe('block-new-sharing');
    const ireland = new EC2Client(aws.client(ID, 'eu-west-1'));
    expect((await ireland.send(new GetImageBlockPublicAccessStateCommand({}))).ImageBlockPublicAccessState).toBe('block-new-sharing');
    expect((await ireland.send(new GetSnapshotBlockPublicAccessStateCommand({}))).State).toBe('unblocked');
  });

  it('can be changed', async () => {
    const paris = new EC2Client(aws.client(ID, 'eu-west-3'));
    await paris.send(new EnableSnapshotBlockPublicAccessCommand({ State: 'block-all-sharing' }));
    expect((await paris.send(new GetSnapshotBlockPublicAccessStateCommand({}))).State).toBe('block-all-sharing');
  });
});
