import { type Overrides, reject, reply } from '../exchange.ts';
import { servicesIn } from './region-services.ts';

export const macieOverrides: Overrides = {
  /** Moto has another error for where Macie is off. */
  'macie2:GetMacieSession': (exchange) => {
    const { macie } = servicesIn(exchange);
    if (macie === undefined) return reject(exchange, { status: 403, code: 'AccessDeniedException', message: 'Macie is not enabled.' });
    return reply(exchange, { status: macie, findingPublishingFrequency: 'SIX_HOURS' });
  },
};
