import type { AnyCheck, Verdict } from './check.ts';
import ec2EbsEncryptionDefault from './ec2/ebs-encryption-default.ts';

/** Every check, by id. Written by `npm run generate`. */
export const checks: readonly AnyCheck[] = [ec2EbsEncryptionDefault];

/** Calls a check on a view of its own resource type: the one place where the pairing of check and type is asserted, not inferred. */
export function judge(check: AnyCheck, view: object, params: object): Verdict {
  return check.evaluate(view as never, params as never);
}
