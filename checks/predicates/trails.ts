import type { EventDataStore } from '../../inventory/cloudtrail/event-data-stores.ts';
import type { TrailState } from '../../inventory/cloudtrail/trail.ts';
import { allOf, type Question } from './logic.ts';
import { isOverdue } from './trail-deliveries.ts';
import { answerOf } from './unread.ts';

type Requirement = readonly [shortfall: string, met: (trail: TrailState) => boolean];

/**
 * What a trail needs so that nothing done in the account goes unrecorded. A left out event source counts as a shortfall, as in AWS
 * Config's rule `multi-region-cloudtrail-enabled`: without `kms.amazonaws.com` nobody sees what was decrypted.
 */
const OF_ALL_REGIONS: readonly Requirement[] = [
  ['covers one region only', ({ trail }) => trail.multiRegion],
  ['leaves out global services', ({ trail }) => trail.includesGlobalEvents],
  ['is not logging', ({ status }) => status.logging],
];
const READS_AND_WRITES: readonly Requirement[] = [
  ['leaves out read events', ({ managementEvents }) => managementEvents.read],
  ['leaves out write events', ({ managementEvents }) => managementEvents.write],
];
const DELIVERING: Requirement = ['cannot deliver to its bucket', ({ status }) => status.latestDeliveryError === undefined];
/** What other shortfalls come to by themselves with time. */
const SILENT = {
  bucket: 'has delivered nothing to its bucket for a day',
  logs: 'has delivered nothing to CloudWatch Logs for a day',
};

function requirements(now: Date): readonly Requirement[] {
  return [
    ...OF_ALL_REGIONS,
    DELIVERING,
    [SILENT.bucket, ({ status }) => !isOverdue(status.latestDeliveryAt, status.startedAt, now)],
    ...READS_AND_WRITES,
    ['leaves out event sources', ({ managementEvents }) => managementEvents.excludedSources.length === 0],
  ];
}

/** True if the trail records and delivers every management event of every region, whichever account it belongs to. */
export function recordsEverything(trail: TrailState, now: Date): boolean {
  return isMet(requirements(now), trail);
}

/** True if a store of CloudTrail Lake takes in every management event of every region. */
export function storesEverything({ state }: EventDataStore): boolean {
  const { ingesting, multiRegion, managementEvents } = state;
  return ingesting && multiRegion && managementEvents.read && managementEvents.write && managementEvents.excludedSources.length === 0;
}

/** In what the trail is known to fall short. */
export function shortfallsOf(trail: TrailState, now: Date): readonly string[] {
  return unmet(requirements(now), trail);
}

/**
 * True if what the trail records of every region comes to a log group, where metric filters can look at it: all management events but of sources other than the one
 * that is asked for. Without one, no source may be left out.
 */
export function isMonitorable(trail: TrailState, source: string | undefined, now: Date): boolean {
  return isMet(monitoringRequirements(source, now), trail);
}

/** In what the trail is known to fall short of that. */
export function monitoringShortfallsOf(trail: TrailState, source: string | undefined, now: Date): readonly string[] {
  return unmet(monitoringRequirements(source, now), trail);
}

function monitoringRequirements(source: string | undefined, now: Date): readonly Requirement[] {
  return [
    ...OF_ALL_REGIONS,
    ['does not deliver to CloudWatch Logs', ({ trail }) => trail.logGroupArn !== undefined],
    ['cannot deliver to CloudWatch Logs', ({ status }) => status.latestLogDeliveryError === undefined],
    [SILENT.logs, ({ status }) => !isOverdue(status.latestLogDeliveryAt, status.startedAt, now)],
    ...READS_AND_WRITES,
    [
      'leaves out event sources',
      ({ managementEvents: { excludedSources } }) =>
        source === undefined ? excludedSources.length === 0 : !excludedSources.includes(source),
    ],
  ];
}

/** True if the trail records what is done with every object of every bucket of every region, and delivers it. */
export function recordsObjects(trail: TrailState, access: 'read' | 'write'): boolean {
  return isMet(objectRequirements(access), trail);
}

/** In what the trail is known to fall short of that. */
export function objectShortfallsOf(trail: TrailState, access: 'read' | 'write'): readonly string[] {
  return unmet(objectRequirements(access), trail);
}

function objectRequirements(access: 'read' | 'write'): readonly Requirement[] {
  return [
    ['covers one region only', ({ trail }) => trail.multiRegion],
    ['is not logging', ({ status }) => status.logging],
    DELIVERING,
    [`leaves out ${access}s of objects`, ({ objectEvents }) => objectEvents[access] !== 'none'],
    [`records ${access}s of some objects only`, ({ objectEvents }) => objectEvents[access] !== 'some'],
  ];
}

function isMet(requirements: readonly Requirement[], trail: TrailState): boolean {
  return allOf(
    ...requirements.map(
      ([, met]): Question<boolean> =>
        () =>
          met(trail),
    ),
  );
}

/** Silence only where nothing else explains it: a failure must not change by time alone. */
function unmet(requirements: readonly Requirement[], trail: TrailState): readonly string[] {
  const all = requirements.filter(([, met]) => answerOf(() => met(trail)).value === false).map(([shortfall]) => shortfall);
  const reasons = all.filter((shortfall) => !Object.values(SILENT).includes(shortfall));
  return reasons.length > 0 ? reasons : all;
}
