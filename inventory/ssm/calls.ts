import type { InstanceInformation, InstancePatchState } from '@aws-sdk/client-ssm';
import { required } from '../broken-answer.ts';
import { definePagedCall } from '../call.ts';

/** Of all managed instances, or of these, at most fifty: of one that is not managed the answer says nothing. */
export const describeInstanceInformation = definePagedCall<InstanceInformation, 'all' | { readonly instanceIds: readonly string[] }>({
  service: 'ssm',
  operation: 'DescribeInstanceInformation',
  permissions: ['ssm:DescribeInstanceInformation'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ssm(region);
    const query = wanted === 'all' ? {} : { Filters: [{ Key: 'InstanceIds', Values: [...wanted.instanceIds] }] };
    for await (const page of sdk.paginateDescribeInstanceInformation({ client, pageSize: 50 }, query)) {
      yield required(page.InstanceInformationList, 'InstanceInformationList');
    }
  },
});

/** At most fifty ids (AWS Systems Manager API Reference). An instance that was never scanned is not in the answer. */
export const describeInstancePatchStates = definePagedCall<InstancePatchState, { readonly instanceIds: readonly string[] }>({
  service: 'ssm',
  operation: 'DescribeInstancePatchStates',
  permissions: ['ssm:DescribeInstancePatchStates'],
  async *pages(session, region, { instanceIds }) {
    const { sdk, client } = await session.aws.ssm(region);
    for await (const page of sdk.paginateDescribeInstancePatchStates({ client, pageSize: 100 }, { InstanceIds: [...instanceIds] })) {
      yield required(page.InstancePatchStates, 'InstancePatchStates');
    }
  },
});
