import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { noData } from '../no-data.ts';
import { listWorstFinding } from './calls.ts';
import { hasBegunToScan, readScanning, scanningCalls } from './scanning.ts';

/** The severity of the worst active finding of Inspector that is critical or high; `none` where there is none. */
export type WorstFinding = 'CRITICAL' | 'HIGH' | 'none';

export const worstFindingCalls = [...scanningCalls, listWorstFinding];

/** `undefined` where Inspector scans nothing, so that it has nothing to say. Throws `Unread` (`no-data`) where it has found nothing because it has only just been enabled. */
export async function readWorstFinding(place: Place): Promise<WorstFinding | undefined> {
  const { ec2, ecr, lambda, lambdaCode } = await readScanning(place);
  if (!ec2 && !ecr && !lambda && !lambdaCode) return undefined;
  const worst = await listWorstFinding(place);
  if (worst === undefined && !(await hasBegunToScan(place)))
    throw noData('inspector2:ListFindings', 'Inspector is being enabled, and has looked at nothing yet');
  if (worst === undefined) return 'none';
  if (worst.severity === 'CRITICAL' || worst.severity === 'HIGH') return worst.severity;
  throw malformed('inspector2:ListFindings', 'the answer has a finding that was not asked for');
}
