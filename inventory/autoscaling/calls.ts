import type { AutoScalingGroup, LaunchConfiguration } from '@aws-sdk/client-auto-scaling';
import { required } from '../broken-answer.ts';
import { definePagedCall } from '../call.ts';

/** Names that one request may have (Amazon EC2 Auto Scaling API Reference, DescribeAutoScalingGroups). */
export const GROUPS_AT_ONCE = 50;

/**
 * All groups of a region, or those with these names; of one that is not there the answer says nothing. Without their instances: with them, large groups
 * are throttled (Amazon EC2 Auto Scaling API Reference).
 */
export const describeAutoScalingGroups = definePagedCall<AutoScalingGroup, 'all' | { readonly names: readonly string[] }>({
  service: 'autoscaling',
  operation: 'DescribeAutoScalingGroups',
  permissions: ['autoscaling:DescribeAutoScalingGroups'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.autoscaling(region);
    const query = { IncludeInstances: false, ...(wanted === 'all' ? {} : { AutoScalingGroupNames: [...wanted.names] }) };
    for await (const page of sdk.paginateDescribeAutoScalingGroups({ client, pageSize: 100 }, query)) {
      yield required(page.AutoScalingGroups, 'AutoScalingGroups');
    }
  },
});

/** All launch configurations of a region: there are 200 at most unless the quota was raised. */
export const describeLaunchConfigurations = definePagedCall<LaunchConfiguration>({
  service: 'autoscaling',
  operation: 'DescribeLaunchConfigurations',
  permissions: ['autoscaling:DescribeLaunchConfigurations'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.autoscaling(region);
    for await (const page of sdk.paginateDescribeLaunchConfigurations({ client, pageSize: 100 }, {})) {
      yield required(page.LaunchConfigurations, 'LaunchConfigurations');
    }
  },
});
