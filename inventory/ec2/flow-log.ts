import type { FlowLog as ApiFlowLog, Subnet } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import { describeSubnets } from './calls.ts';
import { groupedBy, toListing } from './listing.ts';
import { describeFlowLogs } from './network-calls.ts';

export interface FlowLog {
  readonly id: string;
  /** The VPC or the subnet whose traffic it records. */
  readonly resourceId: string;
  readonly active: boolean;
  /** What came of the last delivery. */
  readonly delivery: 'SUCCESS' | 'FAILED' | undefined;
  readonly traffic: 'ACCEPT' | 'REJECT' | 'ALL';
}

const SOURCE = 'ec2:DescribeFlowLogs';

const logsByResource = groupedBy(({ ResourceId }: ApiFlowLog) => [ResourceId]);
const subnetsByVpc = groupedBy(({ VpcId }: Subnet) => [VpcId]);

/** Those of a VPC and of its subnets. */
export async function readFlowLogs(vpcId: string, place: Place): Promise<Listed<FlowLog>> {
  const [logs, subnetIds] = await Promise.all([toListing(describeFlowLogs(place)), readSubnetIds(vpcId, place)]);
  const own = [vpcId, ...subnetIds.known].map((id) => toListed(logsByResource(logs, id), toFlowLog));
  return joined(own, subnetIds.unread);
}

export async function readSubnetIds(vpcId: string, place: Place): Promise<Listed<string>> {
  const subnets = await toListing(describeSubnets(place, 'all'));
  return subnetsByVpc(subnets, vpcId).map(({ SubnetId = '' }) => SubnetId);
}

function toFlowLog({ FlowLogId, ResourceId, FlowLogStatus, DeliverLogsStatus, TrafficType }: ApiFlowLog): FlowLog {
  if (FlowLogId === undefined || ResourceId === undefined || FlowLogStatus === undefined || TrafficType === undefined) {
    throw malformed(SOURCE, 'a flow log is incomplete');
  }
  return {
    id: FlowLogId,
    resourceId: ResourceId,
    active: FlowLogStatus === 'ACTIVE',
    delivery: DeliverLogsStatus === 'SUCCESS' || DeliverLogsStatus === 'FAILED' ? DeliverLogsStatus : undefined,
    traffic: TrafficType,
  };
}
