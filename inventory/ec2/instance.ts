import type { NewerImage, UsedImage } from './image.ts';
import type { NetworkAclEntries, Route, SecurityGroupRule } from './network.ts';

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
  /** Public IPv4 (automatic, Elastic, also of secondary addresses) and global IPv6 addresses. */
  readonly publicAddresses: readonly string[];
  readonly groupIds: readonly string[];
  /** Ingress rules of all its groups. */
  readonly ingress: Iterable<SecurityGroupRule>;
  /** Of its subnet. Iterated only where it matters: throws `Unread` when the ACLs were not read. */
  readonly acl: Iterable<NetworkAclEntries>;
  /** Of its subnet's route table, or the main one of the same VPC. Throws `Unread` when not read. */
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
