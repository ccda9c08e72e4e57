import type { UsedImage } from '../../inventory/ec2/image.ts';
import type { InstanceFacets, InstanceProperties, OperatingSystem, PatchState } from '../../inventory/ec2/instance.ts';
import type { ProfileRole } from '../../inventory/iam/profile-role.ts';
import { type Evidence, type Failure, fail, pass, type Verdict } from '../check.ts';
import { STOPPED } from './circumstances.ts';
import { adminGrant } from './effective-permissions.ts';
import { escalationsOf } from './escalation.ts';
import { endOfImage } from './images.ts';
import { isStopped } from './instances.ts';
import { matching } from './logic.ts';
import { evidenceOf, type Openings, worstOf } from './openings.ts';
import { judgeOperatingSystem } from './operating-system-support.ts';
import { judgePatches } from './patches.ts';
import { answerOf } from './unread.ts';

/** What makes an exposed host worse than its openness: in words, and the facts that prove it. */
export interface Weakness {
  readonly reason: string;
  readonly evidence: Evidence;
}

/** What of a host's software attackers have exploits for. Throws `Unread` when nothing is known to be wrong and something was not read. */
export function weaknessOf(
  host: {
    readonly instance: InstanceProperties;
    readonly image: UsedImage;
    readonly operatingSystem: OperatingSystem;
    readonly patchState: PatchState;
  },
  scanDays: number,
  now: Date,
): Weakness | undefined {
  const judges: readonly (() => Verdict)[] = [
    () => judgeOperatingSystem(host, now),
    () => judgePatches(host.patchState, host.instance, scanDays, now),
    () => {
      const end = endOfImage(host.image, now);
      return end === undefined ? pass : fail(end, { imageId: host.image.imageId });
    },
  ];
  const failures: Failure[] = [];
  const { undecided } = matching(judges, (judge) => {
    const verdict = judge();
    if (verdict.status === 'FAIL') failures.push(verdict);
    return false;
  });
  const [first] = failures;
  if (!first) {
    if (undecided) throw undecided;
    return undefined;
  }
  return { reason: first.reason, evidence: { weaknesses: failures.map(({ reason, evidence }) => ({ reason, ...evidence })) } };
}

/** Whether a role is an administrator or can make itself one, by its policies alone. */
export function powerOf(role: ProfileRole): Weakness | undefined {
  const admin = adminGrant(role);
  if (admin) return { reason: 'is an administrator', evidence: { role: role.identity.arn, ...admin.evidence } };
  const path = escalationsOf(role).find(({ onlyIf }) => onlyIf.length === 0);
  return path && { reason: `may ${path.words}`, evidence: { role: role.identity.arn, ...path.evidence } };
}

/** FAIL only where both are proven; PASS as soon as one is known not to be. Of a stopped instance LOW: somebody has to start it first. */
export function judgeExposedAnd(
  openings: () => Openings,
  weakness: () => Weakness | undefined,
  instance: InstanceProperties,
  toReason: (weakness: Weakness) => string,
): Verdict {
  const weak = answerOf(weakness);
  if (!weak.unread && weak.value === undefined) return pass;
  const { found, undecided } = openings();
  if (found.length === 0) {
    if (undecided) throw undecided;
    return pass;
  }
  if (weak.unread) throw weak.unread;
  const { value } = weak;
  if (value === undefined) return pass;
  const evidence = { ...value.evidence, ...evidenceOf(worstOf(found), 'paths') };
  return isStopped(instance) ? fail(`${toReason(value)}, when started`, evidence, STOPPED) : fail(toReason(value), evidence);
}

/** Whether programs get the role's credentials by a request without a token, as a server can be made to send for a stranger. */
export function answersWithoutToken({ endpoint, tokens }: InstanceFacets['metadataOptions']): boolean {
  return endpoint === 'enabled' && tokens === 'optional';
}
