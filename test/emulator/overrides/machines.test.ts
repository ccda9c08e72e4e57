import { AutoScalingClient, paginateDescribeAutoScalingGroups } from '@aws-sdk/client-auto-scaling';
import {
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
  EnableSerialConsoleAccessCommand,
  GetAllowedImagesSettingsCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSerialConsoleAccessStatusCommand,
  ModifyInstanceMetadataDefaultsCommand,
} from '@aws-sdk/client-ec2';
import { DescribeDocumentPermissionCommand, GetServiceSettingCommand, ListDocumentsCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { account } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';
import { nameOf } from '../error-of.ts';

const ID = '111122223333';
const now = new Date('2026-06-01T12:00:00Z');

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const aws = await startLocalAws();
const ec2 = new EC2Client(aws.client(ID));
const ssm = new SSMClient(aws.client(ID));
const elsewhere = new EC2Client({ ...aws.client(ID), region: 'eu-west-1' });
const idOf = await aws.seed(
  account(ID, { now })
    .regionSettings('us-east-1', {
      ebsEncryption: true,
      tokens: 'optional',
      tokensEnforced: true,
      allowedImages: 'audit-mode',
      publicDocuments: false,
    })
    .image('golden')
    .launchTemplate('fleet', { versions: ['golden'] })
    .instance('web', { image: 'golden', template: 'fleet', group: 'web', launched: 3, made: 300 })
    .instance('old', { image: 'golden', encrypted: false })
    .volume('spare')
    .autoScalingGroup('web', { template: 'fleet' })
    .autoScalingGroup('legacy', { configuration: { image: 'golden' }, zones: ['a'] })
    .document('deploy')
    .document('restart', { sharedWith: ['all'] }),
);

afterAll(() => aws.stop());

describe('the settings of a region', () => {
  it('are as described, and change', async () => {
    const { AccountLevel } = await ec2.send(new GetInstanceMetadataDefaultsCommand({}));
    expect(AccountLevel).toMatchObject({ HttpTokens: 'optional', HttpTokensEnforced: 'enabled' });
    await ec2.send(new ModifyInstanceMetadataDefaultsCommand({ HttpTokens: 'required' }));
    expect((await ec2.send(new GetInstanceMetadataDefaultsCommand({}))).AccountLevel?.HttpTokens).toBe('required');
    expect((await ec2.send(new GetAllowedImagesSettingsCommand({}))).State).toBe('audit-mode');
    expect((await ec2.send(new GetSerialConsoleAccessStatusCommand({}))).SerialConsoleAccessEnabled).toBe(false);
    await ec2.send(new EnableSerialConsoleAccessCommand({}));
    expect((await ec2.send(new GetSerialConsoleAccessStatusCommand({}))).SerialConsoleAccessEnabled).toBe(true);
  });

  it('are those of a new account elsewhere: no preference is an empty structure, not a missing one', async () => {
    expect((await elsewhere.send(new GetInstanceMetadataDefaultsCommand({}))).AccountLevel).toEqual({});
    expect((await elsewhere.send(new GetAllowedImagesSettingsCommand({}))).State).toBe('disabled');
  });
});

describe('instances', () => {
  it('have their root volume and first interface since they were made, whenever they were started', async () => {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [idOf('instance', 'web')] }));
    const instance = Reservations?.[0]?.Instances?.[0];
    const made = new Date('2025-08-05T12:00:00Z');
    expect(instance?.LaunchTime).toEqual(new Date('2026-05-29T12:00:00Z'));
    expect(instance?.BlockDeviceMappings?.[0]?.Ebs?.AttachTime).toEqual(made);
    expect(instance?.NetworkInterfaces?.[0]?.Attachment).toMatchObject({ AttachTime: made, DeviceIndex: 0 });
    expect(Object.fromEntries(instance?.Tags?.map(({ Key, Value }) => [Key, Value]) ?? [])).toMatchObject({
      'aws:autoscaling:groupName': 'web',
      'aws:ec2launchtemplate:id': idOf('launch-template', 'fleet'),
    });
  });

  it('have volumes as encrypted as the region’s default, or as described', async () => {
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({}));
    const encrypted = Volumes?.map(({ Tags, Encrypted }) => [Tags?.find(({ Key }) => Key === 'Name')?.Value, Encrypted]);
    expect(Object.fromEntries(encrypted ?? [])).toEqual({ 'root of web': true, 'root of old': false, spare: false });
  });

  it('are of images whose snapshots are encrypted by default too', async () => {
    const { Snapshots } = await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }));
    expect(Snapshots?.map(({ Encrypted }) => Encrypted)).toEqual([true]);
  });
});

describe('Auto Scaling groups', () => {
  it('come in pages of whatever size', async () => {
    const names: (string | undefined)[][] = [];
    const client = new AutoScalingClient(aws.client(ID));
    for await (const { AutoScalingGroups = [] } of paginateDescribeAutoScalingGroups({ client, pageSize: 1 }, {}))
      names.push(AutoScalingGroups.map(({ AutoScalingGroupName }) => AutoScalingGroupName));
    expect(names).toEqual([['web'], ['legacy']]);
  });
});

describe('documents', () => {
  it('are the account’s own, and shared as described', async () => {
    const { DocumentIdentifiers } = await ssm.send(new ListDocumentsCommand({ Filters: [{ Key: 'Owner', Values: ['Self'] }] }));
    expect(DocumentIdentifiers?.map(({ Name }) => Name)).toEqual(['deploy', 'restart']);
    const shared = (Name: string) => ssm.send(new DescribeDocumentPermissionCommand({ Name, PermissionType: 'Share' }));
    expect((await shared('restart')).AccountIds).toEqual(['all']);
    expect((await shared('deploy')).AccountIds).toEqual([]);
  });

  it('may be made public unless that is blocked', async () => {
    const setting = async (SettingId: string, client = ssm) =>
      (await client.send(new GetServiceSettingCommand({ SettingId }))).ServiceSetting?.SettingValue;
    const sharing = '/ssm/documents/console/public-sharing-permission';
    expect(await setting(sharing)).toBe('Disable');
    expect(await setting(sharing, new SSMClient({ ...aws.client(ID), region: 'eu-west-1' }))).toBe('Enable');
    expect(await nameOf(setting('/ssm/something/else'))).toBe('ServiceSettingNotFound');
  });
});
