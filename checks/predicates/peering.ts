import type { PeeringRoute, VpcPeering } from '../../inventory/ec2/vpc-peering-connection.ts';
import { toRange } from './addresses.ts';
import { refuseToJudge } from './unread.ts';

const SOURCE = 'ec2:DescribeVpcPeeringConnections';

/** Whether a route leads to a whole CIDR block of the VPC on the other side, or to more. Throws `Unread` where its blocks are not known. */
export function leadsToWholePeer({ vpcId, destination }: PeeringRoute, { requester, accepter }: VpcPeering): boolean {
  const peer = vpcId === requester.vpcId ? accepter : requester;
  if (peer.cidrs.length === 0) return refuseToJudge('no-data', SOURCE, `the CIDR blocks of ${peer.vpcId} are not told`);
  const route = toRange(destination, 'ec2:DescribeRouteTables');
  return peer.cidrs.some((cidr) => {
    const block = toRange(cidr, SOURCE);
    return block.family === route.family && route.from <= block.from && block.to <= route.to;
  });
}
