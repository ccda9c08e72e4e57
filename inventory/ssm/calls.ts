import type { InstanceInformation, InstancePatchState } from '@aws-sdk/client-ssm';
import { required } from '../broken-answer.ts';
import { definePagedCall } from '../call.ts';

export const describeInstanceInformation = definePagedCall<InstanceInformation>({
  service: 'ssm',
  operation: 'DescribeInstanceInformation',
  permissions: ['ssm:DescribeInstanceInformation'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.ssm(region);
    for await (const page of sdk.paginateDescribeInstanceInformation({ client, pageSize: 50 }, {})) {
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
