import type { UsedImage } from '../../inventory/ec2/image.ts';
import type { InstanceProperties, OperatingSystem } from '../../inventory/ec2/instance.ts';
import { fail, notApplicable, pass, type Verdict } from '../check.ts';
import { includesUbuntuPro, type Release, releaseOf, releaseOfImage } from './operating-systems.ts';
import { millisecondsOf } from './time.ts';
import { answerOf, refuseToJudge } from './unread.ts';

/** What an instance runs on, as far as it can be told; each facet is touched only when it decides. */
interface Host {
  readonly instance: InstanceProperties;
  readonly operatingSystem: OperatingSystem;
  readonly image: UsedImage;
}

/**
 * Judges what SSM Agent reports. Where the instance has none, the image's name can prove an end of support but not that it lasts:
 * a host may be upgraded in place, and nobody promises that a name is true.
 */
export function judgeOperatingSystem(host: Host, now: Date): Verdict {
  const { value: system, unread } = answerOf(() => host.operatingSystem);
  if (unread) {
    if (unread.reason.cause !== 'no-data') throw unread;
    const release = releaseOfImage(answerOf(() => host.image).value?.name ?? '');
    if (release && hasEnded(release, host, now)) return ended(release, 'image name');
    throw unread;
  }
  const release = releaseOf(system);
  if (release === 'rolling') return notApplicable(`${system.name} has no support dates per version`);
  if (!release)
    return refuseToJudge('no-data', 'ssm:DescribeInstanceInformation', `no support dates are known for ${system.name} ${system.version}`);
  return hasEnded(release, host, now) ? ended(release, 'SSM Agent') : pass;
}

/** Whether Ubuntu Pro is in the price or in the image's name matters only while it would still cover the release. */
function hasEnded({ endsAt, proEndsAt }: Release, host: Host, now: Date): boolean {
  if (!isOver(endsAt, now)) return false;
  return (
    proEndsAt === undefined || isOver(proEndsAt, now) || !(isBilledAsUbuntuPro(host.instance) || includesUbuntuPro(host.image.name ?? ''))
  );
}

/** "AMI billing information fields", Amazon EC2 User Guide: also images made from one with Ubuntu Pro, whatever their name, and converted licences. */
function isBilledAsUbuntuPro({ platform }: InstanceProperties): boolean {
  return platform?.startsWith('Ubuntu Pro') ?? false;
}

const DAY = 86_400_000;

function isOver(lastDay: string, now: Date): boolean {
  return now.getTime() >= millisecondsOf(lastDay) + DAY;
}

function ended({ name, endsAt, source }: Release, knownFrom: string): Verdict {
  return fail(`${name} is out of support since ${endsAt}`, { release: name, endsAt, source, knownFrom });
}
