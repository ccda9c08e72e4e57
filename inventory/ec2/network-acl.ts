import type { NetworkAcl } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { toAclEntries } from './acl-entries.ts';
import { describeNetworkAcls } from './calls.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import type { NetworkAclEntries } from './network.ts';
import { networkAclChanges } from './network-acl-changes.ts';
import type { Wanted } from './wanted.ts';

export interface NetworkAclFacets {
  readonly acl: { readonly vpcId: string; readonly isDefault: boolean };
  readonly entries: NetworkAclEntries;
  readonly subnetIds: readonly string[];
}

const SOURCE = 'ec2:DescribeNetworkAcls';

export const networkAcls = defineReader<'AWS::EC2::NetworkAcl', Described<NetworkAcl>>({
  type: 'AWS::EC2::NetworkAcl',
  scope: 'regional',
  changes: networkAclChanges,
  list: {
    calls: [describeNetworkAcls],
    read: (place) => listAcls(place, 'all'),
  },
  only: { calls: [describeNetworkAcls], read: (place, ids) => describedOnly(place, ids, 'network-acl-id', listAcls) },
  identify: identifyAs('network-acl'),
  facets: {
    acl: { calls: [], read: ({ detail }) => toAcl(detail) },
    entries: { calls: [], read: ({ detail }) => toAclEntries(detail) },
    subnetIds: { calls: [], read: ({ detail }) => toSubnetIds(detail) },
  },
});

async function listAcls(place: Place, wanted: Wanted): Promise<Listed<Described<NetworkAcl>>> {
  return toListed(await describeNetworkAcls(place, wanted), (acl) => toDescribed(SOURCE, acl.NetworkAclId, acl.OwnerId, acl));
}

function toAcl({ VpcId, IsDefault }: NetworkAcl): NetworkAclFacets['acl'] {
  if (VpcId === undefined || IsDefault === undefined) throw malformed(SOURCE, 'an ACL is incomplete');
  return { vpcId: VpcId, isDefault: IsDefault };
}

function toSubnetIds({ Associations }: NetworkAcl): readonly string[] {
  if (Associations === undefined) throw malformed(SOURCE, 'an ACL has no list of associations');
  return Associations.flatMap(({ SubnetId }) => SubnetId ?? []);
}
