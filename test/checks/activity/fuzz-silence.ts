import { activityChecks } from '../../../checks/activity-registry.ts';
import { activityJudge, readyActivity } from '../../../findings/judge-activities.ts';
import { toEvent } from '../../../inventory/events/to-event.ts';
import type { Touch } from '../../../inventory/events/touch.ts';
import { touchIndex } from '../../../inventory/events/touches.ts';
import { sources } from '../../../inventory/registry.ts';
import type { Raw } from '../../inventory/events/corpus.ts';
import type { Mutation, Path } from './fuzz-mutations.ts';

const judge = activityJudge(activityChecks.map((check) => readyActivity(check)));
const touchesOf = touchIndex(sources);
const NOT_UNDERSTOOD = 'activity-event-not-understood';

/** What is said of a record. */
export interface Said {
  /** Ids of the checks that tell it, and of those the ones that are sure. */
  readonly told: ReadonlySet<string>;
  readonly sure: ReadonlySet<string>;
  /** Ids of checks that failed themselves, with what they threw. */
  readonly crashed: readonly string[];
  readonly touches: readonly Touch[];
  readonly succeeded: boolean;
}

/** All that is said of a record. @throws whatever a bug throws */
export function saidOf(record: Raw): Said {
  const event = toEvent(record);
  if (event === undefined || event.actor.name === '') throw new Error('a record is no event, or nobody has done it');
  const judged = judge(event);
  return {
    told: new Set(judged.map(({ check }) => check.id)),
    sure: new Set(judged.flatMap(({ check, unsure }) => (unsure || check.id === NOT_UNDERSTOOD ? [] : check.id))),
    crashed: judged.flatMap(({ check, crash }) => (crash === undefined ? [] : `${check.id} threw ${crash}`)),
    touches: touchesOf(event),
    succeeded: event.outcome === 'succeeded',
  };
}

/**
 * What has become of what was said, after one mutation, that must not: a check that was sure says nothing any more, not even that it is unsure, nor that
 * the event was not understood; or a type of resource of which something was to be read again no longer is touched, by the same id or as a whole.
 *
 * Not held against anybody is a mutation after which the record says something else, in a form that CloudTrail gives: an error that is not there, a member
 * that may be missing (`MAY_BE_ABSENT`), another name where any name will do (`ANY_TEXT`), the name of another event. Of a text that became half of
 * itself, or a list that became shorter, nothing is asked but that the type is still touched.
 */
export function silencesAfter(before: Said, after: Said, path: Path, mutation: Mutation): readonly string[] {
  const change = { path, mutation, leaf: path.findLast((name) => !/^\d+$/.test(name)) ?? '' };
  const isOwnedUp = after.told.has(NOT_UNDERSTOOD);
  const unheard = isOwnedUp ? [] : [...before.sure].filter((id) => !after.told.has(id) && !mayFallSilent(id, before, change));
  const changed = before.touches.filter(({ facets }) => facets === 'all' || facets.length > 0);
  const untouched = changed.filter((touch) => !isCovered(touch, after, change) && !mayBeUntouched(touch, isOwnedUp, change));
  return [...unheard.map((id) => `${id} is silent`), ...untouched.map(({ resourceType }) => `${resourceType} is not touched`)];
}

interface Change {
  readonly path: Path;
  readonly mutation: Mutation;
  /** The name of the member. */
  readonly leaf: string;
}

/** Whoever names nobody in a call about credentials means themselves. */
const WHOSE = ['requestParameters', 'userName'];

/** Members that AWS leaves out of records as well, by check: without them nothing of the kind was asked for. */
const MAY_BE_ABSENT: Readonly<Record<string, readonly string[]>> = {
  'activity-alarm-deleted': ['actionsEnabled'],
  'activity-bucket-opened': ['x-amz-acl'],
  'activity-cloudtrail-tampered': ['excludeManagementEventSources', 'isMultiRegionTrail', 'readWriteType', 's3BucketName'],
  'activity-config-recorder-tampered': ['recordingGroup'],
  'activity-database-made-public': ['publiclyAccessible'],
  'activity-guardduty-tampered': ['action', 'dataSources', 'enable', 'features', 's3Logs'],
  'activity-iam-key-created-for-another': WHOSE,
  'activity-resource-policy-opened': ['Policy', 'accessPolicies', 'attribute', 'principals'],
  'activity-root-credentials-changed': WHOSE,
  'activity-root-used': WHOSE,
  'activity-security-hub-tampered': ['ControlStatus', 'controlStatus', 'workflow'],
  'activity-snapshot-shared': ['add', 'items'],
  'activity-user-data-changed': ['UserData', 'attribute', 'userData'],
  'activity-web-acl-tampered': ['loggingFilter'],
};

/** Without them a call has succeeded. */
const ERROR = ['errorCode', 'errorMessage'];

/** A number or a flag in place of a text is read as that text: here one name is as good as another, but not the one that the check looks for. */
const ANY_TEXT = [
  ...['Action', 'Resource', 'URI', 'attribute', 'attributeName', 'bucketName', 'functionName', 'groupName', 'logGroupName', 'name'],
  ...['roleName', 'rule', 'stackSetName'],
];

function mayFallSilent(id: string, before: Said, { path, mutation, leaf }: Change): boolean {
  const { effect } = mutation;
  if (effect === 'other') return true;
  if (effect === 'broken') return isOtherText(mutation) && ANY_TEXT.includes(leaf);
  if (effect === 'same') return false;
  // Services leave out what was asked of calls that they refuse.
  const isUnasked = !before.succeeded && path.length === 1 && leaf === 'requestParameters';
  return ERROR.includes(leaf) || isUnasked || (MAY_BE_ABSENT[id] ?? []).includes(leaf);
}

function isOtherText({ kind }: Mutation): boolean {
  return kind === 'retype to number' || kind === 'retype to flag';
}

function isCovered({ resourceType, resourceId }: Touch, { touches }: Said, { mutation }: Change): boolean {
  const isAnyId = mutation.effect === 'other' || isOtherText(mutation);
  return touches.some((touch) => touch.resourceType === resourceType && (isAnyId || ['*', resourceId].includes(touch.resourceId)));
}

/** What tells which event it is, and of whom: without it nobody knows of what type the resource was. */
const OF_WHAT = ['eventName', 'eventSource', 'eventType', 'userIdentity type'];
/** Types whose ids can be told from those of others by their form. */
const BY_FORM = ['resourceId', 'ResourceId', 'content'];

function mayBeUntouched({ resourceType }: Touch, isOwnedUp: boolean, { path, mutation, leaf }: Change): boolean {
  const isOther = mutation.effect === 'other' || isOtherText(mutation);
  if (OF_WHAT.includes(path.join(' '))) return isOwnedUp || mutation.effect === 'other';
  if (isOther) return BY_FORM.includes(leaf) || leaf === 'userName';
  const isAboutCaller = resourceType === 'AWS::IAM::User' || resourceType === 'AWS::Organizations::Account';
  if (mutation.effect === 'absent' && leaf === 'newUserName') return true;
  return mutation.effect === 'absent' && isAboutCaller && WHOSE.includes(leaf);
}
