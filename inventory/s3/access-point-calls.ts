import type { AccessPoint as AccessPointEntry } from '@aws-sdk/client-s3-control';
import { unlessAbsent } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';
import type { PublicAccessBlock } from './bucket.ts';
import { toPublicAccessBlock } from './public-access-block.ts';

/** The access points of the account in a region, those for file systems of FSx among them. Of directory buckets another operation tells. */
export const listAccessPoints = definePagedCall<AccessPointEntry>({
  service: 's3control',
  operation: 'ListAccessPoints',
  permissions: ['s3:ListAccessPoints'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.s3control(region);
    for await (const page of sdk.paginateListAccessPoints({ client, pageSize: 1_000 }, { AccountId: session.accountId })) {
      yield required(page.AccessPointList, 'AccessPointList');
    }
  },
});

/** What an access point itself blocks. It is set when the point is made, and never again. */
export const getAccessPointBlock = defineCall<PublicAccessBlock, string>({
  service: 's3control',
  operation: 'GetAccessPoint',
  permissions: ['s3:GetAccessPoint'],
  async send(session, region, name) {
    const { sdk, client } = await session.aws.s3control(region);
    const answer = await client.send(new sdk.GetAccessPointCommand({ AccountId: session.accountId, Name: name }));
    return toPublicAccessBlock(required(answer.PublicAccessBlockConfiguration, 'PublicAccessBlockConfiguration'));
  },
});

/** The policy's text; `undefined` when the access point has none. */
export const getAccessPointPolicy = defineCall<string | undefined, string>({
  service: 's3control',
  operation: 'GetAccessPointPolicy',
  permissions: ['s3:GetAccessPointPolicy'],
  async send(session, region, name) {
    const { sdk, client } = await session.aws.s3control(region);
    const asked = client.send(new sdk.GetAccessPointPolicyCommand({ AccountId: session.accountId, Name: name }));
    const answer = await unlessAbsent(asked, 'NoSuchAccessPointPolicy');
    return answer && required(answer.Policy, 'Policy');
  },
});
