import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { toAttachment } from './attachment.ts';
import { describeNetworkInterfaces } from './calls.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import { networkInterfaceChanges } from './network-interface-changes.ts';
import { publicAddressesOf } from './public-addresses.ts';
import type { Attachment } from './security-group.ts';
import type { Wanted } from './wanted.ts';

export interface NetworkInterfaceFacets {
  readonly networkInterface: NetworkInterfaceProperties;
}

export interface NetworkInterfaceProperties extends Pick<Attachment, 'owner'> {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly status: 'associated' | 'attaching' | 'available' | 'detaching' | 'in-use';
  /** Public IPv4 (automatic, Elastic, also of secondary addresses) and global IPv6 addresses; of a delegated IPv6 prefix its first address. */
  readonly publicAddresses: readonly string[];
  readonly groupIds: readonly string[];
}

const SOURCE = 'ec2:DescribeNetworkInterfaces';

export const networkInterfaces = defineReader<'AWS::EC2::NetworkInterface', Described<NetworkInterface>>({
  type: 'AWS::EC2::NetworkInterface',
  scope: 'regional',
  changes: networkInterfaceChanges,
  list: { calls: [describeNetworkInterfaces], read: (place) => listInterfaces(place, 'all') },
  only: {
    calls: [describeNetworkInterfaces],
    read: (place, ids) => describedOnly(place, ids, 'network-interface-id', listInterfaces),
  },
  identify: identifyAs('network-interface'),
  facets: {
    networkInterface: { calls: [], read: ({ detail }) => toProperties(detail) },
  },
});

async function listInterfaces(place: Place, wanted: Wanted): Promise<Listed<Described<NetworkInterface>>> {
  return toListed(await describeNetworkInterfaces(place, wanted), toInterface);
}

/** Interfaces name their tags otherwise than the rest of EC2 does. */
function toInterface(detail: NetworkInterface): Described<NetworkInterface> {
  return toDescribed(SOURCE, detail.NetworkInterfaceId, detail.OwnerId, { ...detail, Tags: detail.TagSet });
}

function toProperties(detail: NetworkInterface): NetworkInterfaceProperties {
  const { VpcId, SubnetId, Status, Groups } = detail;
  if (VpcId === undefined || SubnetId === undefined || Status === undefined || Groups === undefined) throw incomplete();
  return {
    vpcId: VpcId,
    subnetId: SubnetId,
    status: Status,
    owner: toAttachment(detail).owner,
    publicAddresses: publicAddressesOf(detail),
    groupIds: Groups.map(({ GroupId }) => toGroupId(GroupId)),
  };
}

function toGroupId(id: string | undefined): string {
  if (id === undefined) throw incomplete();
  return id;
}

function incomplete() {
  return malformed(SOURCE, 'an interface is incomplete');
}
