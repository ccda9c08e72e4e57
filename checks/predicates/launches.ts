import type { LaunchImage } from '../../inventory/ec2/launch-image.ts';
import { type Evidence, type Failure, fail, notApplicable, type Verdict } from '../check.ts';
import { followsPublisher } from './image-parameters.ts';
import { endOfImage } from './images.ts';
import { firstFailure, firstOf } from './logic.ts';
import { imageEvidence } from './stale-images.ts';
import { answerOf } from './unread.ts';

/** Something that starts instances: what it is, for the reason and the evidence, and the image that it would start. */
export interface Launch {
  readonly launch: LaunchImage;
  readonly words: () => string;
  readonly evidence: () => Evidence;
}

const NOT_ENDED = { severity: 'LOW', because: 'its image is old, but not at its end' } as const;

/**
 * Judges the images that would be started: first whether they are at their end, then whether there are newer ones. Which image a parameter of the account
 * names is not read: its value is the account's data, and the instances that it starts are judged themselves.
 */
export function judgeLaunches(launches: Iterable<Launch>, now: Date): Verdict {
  const verdict = firstFailure(
    () => firstOf(launches, (one) => ended(one, now)),
    () => firstOf(launches, outdated),
  );
  if (verdict.status === 'FAIL') return verdict;
  const own = firstOf(launches, ({ launch: { imageParameter: name } }) => name !== undefined && !followsPublisher(name) && name);
  return own === undefined ? verdict : notApplicable(`which image ${own} names is decided at launch: its instances are judged`);
}

function ended({ launch, words, evidence }: Launch, now: Date): Failure | undefined {
  const { image } = launch;
  const end = image && endOfImage(image, now);
  if (end === undefined) return undefined;
  return {
    status: 'FAIL',
    reason: `${words()}: ${end}`,
    evidence: { ...evidence(), ...imageEvidence(image, answerOf(() => launch.newerImage).value) },
  };
}

function outdated({ launch, words, evidence }: Launch): Failure | undefined {
  const { newerImage } = launch;
  if (newerImage === undefined) return undefined;
  const image = answerOf(() => launch.image).value;
  return fail(`${words()}: a newer image exists`, { ...evidence(), ...imageEvidence(image, newerImage) }, NOT_ENDED);
}
