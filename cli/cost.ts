import type { Meter } from '../inventory/pacing.ts';
import type { ScanDocument } from './scan-schema.ts';

const GUARDDUTY_USD_PER_MILLION_EVENTS = 4;

/** Read calls cost nothing themselves, but CloudTrail records each and GuardDuty, if it is on, charges for reading the record. */
export function toCalls({ total, throttles, requests }: Pick<Meter, 'total' | 'throttles' | 'requests'>): ScanDocument['run']['calls'] {
  return {
    total,
    throttles,
    byOperation: Object.fromEntries([...requests].sort(([a], [b]) => a.localeCompare(b))),
    estimatedUsd: Number(((total * GUARDDUTY_USD_PER_MILLION_EVENTS) / 1_000_000).toFixed(6)),
    priceBasis: `read calls are free; GuardDuty, if it is on, reads their CloudTrail events at ${GUARDDUTY_USD_PER_MILLION_EVENTS} USD per million`,
  };
}
