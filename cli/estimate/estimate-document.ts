import type { Config } from '../../config/config.ts';
import { type Cost, type CostLine, type HiddenCost, type Load, toCost } from './cost-model.ts';
import { ASSUMED, type Measured } from './measured-load.ts';
import { PRICES, PRICES_AS_OF, PRICES_REGION, type Price, type PriceName } from './prices.ts';

/**
 * What `posture estimate --format json` writes. Amounts are USD a month; `usd` is without, `usdLessAllowances` with what AWS leaves free for good.
 * `lines[].price` and `hidden[].price` name an entry of `prices`.
 */
export interface EstimateDocument {
  readonly schemaVersion: 1;
  readonly currency: 'USD';
  readonly pricesAsOf: string;
  readonly region: string;
  readonly load: Load;
  readonly auditsPerMonth: number;
  readonly callsPerMonth: number;
  readonly assumptions: readonly string[];
  readonly lines: readonly CostLine[];
  readonly total: Pick<Cost, 'usd' | 'usdLessCloudWatch' | 'usdLessAllowances'>;
  readonly hidden: readonly HiddenCost[];
  readonly prices: readonly (Price & { readonly name: PriceName })[];
}

/** Puts together what was measured, what is configured and what it costs. */
export function toEstimate(measured: Measured, auditsPerDay: number, config: Pick<Config, 'subscribers' | 'deployment'>): EstimateDocument {
  const { assumptions, ...counted } = measured;
  const subscribed = (protocol: 'email' | 'https') => config.subscribers.filter((subscriber) => subscriber[protocol] !== undefined).length;
  const load: Load = {
    ...counted,
    auditsPerDay,
    changesPerDay: measured.accounts * ASSUMED.changesPerAccountAndDay,
    eventsPerDay: measured.accounts * ASSUMED.eventsPerAccountAndDay,
    emails: subscribed('email'),
    posts: subscribed('https'),
    logRetentionDays: config.deployment.logRetentionDays,
  };
  const { auditsPerMonth, callsPerMonth, lines, usd, usdLessCloudWatch, usdLessAllowances, hidden } = toCost(load);
  return {
    schemaVersion: 1,
    currency: 'USD',
    pricesAsOf: PRICES_AS_OF,
    region: PRICES_REGION,
    load,
    auditsPerMonth,
    callsPerMonth,
    assumptions: [
      ...assumptions,
      `${ASSUMED.changesPerAccountAndDay} findings of an account open, close or change in a day, and ${ASSUMED.eventsPerAccountAndDay} of its events are judged.`,
    ],
    lines,
    total: { usd, usdLessCloudWatch, usdLessAllowances },
    hidden,
    prices: namedPrices(),
  };
}

function namedPrices(): readonly (Price & { readonly name: PriceName })[] {
  const names = Object.keys(PRICES).filter(isPriceName);
  return names.map((name) => ({ name, ...PRICES[name] }));
}

function isPriceName(name: string): name is PriceName {
  return name in PRICES;
}
