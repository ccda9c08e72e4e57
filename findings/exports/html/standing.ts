import type { Severity } from '../../../checks/check.ts';
import type { ReportedFinding } from '../report.ts';

/** How a finding is counted, the most pressing first: what an exception covers is neither failing nor unknown. */
export const STANDINGS = ['FAIL', 'UNKNOWN', 'EXCEPTED', 'PASS', 'NOT_APPLICABLE'] as const;
export type Standing = (typeof STANDINGS)[number];

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  FAIL: 'Fail',
  UNKNOWN: 'Unknown',
  EXCEPTED: 'Excepted',
  PASS: 'Pass',
  NOT_APPLICABLE: 'Not applicable',
};

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  CRITICAL: 'Critical',
  HIGH: 'High',
  MEDIUM: 'Medium',
  LOW: 'Low',
  INFORMATIONAL: 'Informational',
};

export function standingOf({ status, exception }: Pick<ReportedFinding, 'status' | 'exception'>): Standing {
  return exception !== null && (status === 'FAIL' || status === 'UNKNOWN') ? 'EXCEPTED' : status;
}

/** Who answers for a resource by its tag `owner`, however that is spelt; empty if nobody does. */
export function ownerOf({ resource }: Pick<ReportedFinding, 'resource'>): string {
  return Object.entries(resource.tags).find(([name]) => name.toLowerCase() === 'owner')?.[1] ?? '';
}

/** The service is the first part of a check's id. */
export function serviceOf({ checkId }: Pick<ReportedFinding, 'checkId'>): string {
  return checkId.split('-')[0] ?? checkId;
}
