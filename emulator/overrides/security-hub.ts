import { type Overrides, reject, reply } from '../exchange.ts';
import { servicesIn } from './region-services.ts';

/** Moto has a hub but no standards: the described ones are answered. */
export const securityHubOverrides: Overrides = {
  'securityhub:DescribeHub': (exchange) => {
    const { accountId } = exchange.caller;
    if (!servicesIn(exchange).securityHub) {
      const message = `Account ${accountId} is not subscribed to AWS Security Hub`;
      return reject(exchange, { status: 401, code: 'InvalidAccessException', message });
    }
    return reply(exchange, {
      HubArn: `arn:aws:securityhub:${exchange.request.region}:${accountId}:hub/default`,
      SubscribedAt: '2026-01-01T00:00:00.000Z',
    });
  },

  'securityhub:GetEnabledStandards': (exchange) => {
    const { region } = exchange.request;
    const names = servicesIn(exchange).securityHub?.standards ?? [];
    return reply(exchange, {
      StandardsSubscriptions: names.map((name) => ({
        StandardsSubscriptionArn: `arn:aws:securityhub:${region}:${exchange.caller.accountId}:subscription/${name}/v/1.0.0`,
        StandardsArn: `arn:aws:securityhub:${region}::standards/${name}/v/1.0.0`,
        StandardsInput: {},
        StandardsStatus: 'READY',
      })),
    });
  },
};
