import type { FlowLog } from '../../inventory/ec2/flow-log.ts';
import type { VpcFacets } from '../../inventory/ec2/vpc.ts';
import type { ResourceIdentity } from '../../inventory/resource.ts';
import { fail, notApplicable, pass, type Verdict } from '../check.ts';
import { EMPTY } from './circumstances.ts';
import { anyOf, everyOf, someOf } from './logic.ts';
import { isProvenEmpty, knownOf, refuseToJudge } from './unread.ts';

/**
 * Whether rejected traffic is recorded (CIS AWS Foundations, "Ensure VPC flow logging is enabled in all VPCs": `REJECT` or all) and arrives: by a log of the
 * VPC, or by one of each of its subnets. A VPC without interfaces has no traffic yet: LOW.
 */
export function judgeFlowLogs(vpc: Omit<VpcFacets, 'endpoints'> & { readonly identity: ResourceIdentity }): Verdict {
  if (vpc.vpc.isShared) return notApplicable('the VPC belongs to another account');
  const records = (resourceId: string) => someOf(vpc.flowLogs, (log) => log.resourceId === resourceId && works(log));
  const isRecorded = anyOf(
    () => records(vpc.identity.id),
    () => someOf(vpc.subnetIds, () => true) && everyOf(vpc.subnetIds, records),
  );
  if (isRecorded) return pass;
  const { known } = knownOf(() => vpc.flowLogs);
  const idle = isProvenEmpty(() => vpc.interfaceIds);
  const flowLogs = known.map(({ id, resourceId, active, delivery = 'unknown', traffic }) => ({
    id,
    of: resourceId,
    active,
    delivery,
    traffic,
  }));
  const reason = `${reasonOf(known, vpc.identity.id)}${idle ? ', nothing in it' : ''}`;
  return fail(reason, { flowLogs: flowLogs.sort((a, b) => (a.id < b.id ? -1 : 1)) }, idle ? EMPTY : undefined);
}

/** A log whose delivery is not told may be young: neither good nor bad. */
function works({ active, traffic, delivery }: FlowLog): boolean {
  if (!active || traffic === 'ACCEPT' || delivery === 'FAILED') return false;
  return delivery === 'SUCCESS' || refuseToJudge('no-data', 'ec2:DescribeFlowLogs', 'a flow log does not tell whether it was delivered');
}

function reasonOf(logs: readonly FlowLog[], vpcId: string): string {
  if (logs.length === 0) return 'no flow log';
  const own = logs.filter(({ resourceId }) => resourceId === vpcId);
  if (own.length === 0) return 'flow logs of some subnets only';
  const rejecting = own.filter(({ traffic }) => traffic !== 'ACCEPT');
  if (rejecting.length === 0) return 'flow log of accepted traffic only';
  return rejecting.some(({ active }) => active) ? 'flow log is not delivered' : 'flow log is not active';
}
