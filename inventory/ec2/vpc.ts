import type { Vpc } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeVpcs } from './calls.ts';
import { associatedCidrs } from './cidr-blocks.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';

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
  changes: [],
  list: {
    calls: [describeVpcs],
    read: async (place) => toListed(await describeVpcs(place), (vpc) => toDescribed(SOURCE, vpc.VpcId, vpc.OwnerId, vpc)),
  },
  identify: identifyAs('vpc'),
  facets: {
    vpc: { calls: [], read: ({ detail }) => toProperties(detail) },
  },
});

function toProperties(vpc: Vpc): VpcProperties {
  if (vpc.IsDefault === undefined || vpc.CidrBlockAssociationSet === undefined) throw malformed(SOURCE, 'a VPC is incomplete');
  return { isDefault: vpc.IsDefault, cidrs: associatedCidrs(SOURCE, vpc) };
}
