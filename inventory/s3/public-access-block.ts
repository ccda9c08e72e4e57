import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall } from '../call.ts';
import type { PublicAccessBlock } from './bucket.ts';

/** The account-wide block in effect: an S3 policy of the organization is in it (Amazon S3 API Reference, GetPublicAccessBlock). All four flags are false when it was never set. */
export const getAccountPublicAccessBlock = defineCall<PublicAccessBlock>({
  service: 's3control',
  operation: 'GetPublicAccessBlock',
  permissions: ['s3:GetAccountPublicAccessBlock'],
  region: (_input, { session }) => session.globalRegion,
  async send(session, region) {
    const { sdk, client } = await session.aws.s3control(region);
    try {
      const answer = await client.send(new sdk.GetPublicAccessBlockCommand({ AccountId: session.accountId }));
      return toPublicAccessBlock(required(answer.PublicAccessBlockConfiguration, 'PublicAccessBlockConfiguration'));
    } catch (error) {
      if (isNamed(error, 'NoSuchPublicAccessBlockConfiguration')) return toPublicAccessBlock('absent');
      throw error;
    }
  },
});

/** @throws BrokenAnswer when a flag is missing */
export function toPublicAccessBlock(configuration: PublicAccessBlockConfiguration | 'absent'): PublicAccessBlock {
  const flag = (name: keyof PublicAccessBlockConfiguration) => configuration !== 'absent' && required(configuration[name], name);
  return {
    blockPublicAcls: flag('BlockPublicAcls'),
    ignorePublicAcls: flag('IgnorePublicAcls'),
    blockPublicPolicy: flag('BlockPublicPolicy'),
    restrictPublicBuckets: flag('RestrictPublicBuckets'),
  };
}
