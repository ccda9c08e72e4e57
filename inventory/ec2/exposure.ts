import type { Instance, InstanceNetworkInterface } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { mayBeAccelerated, readAcceleratedWays } from '../global-accelerator/accelerated-ways.ts';
import { type ProfileRole, profileRoleCalls, readProfileRole } from '../iam/profile-role.ts';
import { mayBeBalanced, readWays, registrationCalls, wayCalls } from '../load-balancing/ways.ts';
import { attempt, opened, toListed } from '../partial.ts';
import { describeNetworkAcls } from './calls.ts';
import { groupRuleCalls, readGroupRules } from './group-rules.ts';
import type { InterfaceExposure } from './instance.ts';
import { publicAddressesOf } from './public-addresses.ts';
import { readRoutes, routeCalls } from './routes.ts';
import { readAcl } from './subnet-acl.ts';
import type { Wanted } from './wanted.ts';

export const exposureCalls = [...new Set([...groupRuleCalls, describeNetworkAcls, ...routeCalls, ...wayCalls])];

/** What decides whether the internet reaches an instance. Each part that was refused throws `Unread` by itself when it is touched. */
export async function readInterfaces(place: Place, instance: Instance, wanted: Wanted = 'all'): Promise<Listed<InterfaceExposure>> {
  const { InstanceId } = instance;
  const read = await Promise.all(interfacesOf(instance).map((each) => attempt(() => readInterface(place, each, InstanceId, wanted))));
  return toListed(read, opened);
}

/** @throws Unread where EC2 does not tell them: an instance without any has an empty list */
export function interfacesOf({ NetworkInterfaces }: Instance): readonly InstanceNetworkInterface[] {
  if (NetworkInterfaces === undefined) throw malformed('ec2:DescribeInstances', 'an instance has no list of interfaces');
  return NetworkInterfaces;
}

async function readInterface(
  place: Place,
  networkInterface: InstanceNetworkInterface,
  instanceId: string | undefined,
  wanted: Wanted,
): Promise<InterfaceExposure> {
  const { NetworkInterfaceId, SubnetId, VpcId, Groups } = networkInterface;
  if (NetworkInterfaceId === undefined || SubnetId === undefined || VpcId === undefined || Groups === undefined) {
    throw malformed('ec2:DescribeInstances', 'an interface is incomplete');
  }
  const groupIds = Groups.map(({ GroupId }) => GroupId ?? '');
  const [ingress, acl, routes, ways, accelerated] = await Promise.all([
    readGroupRules(place, groupIds, 'ingress'),
    readAcl(place, SubnetId),
    readRoutes(place, SubnetId, VpcId),
    readWays(place, networkInterface, instanceId, wanted),
    readAcceleratedWays(place, networkInterface, instanceId, wanted),
  ]);
  const publicAddresses = publicAddressesOf(networkInterface);
  return { interfaceId: NetworkInterfaceId, publicAddresses, groupIds, ingress, acl, routes, ways, accelerated };
}

export const exposedRoleCalls = [...registrationCalls, ...profileRoleCalls];

/** The role of an instance's profile; `undefined` when it has none, or no address, load balancer and accelerator leads to it from outside: then nobody asks. */
export async function readExposedRole(place: Place, instance: Instance, wanted: Wanted = 'all'): Promise<ProfileRole | undefined> {
  const { InstanceId, IamInstanceProfile } = instance;
  if (IamInstanceProfile?.Arn === undefined) return undefined;
  const interfaces = interfacesOf(instance);
  const hasAddress = interfaces.some((each) => publicAddressesOf(each).length > 0);
  const isReached =
    hasAddress ||
    (await mayBeBalanced(place, interfaces, InstanceId, wanted)) ||
    (await mayBeAccelerated(place, interfaces, InstanceId, wanted));
  return isReached ? readProfileRole(place, IamInstanceProfile.Arn) : undefined;
}
