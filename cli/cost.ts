import type { Meter } from '../inventory/pacing.ts';
import { PRICES } from './estimate/prices.ts';
import type { ScanDocument } from './scan-schema.ts';

/** Read calls cost nothing themselves, but CloudTrail records each and GuardDuty, if it is on, charges for reading the record. */
export function toCalls({ total, throttles, requests }: Pick<Meter, 'total' | 'throttles' | 'requests'>): ScanDocument['run']['calls'] {
  const { usd, per } = PRICES.guardDuty;
  return {
    total,
    throttles,
    byOperation: Object.fromEntries([...requests].sort(([a], [b]) => a.localeCompare(b))),
    estimatedUsd: Number(((total / per) * usd).toFixed(6)),
    priceBasis: `read calls are free; GuardDuty, if it is on, reads their CloudTrail events at ${usd} USD per million`,
  };
}
