import type { Instance } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { AcceleratedWay } from '../global-accelerator/way.ts';
import type { ProfileRole } from '../iam/profile-role.ts';
import type { BalancedWay } from '../load-balancing/way.ts';
import { defineReader } from '../reader.ts';
import {
  type Among,
  managementCalls,
  operatingSystemCalls,
  patchStateCalls,
  readManagement,
  readOperatingSystem,
  readPatchState,
} from '../ssm/managed-instance.ts';
import { describeInstances } from './calls.ts';
import { type Described, identifyAs } from './described.ts';
import { describedOnly } from './described-only.ts';
import { exposedRoleCalls, exposureCalls, interfacesOf, readExposedRole, readInterfaces } from './exposure.ts';
import type { NewerImage, UsedImage } from './image.ts';
import { instanceChanges } from './instance-changes.ts';
import { imagesInUse, instanceImageCalls, readInstanceImage } from './instance-image.ts';
import { listInstances } from './instance-listing.ts';
import type { NetworkAclEntries, Route, SecurityGroupRule } from './network.ts';
import { readNewerImage } from './newer-image.ts';
import { publicAddressesOf } from './public-addresses.ts';
import { type Rebuild, readRebuild, rebuildCalls } from './rebuild.ts';
import type { Wanted } from './wanted.ts';

export interface InstanceFacets {
  readonly instance: InstanceProperties;
  readonly metadataOptions: MetadataOptions;
  readonly image: UsedImage;
  /** `undefined` when the instance runs on the newest one of its family. */
  readonly newerImage: NewerImage | undefined;
  /** What a replacement of the instance would be started from. */
  readonly rebuild: Rebuild;
  /** Of all its network interfaces: public IPv4 (automatic, Elastic, also of secondary addresses) and global IPv6 addresses. */
  readonly publicAddresses: readonly string[];
  /** One element per network interface. */
  readonly interfaces: Iterable<InterfaceExposure>;
  /** The role of its profile; `undefined` when it has none, or nothing from outside leads to the instance. */
  readonly exposedRole: ProfileRole | undefined;
  /** The operating system that SSM Agent reports; unread (`no-data`) when the instance is not managed. */
  readonly operatingSystem: OperatingSystem;
  /** How Systems Manager reaches the instance; `undefined` when it does not know it. */
  readonly management: Management | undefined;
  /** SSM Patch Manager's last result; unread (`no-data`) when there is none. */
  readonly patchState: PatchState;
}

export interface InstanceProperties {
  readonly state: 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';
  /** When it was last started: stopping and starting it makes this new. */
  readonly launchedAt: string;
  /** When it was made: the earliest of its last start and the attachments of its first network interface, which never changes, and its root volume. */
  readonly madeAt: string;
  /** Since when it has its root volume; later than `madeAt` if that was replaced. */
  readonly rootVolumeSince: string | undefined;
  /** EC2's `PlatformDetails`: `Linux/UNIX`, `Windows`, `Red Hat Enterprise Linux`. */
  readonly platform: string | undefined;
  readonly profileArn: string | undefined;
}

export interface MetadataOptions {
  readonly endpoint: 'enabled' | 'disabled';
  readonly tokens: 'optional' | 'required';
  readonly hopLimit: number | undefined;
}

/** All that decides whether the internet reaches a network interface. */
export interface InterfaceExposure {
  readonly interfaceId: string;
  /** Public IPv4 (automatic, Elastic, also of secondary addresses) and global IPv6 addresses; of a delegated IPv6 prefix its first address. */
  readonly publicAddresses: readonly string[];
  readonly groupIds: readonly string[];
  /** Ingress rules of all its groups. */
  readonly ingress: Iterable<SecurityGroupRule>;
  /** Of its subnet. Iterated only where it matters: throws `Unread` when the ACLs were not read. */
  readonly acl: Iterable<NetworkAclEntries>;
  /** Of its subnet's route table, or the main one of the same VPC; those to the internet are inactive behind VPC Block Public Access. Throws `Unread` when not read. */
  readonly routes: Iterable<Route>;
  /** Through load balancers that face the internet or an accelerator, whether or not the interface has a public address. Throws `Unread` when not all were read. */
  readonly ways: Iterable<BalancedWay>;
  /** Straight from accelerators, likewise. */
  readonly accelerated: Iterable<AcceleratedWay>;
}

export interface OperatingSystem {
  readonly name: string;
  readonly version: string;
}

/** What SSM Agent tells of an instance, whether by its own profile or by Default Host Management. */
export interface Management {
  /** `ConnectionLost`: SSM has not heard of the agent for five minutes and more. */
  readonly ping: 'Online' | 'ConnectionLost' | 'Inactive';
  readonly lastPingAt: string | undefined;
}

/** Counts of patches, as DescribeInstancePatchStates gives them. */
export interface PatchState {
  readonly missing: number;
  readonly failed: number;
  readonly pendingReboot: number;
  readonly criticalNonCompliant: number;
  readonly securityNonCompliant: number;
  /** Neither critical nor security patches; also those that are installed although the baseline rejects them. */
  readonly otherNonCompliant: number;
  readonly operation: 'Scan' | 'Install';
  readonly endedAt: string;
}

const SOURCE = 'ec2:DescribeInstances';

export const instances = defineReader<'AWS::EC2::Instance', Described<Instance>>({
  type: 'AWS::EC2::Instance',
  scope: 'regional',
  changes: instanceChanges,
  list: { calls: [describeInstances], read: (place) => listInstances(place, 'all') },
  only: { calls: [describeInstances], read: (place, ids) => describedOnly(place, ids, 'instance-id', listInstances) },
  identify: identifyAs('instance'),
  facets: {
    instance: { calls: [], read: ({ detail }) => toProperties(detail) },
    metadataOptions: { calls: [], read: ({ detail }) => toMetadataOptions(detail) },
    image: { calls: instanceImageCalls, read: imageOf },
    newerImage: { calls: instanceImageCalls, read: newerImageOf },
    rebuild: { calls: rebuildCalls, read: (instance, place) => readRebuild(place, instance) },
    publicAddresses: { calls: [], read: ({ detail }) => interfacesOf(detail).flatMap(publicAddressesOf) },
    interfaces: { calls: exposureCalls, read: ({ detail, wanted }, place) => readInterfaces(place, detail, wanted) },
    exposedRole: { calls: exposedRoleCalls, read: ({ detail, wanted }, place) => readExposedRole(place, detail, wanted) },
    operatingSystem: { calls: operatingSystemCalls, read: ({ id, wanted }, place) => readOperatingSystem(place, id, idsIn(wanted)) },
    management: { calls: managementCalls, read: ({ id, wanted }, place) => readManagement(place, id, idsIn(wanted)) },
    patchState: { calls: patchStateCalls, read: ({ id, wanted }, place) => readPatchState(place, id, idsIn(wanted)) },
  },
});

function toProperties(instance: Instance): InstanceProperties {
  const { State, LaunchTime, PlatformDetails, IamInstanceProfile } = instance;
  if (State?.Name === undefined || LaunchTime === undefined) throw malformed(SOURCE, 'an instance is incomplete');
  return {
    state: State.Name,
    launchedAt: LaunchTime.toISOString(),
    ...toAge(instance, LaunchTime),
    platform: PlatformDetails,
    profileArn: IamInstanceProfile?.Arn,
  };
}

function toAge(instance: Instance, launchedAt: Date): Pick<InstanceProperties, 'madeAt' | 'rootVolumeSince'> {
  const { RootDeviceName, BlockDeviceMappings = [], NetworkInterfaces = [] } = instance;
  const root = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === RootDeviceName)?.Ebs?.AttachTime;
  const first = NetworkInterfaces.find(({ Attachment }) => Attachment?.DeviceIndex === 0)?.Attachment?.AttachTime;
  const times = [launchedAt, root, first].flatMap((time) => time?.getTime() ?? []);
  return { madeAt: new Date(Math.min(...times)).toISOString(), rootVolumeSince: root?.toISOString() };
}

function toMetadataOptions({ MetadataOptions: options }: Instance): MetadataOptions {
  if (options?.HttpEndpoint === undefined || options.HttpTokens === undefined)
    throw malformed(SOURCE, 'an instance has no metadata options');
  return { endpoint: options.HttpEndpoint, tokens: options.HttpTokens, hopLimit: options.HttpPutResponseHopLimit };
}

async function imageOf(instance: Described<Instance>, place: Place): Promise<UsedImage> {
  return (await readInstanceImage(place, instance, instance.wanted ?? 'all')).image;
}

async function newerImageOf(instance: Described<Instance>, place: Place): Promise<NewerImage | undefined> {
  const { wanted = 'all' } = instance;
  const used = await readInstanceImage(place, instance, wanted);
  return readNewerImage(place, used, await imagesInUse(await listInstances(place, wanted), place, wanted));
}

function idsIn(wanted: Wanted = 'all'): Among {
  return wanted === 'all' ? wanted : wanted.values;
}
