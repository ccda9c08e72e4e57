import { SEVERITIES, type Severity } from '../checks/check.ts';

/** 0 for the worst. */
export function rankOf(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

export function isWorse(severity: Severity, than: Severity): boolean {
  return rankOf(severity) < rankOf(than);
}

/** True for what is worth a message of its own. */
export function isUrgent(severity: Severity): boolean {
  return severity === 'CRITICAL' || severity === 'HIGH';
}

/** The worst of some severities, `undefined` of none. */
export function worstOf(severities: Iterable<Severity>): Severity | undefined {
  const found = new Set(severities);
  return SEVERITIES.find((severity) => found.has(severity));
}
