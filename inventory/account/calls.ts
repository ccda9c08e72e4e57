import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall } from '../call.ts';

/** Whether the account has a primary contact. Who it is, is not kept. */
export const getContactInformation = defineCall<boolean>({
  service: 'account',
  operation: 'GetContactInformation',
  permissions: ['account:GetContactInformation'],
  region: (_input, { session }) => session.globalRegion,
  async send(session, region) {
    const { sdk, client } = await session.aws.account(region);
    return isThere(async () => {
      const answer = await client.send(new sdk.GetContactInformationCommand({}));
      required(answer.ContactInformation, 'ContactInformation');
    });
  },
});

/** Whether the account has a contact for security matters. Who it is, is not kept. */
export const getSecurityContact = defineCall<boolean>({
  service: 'account',
  operation: 'GetAlternateContact',
  permissions: ['account:GetAlternateContact'],
  region: (_input, { session }) => session.globalRegion,
  async send(session, region) {
    const { sdk, client } = await session.aws.account(region);
    return isThere(async () => {
      const answer = await client.send(new sdk.GetAlternateContactCommand({ AlternateContactType: 'SECURITY' }));
      required(answer.AlternateContact, 'AlternateContact');
    });
  },
});

async function isThere(ask: () => Promise<void>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return false;
    throw error;
  }
}
