import type { Vpc } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeVpcs } from './calls.ts';
import { associatedCidrs } from './cidr-blocks.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import { vpcChanges } from './vpc-changes.ts';
import type { Wanted } from './wanted.ts';

export interface VpcFacets {
  readonly vpc: VpcProperties;
}

export interface VpcProperties {
  readonly isDefault: boolean;
  /** IPv4 and IPv6, of which only those that are associated. */
  readonly cidrs: readonly string[];
}

const SOURCE = 'ec2:DescribeVpcs';

export const vpcs = defineReader<'AWS::EC2::VPC', Described<Vpc>>({
  type: 'AWS::EC2::VPC',
  scope: 'regional',
  changes: vpcChanges,
  list: {
    calls: [describeVpcs],
    read: (place) => listVpcs(place, 'all'),
  },
  only: { calls: [describeVpcs], read: (place, ids) => describedOnly(place, ids, 'vpc-id', listVpcs) },
  identify: identifyAs('vpc'),
  facets: {
    vpc: { calls: [], read: ({ detail }) => toProperties(detail) },
  },
});

async function listVpcs(place: Place, wanted: Wanted): Promise<Listed<Described<Vpc>>> {
  return toListed(await describeVpcs(place, wanted), (vpc) => toDescribed(SOURCE, vpc.VpcId, vpc.OwnerId, vpc));
}

function toProperties(vpc: Vpc): VpcProperties {
  if (vpc.IsDefault === undefined || vpc.CidrBlockAssociationSet === undefined) throw malformed(SOURCE, 'a VPC is incomplete');
  return { isDefault: vpc.IsDefault, cidrs: associatedCidrs(SOURCE, vpc) };
}
