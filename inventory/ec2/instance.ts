import type { Instance } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { defineReader } from '../reader.ts';
import { type Among, operatingSystemCalls, patchStateCalls, readOperatingSystem, readPatchState } from '../ssm/managed-instance.ts';
import { describeInstances } from './calls.ts';
import { type Described, identifyAs } from './described.ts';
import { describedOnly } from './described-only.ts';
import { exposureCalls, readInterfaces } from './exposure.ts';
import type { NewerImage, UsedImage } from './image.ts';
import { instanceChanges } from './instance-changes.ts';
import { imagesInUse, instanceImageCalls, readInstanceImage } from './instance-image.ts';
import { listInstances } from './instance-listing.ts';
import type { NetworkAclEntries, Route, SecurityGroupRule } from './network.ts';
import { readNewerImage } from './newer-image.ts';
import type { Wanted } from './wanted.ts';

export interface InstanceFacets {
  readonly instance: InstanceProperties;
  readonly metadataOptions: MetadataOptions;
  readonly image: UsedImage;
  /** `undefined` when the instance runs on the newest one of its family. */
  readonly newerImage: NewerImage | undefined;
  /** One element per network interface. */
  readonly interfaces: Iterable<InterfaceExposure>;
  /** The operating system that SSM Agent reports; unread (`no-data`) when the instance is not managed. */
  readonly operatingSystem: OperatingSystem;
  /** SSM Patch Manager's last result; unread (`no-data`) when there is none. */
  readonly patchState: PatchState;
}

export interface InstanceProperties {
  readonly state: 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';
  readonly launchedAt: string;
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
}

export interface OperatingSystem {
  readonly name: string;
  readonly version: string;
}

/** Counts of patches, as DescribeInstancePatchStates gives them. */
export interface PatchState {
  readonly missing: number;
  readonly failed: number;
  readonly pendingReboot: number;
  readonly criticalNonCompliant: number;
  readonly securityNonCompliant: number;
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
    interfaces: { calls: exposureCalls, read: ({ detail }, place) => readInterfaces(place, detail) },
    operatingSystem: { calls: operatingSystemCalls, read: ({ id, wanted }, place) => readOperatingSystem(place, id, idsIn(wanted)) },
    patchState: { calls: patchStateCalls, read: ({ id, wanted }, place) => readPatchState(place, id, idsIn(wanted)) },
  },
});

function toProperties({ State, LaunchTime, PlatformDetails, IamInstanceProfile }: Instance): InstanceProperties {
  if (State?.Name === undefined || LaunchTime === undefined) throw malformed(SOURCE, 'an instance is incomplete');
  return { state: State.Name, launchedAt: LaunchTime.toISOString(), platform: PlatformDetails, profileArn: IamInstanceProfile?.Arn };
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
