import type { StandardsSubscription } from '@aws-sdk/client-securityhub';
import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';

/**
 * Whether Security Hub is enabled. Where it is not, it refuses with `InvalidAccessException`, which it also has for other reasons: only the message tells
 * (AWS Security Hub API Reference, DescribeHub).
 */
export const describeHub = defineCall<boolean>({
  service: 'securityhub',
  operation: 'DescribeHub',
  permissions: ['securityhub:DescribeHub'],
  async send(session, region) {
    const { sdk, client } = await session.aws.securityhub(region);
    try {
      const answer = await client.send(new sdk.DescribeHubCommand({}));
      required(answer.HubArn, 'HubArn');
      return true;
    } catch (error) {
      if (isNotSubscribed(error)) return false;
      throw error;
    }
  },
});

function isNotSubscribed(error: unknown): boolean {
  return (
    isNamed(error, 'ResourceNotFoundException') ||
    (isNamed(error, 'InvalidAccessException') && error instanceof Error && /not subscribed to AWS Security Hub/i.test(error.message))
  );
}

export const getEnabledStandards = definePagedCall<StandardsSubscription>({
  service: 'securityhub',
  operation: 'GetEnabledStandards',
  permissions: ['securityhub:GetEnabledStandards'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.securityhub(region);
    for await (const page of sdk.paginateGetEnabledStandards({ client, pageSize: 100 }, {})) {
      yield required(page.StandardsSubscriptions, 'StandardsSubscriptions');
    }
  },
});
