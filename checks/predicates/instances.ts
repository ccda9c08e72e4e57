import type { InstanceProperties } from '../../inventory/ec2/instance.ts';
import { notApplicable, type Verdict } from '../check.ts';

/** A terminated instance stays in the listing for about an hour ("Instance lifecycle", Amazon EC2 User Guide) and can be judged no more. */
export function unlessTerminated({ state }: InstanceProperties, judge: () => Verdict): Verdict {
  return state === 'terminated' || state === 'shutting-down' ? notApplicable('the instance is terminated') : judge();
}

/** True for an instance that nothing reaches and that nothing scans until somebody starts it again. */
export function isStopped({ state }: InstanceProperties): boolean {
  return state === 'stopped' || state === 'stopping';
}
