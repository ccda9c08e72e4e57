import type { InstanceProperties, PatchState } from '../../inventory/ec2/instance.ts';
import { fail, notApplicable, pass, type Verdict } from '../check.ts';
import { isStopped } from './instances.ts';
import { matching } from './logic.ts';
import { dateOf, daysSince } from './time.ts';

/** What DescribeInstancePatchStates counts that needs somebody to act, worst first. Patches that do not apply are none of it. */
const COUNTS = [
  ['criticalNonCompliant', 'critical patches not compliant'],
  ['securityNonCompliant', 'security patches not compliant'],
  ['failed', 'patches failed to install'],
  ['missing', 'patches missing'],
  ['pendingReboot', 'patches wait for a reboot'],
  ['otherNonCompliant', 'other patches not compliant'],
] as const;

/** A scan older than `scanDays` says nothing of today; while an instance is stopped there can be no newer one. */
export function judgePatches(state: PatchState, instance: InstanceProperties, scanDays: number, now: Date): Verdict {
  const { found: open, undecided } = matching(COUNTS, ([count]) => state[count] > 0);
  const [worst] = open;
  const scannedAt = dateOf(state.endedAt);
  if (worst) {
    const [count, words] = worst;
    return fail(`${state[count]} ${words}`, Object.fromEntries(open.map(([name]) => [name, state[name]])));
  }
  if (undecided) throw undecided;
  if (daysSince(state.endedAt, now) <= scanDays) return pass;
  if (isStopped(instance)) return notApplicable(`stopped, last scanned for patches on ${scannedAt}`);
  return fail(`stale: last scanned for patches on ${scannedAt}, over ${scanDays} days ago`, { scannedAt });
}
