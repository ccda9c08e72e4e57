import { createHash } from 'node:crypto';
import {
  AttachVolumeCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateManagedPrefixListCommand,
  CreateNetworkInterfaceCommand,
  CreateSnapshotCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  DeleteVolumeCommand,
  DeregisterImageCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  ModifyImageAttributeCommand,
  ModifyLaunchTemplateCommand,
  ModifySnapshotAttributeCommand,
  RegisterImageCommand,
  type RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import type { AccountState } from '../state.ts';
import type { Image, LaunchTemplate, Snapshot, Tags, TemplateVersion, Volume } from './description.ts';
import type { Accelerator, PrefixList } from './networks.ts';
import type { SeedClients } from './seed-clients.ts';
import { toTags } from './seed-iam.ts';
import { seedInstance } from './seed-instances.ts';
import { Networks } from './seed-network.ts';
import { seedVpc } from './seed-vpcs.ts';

/** A client of a region for a described thing, and the state to remember its id in. */
export interface Ec2Place {
  readonly ec2: EC2Client;
  readonly region: string;
  readonly state: AccountState;
}

export async function seedEc2(aws: SeedClients, state: AccountState): Promise<void> {
  const { description } = state;
  const at = ({ region = description.region }: { readonly region?: string }): Ec2Place => ({
    ec2: aws.client(EC2Client, region),
    region,
    state,
  });
  for (const [region, settings] of description.regionSettings) {
    if (settings.ebsEncryption) await at({ region }).ec2.send(new EnableEbsEncryptionByDefaultCommand({}));
  }
  for (const [name, list] of description.prefixLists) await seedPrefixList(at(list), name, list);
  const networks = new Networks(at);
  await networks.seed(description);
  for (const [name, vpc] of description.vpcs) await seedVpc(at(vpc), networks, name, vpc);
  for (const [name, accelerator] of description.accelerators) await seedAccelerator(at({}), name, accelerator);
  for (const [name, image] of description.images) await seedImage(at(image), name, image);
  for (const [name, template] of description.launchTemplates) await seedTemplate(at(template), name, template);
  for (const [name, instance] of description.instances) await seedInstance(at(instance), networks, name, instance);
  for (const [name, volume] of description.volumes) await seedVolume(at(volume), name, volume);
  for (const [name, snapshot] of description.snapshots) await seedSnapshot(at(snapshot), name, snapshot);
}

/** Moto gets the interfaces; the accelerator itself exists in the description only. */
async function seedAccelerator({ ec2, state }: Ec2Place, name: string, { subnets, group }: Accelerator): Promise<void> {
  for (const subnet of subnets) {
    const where = { SubnetId: state.idOf('subnet', subnet), Groups: [state.idOf('security-group', group)] };
    const { NetworkInterface: made } = await ec2.send(
      new CreateNetworkInterfaceCommand({ ...where, Description: 'AWS Global Accelerator' }),
    );
    state.bind('accelerator-interface', `${name} in ${subnet}`, made?.NetworkInterfaceId ?? '');
  }
}

async function seedPrefixList({ ec2, state }: Ec2Place, name: string, { cidrs }: PrefixList): Promise<void> {
  const { PrefixList: created } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: name,
      AddressFamily: cidrs.some((cidr) => cidr.includes(':')) ? 'IPv6' : 'IPv4',
      MaxEntries: Math.max(cidrs.length, 1),
      Entries: cidrs.map((Cidr) => ({ Cidr })),
    }),
  );
  state.bind('prefix-list', name, created?.PrefixListId ?? '');
}

/** Moto gets the images of this account; those of others exist in the description only. */
async function seedImage({ ec2, state }: Ec2Place, name: string, image: Image): Promise<void> {
  if (image.owner !== undefined && image.owner !== state.description.id) {
    state.bind(
      'image',
      name,
      `ami-${createHash('sha256')
        .update(`${image.owner} ${name} ${image.region ?? ''}`)
        .digest('hex')
        .slice(0, 17)}`,
    );
    return;
  }
  const { ImageId } = await ec2.send(new RegisterImageCommand({ Name: image.name ?? name, RootDeviceName: '/dev/xvda' }));
  state.bind('image', name, ImageId ?? '');
  // Moto does not take an image's tags with its registration.
  if (image.tags) await ec2.send(new CreateTagsCommand({ Resources: [ImageId ?? ''], Tags: toTags(image.tags) }));
  if (image.public) {
    await ec2.send(new ModifyImageAttributeCommand({ ImageId, LaunchPermission: { Add: [{ Group: 'all' }] } }));
  }
  if (image.state === 'deregistered') await ec2.send(new DeregisterImageCommand({ ImageId }));
}

async function seedTemplate({ ec2, state }: Ec2Place, name: string, template: LaunchTemplate): Promise<void> {
  const [first, ...later] = template.versions.map((version) =>
    toData(state, typeof version === 'string' ? { image: version } : (version ?? {})),
  );
  const { LaunchTemplate: created } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: name,
      LaunchTemplateData: first ?? {},
      ...tagged('launch-template', template.tags),
    }),
  );
  const id = created?.LaunchTemplateId;
  for (const version of later)
    await ec2.send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateId: id, LaunchTemplateData: version }));
  const defaultVersion = template.defaultVersion ?? template.versions.length;
  if (defaultVersion > 1) await ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateId: id, DefaultVersion: String(defaultVersion) }));
  state.bind('launch-template', name, id ?? '');
}

async function seedSnapshot({ ec2, region, state }: Ec2Place, name: string, snapshot: Snapshot): Promise<void> {
  const volume = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 1, Encrypted: snapshot.encrypted ?? false }),
  );
  const { SnapshotId } = await ec2.send(
    new CreateSnapshotCommand({ VolumeId: volume.VolumeId, Description: name, ...tagged('snapshot', snapshot.tags) }),
  );
  await ec2.send(new DeleteVolumeCommand({ VolumeId: volume.VolumeId }));
  if (snapshot.public) {
    const share = { Attribute: 'createVolumePermission', OperationType: 'add', GroupNames: ['all'] } as const;
    await ec2.send(new ModifySnapshotAttributeCommand({ SnapshotId, ...share, GroupNames: ['all'] }));
  }
  state.bind('snapshot', name, SnapshotId ?? '');
}

function toData(state: AccountState, { image, tokens, publicAddress, userData }: TemplateVersion): RequestLaunchTemplateData {
  return {
    InstanceType: 't3.micro',
    ...(image === undefined ? {} : { ImageId: state.findId('image', image) ?? image }),
    ...(tokens === undefined ? {} : { MetadataOptions: { HttpTokens: tokens } }),
    ...(publicAddress === undefined ? {} : { NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: publicAddress }] }),
    ...(userData === undefined ? {} : { UserData: Buffer.from(userData).toString('base64') }),
  };
}

async function seedVolume({ ec2, region, state }: Ec2Place, name: string, volume: Volume): Promise<void> {
  const { VolumeId } = await ec2.send(
    new CreateVolumeCommand({
      ...{ AvailabilityZone: `${region}a`, Size: 1, Encrypted: volume.encrypted ?? false },
      ...tagged('volume', { Name: name, ...volume.tags }),
    }),
  );
  state.bind('volume', name, VolumeId ?? '');
  if (volume.attachedTo === undefined) return;
  await ec2.send(new AttachVolumeCommand({ VolumeId, InstanceId: state.idOf('instance', volume.attachedTo), Device: '/dev/sdf' }));
}

type Taggable = 'volume' | 'instance' | 'launch-template' | 'security-group' | 'snapshot';

export function tagged(ResourceType: Taggable, tags: Tags | undefined) {
  return tags === undefined ? {} : { TagSpecifications: [{ ResourceType, Tags: toTags(tags) }] };
}
