import type { GetMacieSessionResponse } from '@aws-sdk/client-macie2';
import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall } from '../call.ts';

/**
 * `undefined` where Macie is off. It then refuses with the very error that it has for a missing permission, so that only the message tells
 * (https://docs.aws.amazon.com/macie/latest/APIReference/macie.html).
 */
export const getMacieSession = defineCall<GetMacieSessionResponse | undefined>({
  service: 'macie2',
  operation: 'GetMacieSession',
  permissions: ['macie2:GetMacieSession'],
  async send(session, region) {
    const { sdk, client } = await session.aws.macie2(region);
    try {
      const answer = await client.send(new sdk.GetMacieSessionCommand({}));
      required(answer.status, 'status');
      return answer;
    } catch (error) {
      if (isNotEnabled(error)) return undefined;
      throw error;
    }
  },
});

function isNotEnabled(error: unknown): boolean {
  return isNamed(error, 'AccessDeniedException') && error instanceof Error && /^\s*Macie is not enabled\b/i.test(error.message);
}
