import type { DistributionConfig, DistributionSummary, OriginAccessControlSummary } from '@aws-sdk/client-cloudfront';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';

export const listDistributions = definePagedCall<DistributionSummary>({
  service: 'cloudfront',
  operation: 'ListDistributions',
  permissions: ['cloudfront:ListDistributions'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.cloudfront(region);
    for await (const { DistributionList } of sdk.paginateListDistributions({ client, pageSize: 100 }, {})) {
      const { IsTruncated, NextMarker, Items } = required(DistributionList, 'DistributionList');
      // Otherwise the SDK takes this page for the last one.
      if (required(IsTruncated, 'IsTruncated')) required(NextMarker, 'NextMarker');
      yield Items ?? [];
    }
  },
});

/** What the listing leaves out of a distribution: its default root object and its logging. */
export const getDistributionConfig = defineCall<DistributionConfig, { readonly id: string }>({
  service: 'cloudfront',
  operation: 'GetDistributionConfig',
  permissions: ['cloudfront:GetDistributionConfig'],
  async send(session, region, { id }) {
    const { sdk, client } = await session.aws.cloudfront(region);
    const answer = await client.send(new sdk.GetDistributionConfigCommand({ Id: id }));
    return required(answer.DistributionConfig, 'DistributionConfig');
  },
});

export const listOriginAccessControls = definePagedCall<OriginAccessControlSummary>({
  service: 'cloudfront',
  operation: 'ListOriginAccessControls',
  permissions: ['cloudfront:ListOriginAccessControls'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.cloudfront(region);
    for await (const { OriginAccessControlList } of sdk.paginateListOriginAccessControls({ client, pageSize: 100 }, {})) {
      const { IsTruncated, NextMarker, Items } = required(OriginAccessControlList, 'OriginAccessControlList');
      if (required(IsTruncated, 'IsTruncated')) required(NextMarker, 'NextMarker');
      yield Items ?? [];
    }
  },
});
