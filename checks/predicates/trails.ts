import type { TrailState } from '../../inventory/cloudtrail/trail.ts';
import { allOf, type Question } from './logic.ts';
import { answerOf } from './unread.ts';

type Requirement = readonly [shortfall: string, met: (trail: TrailState) => boolean];

/**
 * What a trail needs so that nothing done in the account goes unrecorded. A left out event source counts as a shortfall, as in AWS
 * Config's rule `multi-region-cloudtrail-enabled`: without `kms.amazonaws.com` nobody sees what was decrypted.
 */
const REQUIREMENTS: readonly Requirement[] = [
  ['covers one region only', ({ trail }) => trail.multiRegion],
  ['leaves out global services', ({ trail }) => trail.includesGlobalEvents],
  ['is not logging', ({ status }) => status.logging],
  ['cannot deliver to its bucket', ({ status }) => status.latestDeliveryError === undefined],
  ['leaves out read events', ({ managementEvents }) => managementEvents.read],
  ['leaves out write events', ({ managementEvents }) => managementEvents.write],
  ['leaves out event sources', ({ managementEvents }) => managementEvents.excludedSources.length === 0],
];

/** True if the trail records and delivers every management event of every region, whichever account it belongs to. */
export function recordsEverything(trail: TrailState): boolean {
  return allOf(
    ...REQUIREMENTS.map(
      ([, met]): Question<boolean> =>
        () =>
          met(trail),
    ),
  );
}

/** In what the trail is known to fall short. */
export function shortfallsOf(trail: TrailState): readonly string[] {
  return REQUIREMENTS.filter(([, met]) => answerOf(() => met(trail)).value === false).map(([shortfall]) => shortfall);
}
