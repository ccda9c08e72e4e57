import type { NetworkAcl } from '@aws-sdk/client-ec2';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { toAclEntries } from './acl-entries.ts';
import { describeNetworkAcls } from './calls.ts';
import { groupedBy, toListing } from './listing.ts';
import type { NetworkAclEntries } from './network.ts';
import { notVisible } from './not-visible.ts';
import { oncePer } from './once-per.ts';

const aclsBySubnet = groupedBy(({ Associations = [] }: NetworkAcl) => Associations.map(({ SubnetId }) => SubnetId));

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
