import type { DBInstance } from '@aws-sdk/client-rds';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { describeNetworkAcls } from '../ec2/calls.ts';
import { groupRuleCalls, readGroupRules } from '../ec2/group-rules.ts';
import type { NetworkAclEntries, Route, SecurityGroupRule } from '../ec2/network.ts';
import { readRoutes, routeCalls } from '../ec2/routes.ts';
import { readAcl } from '../ec2/subnet-acl.ts';
import { Listed } from '../facet.ts';

/** What stands between the internet and a database in one of its subnets. Each part that was refused throws `Unread` when it is iterated. */
export interface SubnetExposure {
  readonly subnetId: string;
  /** Ingress rules of all its security groups. */
  readonly ingress: Iterable<SecurityGroupRule>;
  readonly acl: Iterable<NetworkAclEntries>;
  readonly routes: Iterable<Route>;
}

export const subnetCalls = [...new Set([...groupRuleCalls, describeNetworkAcls, ...routeCalls])];

/** A database may be in any of the subnets of its group, and after a failover in another. */
export async function readSubnets(place: Place, { DBSubnetGroup, VpcSecurityGroups = [] }: DBInstance): Promise<Listed<SubnetExposure>> {
  const vpcId = DBSubnetGroup?.VpcId;
  const subnets = DBSubnetGroup?.Subnets;
  if (vpcId === undefined || subnets === undefined) throw malformed('rds:DescribeDBInstances', 'a database has no subnets');
  const groupIds = VpcSecurityGroups.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? '');
  const ingress = await readGroupRules(place, groupIds, 'ingress');
  return new Listed(
    await Promise.all(
      subnets.map(async ({ SubnetIdentifier: subnetId }) => {
        if (subnetId === undefined) throw malformed('rds:DescribeDBInstances', 'a subnet has no id');
        const [acl, routes] = await Promise.all([readAcl(place, subnetId), readRoutes(place, subnetId, vpcId)]);
        return { subnetId, ingress, acl, routes };
      }),
    ),
  );
}
