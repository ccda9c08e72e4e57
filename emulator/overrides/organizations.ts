import { type Overrides, reject, reply } from '../exchange.ts';

/** Moto makes up the ids of accounts, and knows neither delegated administrators nor the states that accounts go through: the described organization is answered. */
export const organizationsOverrides: Overrides = {
  'organizations:ListAccounts': (exchange) => {
    const { world, caller } = exchange;
    const { organization } = world;
    const isMember = organization?.accounts.some(({ id }) => id === caller.accountId);
    if (!organization || !isMember) {
      return reject(exchange, {
        status: 400,
        code: 'AWSOrganizationsNotInUseException',
        message: 'Your account is not a member of an organization.',
      });
    }
    const { managementAccount, delegatedAdministrators = [] } = organization;
    if (![managementAccount, ...delegatedAdministrators].includes(caller.accountId)) {
      return reject(exchange, {
        status: 400,
        code: 'AccessDeniedException',
        message: "You don't have permissions to access this resource.",
      });
    }
    return reply(exchange, {
      Accounts: organization.accounts.map(({ id, name, state = 'ACTIVE' }) => ({
        Id: id,
        Arn: `arn:aws:organizations::${managementAccount}:account/o-exampleorgid/${id}`,
        Email: `${id}@example.com`,
        Name: name ?? id,
        State: state,
        JoinedMethod: 'CREATED',
        JoinedTimestamp: new Date('2026-01-01T00:00:00Z'),
      })),
    });
  },
};
