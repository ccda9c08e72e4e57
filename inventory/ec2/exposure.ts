import type { Instance, InstanceNetworkInterface, NetworkAcl, SecurityGroup } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { Listed } from '../facet.ts';
import { attempt, joined, toListed } from '../partial.ts';
import { toAclEntries } from './acl-entries.ts';
import { describeNetworkAcls, describeSecurityGroups } from './calls.ts';
import type { InterfaceExposure } from './instance.ts';
import { groupedBy, toListing } from './listing.ts';
import type { NetworkAclEntries, SecurityGroupRule } from './network.ts';
import { notVisible } from './not-visible.ts';
import { oncePer } from './once-per.ts';
import { publicAddressesOf } from './public-addresses.ts';
import { readRoutes, routeCalls } from './routes.ts';
import { readRules } from './rules.ts';

export const exposureCalls = [describeSecurityGroups, describeNetworkAcls, ...routeCalls];

const groupsById = groupedBy(({ GroupId }: SecurityGroup) => [GroupId]);
const aclsBySubnet = groupedBy(({ Associations = [] }: NetworkAcl) => Associations.map(({ SubnetId }) => SubnetId));

/** What decides whether the internet reaches an instance. Each part that was refused throws `Unread` by itself when it is touched. */
export async function readInterfaces(place: Place, { NetworkInterfaces }: Instance): Promise<Listed<InterfaceExposure>> {
  if (NetworkInterfaces === undefined) throw malformed('ec2:DescribeInstances', 'an instance has no list of interfaces');
  const read = await Promise.all(NetworkInterfaces.map((each) => attempt(() => readInterface(place, each))));
  return joined(read.map((facet) => (facet.read ? new Listed([facet.value]) : new Listed<InterfaceExposure>([], facet.reason))));
}

async function readInterface(place: Place, networkInterface: InstanceNetworkInterface): Promise<InterfaceExposure> {
  const { NetworkInterfaceId, SubnetId, VpcId, Groups } = networkInterface;
  if (NetworkInterfaceId === undefined || SubnetId === undefined || VpcId === undefined || Groups === undefined) {
    throw malformed('ec2:DescribeInstances', 'an interface is incomplete');
  }
  const groupIds = Groups.map(({ GroupId }) => GroupId ?? '');
  const [ingress, acl, routes] = await Promise.all([
    readIngress(place, groupIds),
    readAcl(place, SubnetId),
    readRoutes(place, SubnetId, VpcId),
  ]);
  return { interfaceId: NetworkInterfaceId, publicAddresses: publicAddressesOf(networkInterface), groupIds, ingress, acl, routes };
}

async function readIngress(place: Place, groupIds: readonly string[]): Promise<Listed<SecurityGroupRule>> {
  const groups = await toListing(describeSecurityGroups(place, 'all'));
  return joined(await Promise.all(groupIds.map((id) => toListing(ingressOf(groups, id, place)))));
}

async function ingressOf(groups: Listed<SecurityGroup>, id: string, place: Place): Promise<Listed<SecurityGroupRule>> {
  const [group] = groupsById(groups, id);
  if (!group) throw notVisible('ec2:DescribeSecurityGroups', id);
  return rulesIn(groups)(group, place);
}

const rulesIn = oncePer((_groups: Listed<SecurityGroup>) =>
  oncePer(async ({ IpPermissions }: SecurityGroup, place: Place) => readRules(place, IpPermissions)),
);

/** The entries of the network ACL of a subnet: one element, or unread. */
export async function readAcl(place: Place, subnetId: string): Promise<Listed<NetworkAclEntries>> {
  const acls = await toListing(describeNetworkAcls(place, 'all'));
  return toListed([subnetId], (id) => {
    const [acl] = aclsBySubnet(acls, id);
    if (!acl) throw notVisible('ec2:DescribeNetworkAcls', `the network ACL of ${id}`);
    return entriesOf(acl);
  });
}

const entriesOf = oncePer(toAclEntries);
