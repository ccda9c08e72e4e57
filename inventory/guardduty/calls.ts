import type { GetDetectorResponse } from '@aws-sdk/client-guardduty';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';

/** Ids of the detectors of a region: one at most, and none where GuardDuty is off (Amazon GuardDuty API Reference, ListDetectors). */
export const listDetectors = definePagedCall<string>({
  service: 'guardduty',
  operation: 'ListDetectors',
  permissions: ['guardduty:ListDetectors'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.guardduty(region);
    for await (const page of sdk.paginateListDetectors({ client, pageSize: 50 }, {})) yield required(page.DetectorIds, 'DetectorIds');
  },
});

export const getDetector = defineCall<GetDetectorResponse, { readonly detectorId: string }>({
  service: 'guardduty',
  operation: 'GetDetector',
  permissions: ['guardduty:GetDetector'],
  async send(session, region, { detectorId }) {
    const { sdk, client } = await session.aws.guardduty(region);
    return client.send(new sdk.GetDetectorCommand({ DetectorId: detectorId }));
  },
});
