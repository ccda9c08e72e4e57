import type { PeeringRoute, VpcPeering } from '../../inventory/ec2/vpc-peering-connection.ts';
import { type AddressRange, toRange } from './addresses.ts';
import { difference, intersection, union } from './intervals.ts';
import { answerOf, refuseToJudge } from './unread.ts';

const SOURCE = 'ec2:DescribeVpcPeeringConnections';

/**
 * Whether a route, with the others that stand in its table, leads to a whole CIDR block of the VPC on the other side: two halves are no narrower than one.
 * Throws `Unread` where the blocks of that VPC are not known.
 */
export function leadsToWholePeer(route: PeeringRoute, routes: readonly PeeringRoute[], { requester, accepter }: VpcPeering): boolean {
  const peer = route.vpcId === requester.vpcId ? accepter : requester;
  if (peer.cidrs.length === 0) return refuseToJudge('no-data', SOURCE, `the CIDR blocks of ${peer.vpcId} are not told`);
  const range = rangeOf(route);
  const others = routes.filter(({ tableId }) => tableId === route.tableId).flatMap((other) => answerOf(() => rangeOf(other)).value ?? []);
  const together = union([range, ...others.filter(({ family }) => family === range.family)]);
  return peer.cidrs.some((cidr) => {
    const block = toRange(cidr, SOURCE);
    if (block.family !== range.family || intersection([block], [range]).length === 0) return false;
    return difference([block], together).length === 0;
  });
}

function rangeOf({ destination }: PeeringRoute): AddressRange {
  return toRange(destination, 'ec2:DescribeRouteTables');
}
