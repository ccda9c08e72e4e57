import { type Cost, type Load, toCost } from '../cli/estimate/cost-model.ts';
import { ASSUMED, assumedAccount, scaled } from '../cli/estimate/measured-load.ts';

const AUDITS_PER_DAY = 4;
/** Days for which logs are kept, and addresses that are told. */
const USUAL = { logRetentionDays: 90, emails: 1, posts: 0 };

/** What so many accounts of 17 regions cost in a month, audited four times a day with so many calls each. */
export function benchCost(accounts: number, callsPerAudit: number): Cost {
  const { assumptions: _, ...measured } = scaled({ ...assumedAccount(), callsPerAudit }, accounts);
  const load: Load = {
    ...measured,
    ...USUAL,
    auditsPerDay: AUDITS_PER_DAY,
    changesPerDay: accounts * ASSUMED.changesPerAccountAndDay,
    eventsPerDay: accounts * ASSUMED.eventsPerAccountAndDay,
  };
  return toCost(load);
}
