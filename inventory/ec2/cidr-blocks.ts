import { malformed } from '../broken-answer.ts';

interface State {
  readonly State?: string;
}

/** As VPCs and subnets list the blocks that they have, and those that they are getting or losing. */
export interface CidrBlocks {
  readonly CidrBlockAssociationSet?: readonly { readonly CidrBlock?: string; readonly CidrBlockState?: State }[];
  /** Left out where there is no IPv6 block. */
  readonly Ipv6CidrBlockAssociationSet?: readonly { readonly Ipv6CidrBlock?: string; readonly Ipv6CidrBlockState?: State }[];
}

/**
 * The IPv4 and IPv6 CIDRs that are associated now. `operation` is the call that listed them.
 * @throws Unread when a block is not told whole
 */
export function associatedCidrs(
  operation: string,
  { CidrBlockAssociationSet = [], Ipv6CidrBlockAssociationSet = [] }: CidrBlocks,
): readonly string[] {
  const blocks = [
    ...CidrBlockAssociationSet.map(({ CidrBlock, CidrBlockState }) => ({ cidr: CidrBlock, state: CidrBlockState?.State })),
    ...Ipv6CidrBlockAssociationSet.map(({ Ipv6CidrBlock, Ipv6CidrBlockState }) => ({
      cidr: Ipv6CidrBlock,
      state: Ipv6CidrBlockState?.State,
    })),
  ];
  return blocks.flatMap(({ cidr, state }) => {
    if (cidr === undefined || state === undefined) throw malformed(operation, 'a CIDR block is incomplete');
    return state === 'associated' ? [cidr] : [];
  });
}
