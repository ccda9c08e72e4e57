import type { InstanceInformation, InstancePatchState } from '@aws-sdk/client-ssm';
import type { Place } from '../call.ts';
import { inBatches } from '../ec2/batches.ts';
import type { Management, OperatingSystem, PatchState } from '../ec2/instance.ts';
import { groupedBy } from '../ec2/listing.ts';
import { oncePer } from '../ec2/once-per.ts';
import { type Listed, Unread } from '../facet.ts';
import { describeInstanceInformation, describeInstancePatchStates } from './calls.ts';

export const operatingSystemCalls = [describeInstanceInformation];
export const managementCalls = [describeInstanceInformation];
export const patchStateCalls = [describeInstanceInformation, describeInstancePatchStates];

/** Instances that SSM is asked about in one request. */
const AT_ONCE = 50;

const INFORMATION = 'ssm:DescribeInstanceInformation';
const PATCH_STATES = 'ssm:DescribeInstancePatchStates';

const informationById = groupedBy(({ InstanceId }: InstanceInformation) => [InstanceId]);
const patchStatesById = groupedBy(({ InstanceId }: InstancePatchState) => [InstanceId]);

/** Instances that will be asked about together: all of the region, or these. */
export type Among = 'all' | readonly string[];

/** Whether SSM manages the instance, and still hears of it. */
export async function readManagement(place: Place, instanceId: string, among: Among): Promise<Management | undefined> {
  const [found] = informationById(await readInformation(place, instanceId, among), instanceId);
  if (!found) return undefined;
  const { PingStatus: ping, LastPingDateTime } = found;
  if (ping === undefined) throw nothingReported(INFORMATION, 'Systems Manager does not say whether it hears of the instance');
  return { ping, lastPingAt: LastPingDateTime?.toISOString() };
}

/** What SSM Agent last reported, also of an instance that has lost its connection since. Throws `Unread` (`no-data`) if SSM does not manage the instance. */
export async function readOperatingSystem(place: Place, instanceId: string, among: Among): Promise<OperatingSystem> {
  const { PlatformName, PlatformVersion } = managed(await readInformation(place, instanceId, among), instanceId);
  if (!PlatformName || !PlatformVersion) throw nothingReported(INFORMATION, 'SSM Agent has not reported the operating system');
  return { name: PlatformName, version: PlatformVersion };
}

/** Patch Manager's last result. Throws `Unread` (`no-data`) if there is none, or SSM does not manage the instance. */
export async function readPatchState(place: Place, instanceId: string, among: Among): Promise<PatchState> {
  const information = await readInformation(place, instanceId, among);
  managed(information, instanceId);
  const instanceIds = batchesOf(information).get(instanceId) ?? [instanceId];
  const [state] = patchStatesById(await describeInstancePatchStates(place, { instanceIds }), instanceId);
  if (!state) throw nothingReported(PATCH_STATES, 'Patch Manager has never looked at the instance');
  return toPatchState(state);
}

function readInformation(place: Place, instanceId: string, among: Among): Promise<Listed<InstanceInformation>> {
  if (among === 'all') return describeInstanceInformation(place, 'all');
  const instanceIds = inBatches(among, AT_ONCE).get(instanceId) ?? [instanceId];
  return describeInstanceInformation(place, { instanceIds });
}

function managed(information: Listed<InstanceInformation>, instanceId: string): InstanceInformation {
  const [found] = informationById(information, instanceId);
  if (!found) throw nothingReported(INFORMATION, 'Systems Manager does not manage the instance');
  return found;
}

/** EC2 instances only: hybrid nodes (`mi-…`) are nobody's question here. */
const batchesOf = oncePer((information: Listed<InstanceInformation>) =>
  inBatches(
    information.known.flatMap(({ InstanceId }) => (InstanceId?.startsWith('i-') ? [InstanceId] : [])),
    AT_ONCE,
  ),
);

/** Each count by itself: states recorded before Patch Manager counted by severity lack some of them. */
function toPatchState(state: InstancePatchState): PatchState {
  const { Operation, OperationEndTime } = state;
  if (Operation === undefined || OperationEndTime === undefined) {
    throw nothingReported(PATCH_STATES, 'Patch Manager does not say when it looked at the instance');
  }
  const counted = (name: keyof InstancePatchState): number => {
    const count = state[name];
    if (typeof count !== 'number') throw nothingReported(PATCH_STATES, `the patch state has no ${name}`);
    return count;
  };
  return {
    get missing() {
      return counted('MissingCount');
    },
    get failed() {
      return counted('FailedCount');
    },
    get pendingReboot() {
      return counted('InstalledPendingRebootCount');
    },
    get criticalNonCompliant() {
      return counted('CriticalNonCompliantCount');
    },
    get securityNonCompliant() {
      return counted('SecurityNonCompliantCount');
    },
    get otherNonCompliant() {
      return counted('OtherNonCompliantCount');
    },
    operation: Operation,
    endedAt: OperationEndTime.toISOString(),
  };
}

function nothingReported(operation: string, message: string): Unread {
  return new Unread({ cause: 'no-data', operation, permissions: [], message });
}
