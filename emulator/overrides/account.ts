import { type Overrides, reject, reply } from '../exchange.ts';

/** Missing in moto. Alternate contacts it has. */
export const accountOverrides: Overrides = {
  'account:GetContactInformation': (exchange) => {
    if (!exchange.state.description.contacts.primary) {
      return reject(exchange, {
        status: 404,
        code: 'ResourceNotFoundException',
        message: 'No contact information is set for this account.',
      });
    }
    return reply(exchange, {
      ContactInformation: {
        FullName: 'Example Person',
        AddressLine1: '1 Example Street',
        City: 'Example',
        PostalCode: '00000',
        CountryCode: 'US',
        PhoneNumber: '+15550100',
      },
    });
  },
};
