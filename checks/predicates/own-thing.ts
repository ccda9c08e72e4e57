import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { Field } from '../../inventory/events/field.ts';
import { nameIn } from './deeds.ts';
import { isRecorded } from './event-facts.ts';
import { refuseWithout } from './judge-deed.ts';
import { firstOf } from './logic.ts';
import { OWN_CALLS, OWN_PREFIX, type OwnCalls } from './own-deployment.ts';

/** What is ours although its name does not say so. */
export interface Named {
  /** Of the audit role. */
  readonly roleName: string;
  /** Ids and ARNs. */
  readonly ids: readonly string[];
}

/**
 * What of ours a call touches, as the event names it; `undefined` if nothing, or if the call is none of those that count. Throws `Unread` where something
 * was touched and the event does not tell what.
 */
export function ownThing(event: CloudTrailEvent, { roleName, ids }: Named): string | undefined {
  const places = PLACES.get(event.source)?.get(event.name);
  if (!places) return undefined;
  const isKnown = (text: string) => ids.includes(text) || ids.includes(nameIn(text));
  const named = firstOf(places, ({ part, path, forms }) =>
    ownText(event[part].at(...path), (text) => forms.test(text) || isKnown(text) || (path[0] === 'roleName' && text === roleName)),
  );
  if (named !== undefined) return named;
  const resource = event.resources.find(({ arn }) => isKnown(arn));
  if (resource) return resource.arn;
  if (isRecorded(event)) return isUnnamed(event, places) ? refuseWithout(event, 'what it touched') : undefined;
  return event.outcome === 'succeeded' ? refuseWithout(event, 'what it touched') : inRefusal(event, roleName);
}

/** Calls that may leave the name away, for a default or for an id in place of it. */
const UNNAMED: ReadonlySet<string> = new Set([
  'cloudformation.amazonaws.com ExecuteChangeSet',
  'events.amazonaws.com PutPermission',
  'events.amazonaws.com RemovePermission',
  'events.amazonaws.com UpdateEventBus',
  'lambda.amazonaws.com DeleteEventSourceMapping',
  'lambda.amazonaws.com UpdateEventSourceMapping',
  'monitoring.amazonaws.com PutAlarmMuteRule',
]);

/** Whether what the call must name is not there. Answers are there or not, and refusals may not tell what was asked. */
function isUnnamed({ source, name, request, resources, outcome }: CloudTrailEvent, places: readonly Place[]): boolean {
  if (outcome !== 'succeeded' || resources.length > 0 || UNNAMED.has(`${source} ${name}`)) return false;
  return !places.some(({ part, path }) => part === 'request' && request.at(...path).exists);
}

interface Place {
  readonly part: 'request' | 'response';
  readonly path: readonly string[];
  /** Texts that begin as ours do. */
  readonly forms: RegExp;
}

/** By source and name of the event. */
const PLACES: ReadonlyMap<string, ReadonlyMap<string, readonly Place[]>> = new Map(
  OWN_CALLS.map((own) => [`${own.service}.amazonaws.com`, new Map(own.calls.map((call) => [call, toPlaces(own)]))]),
);

function toPlaces({ request, response = {} }: OwnCalls): readonly Place[] {
  return [...toPlacesIn('request', request), ...toPlacesIn('response', response)];
}

function toPlacesIn(part: Place['part'], places: OwnCalls['request']): readonly Place[] {
  return Object.entries(places).map(([path, forms]) => ({ part, path: path.split('.'), forms: toExpression(forms) }));
}

/** Our names have no characters in them that mean something to an expression, and what stands before them only its braces. */
function toExpression(forms: readonly string[]): RegExp {
  return new RegExp(`^(?:${forms.map((form) => form.replace(/\{\w+\}/g, '[^/:]*')).join('|')})${OWN_PREFIX}`);
}

/** A name that has nothing in it is none: `{}` and `[]` stand for lists where there are lists. */
function ownText(field: Field, isOurs: (text: string) => boolean): string | undefined {
  const texts = field.list;
  if (texts.length === 0 && field.exists) return field.text;
  return firstOf(texts, ({ text }) => (text !== undefined && isOurs(text) ? text : undefined));
}

const OWN_NAME = new RegExp(`(?:StackSet-)?${OWN_PREFIX}[\\w-]*`);
const OWN_RESOURCE = new RegExp(`(?:^|[/: ]|StackSet-)${OWN_PREFIX}`);

/** Services leave the request out of what they refuse, but say what they refused: `is not authorized to perform: iam:DeleteRole on resource: role …`. */
function inRefusal({ errorMessage }: CloudTrailEvent, roleName: string): string | undefined {
  const [, resource] = /on resource: (\S+(?: \S+)?)/.exec(errorMessage ?? '') ?? [];
  if (resource === undefined) return undefined;
  const words = resource.split(/[/: ]/);
  return OWN_RESOURCE.test(resource) || words.includes(roleName) ? resource : undefined;
}

/**
 * Whether it was done for a stack or to a stack of a set. StackSets works under a role of its own in each account:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs.html
 */
export function isForStack({ actor, source }: CloudTrailEvent): boolean {
  if (actor.invokedBy === 'cloudformation.amazonaws.com') return true;
  return source === 'cloudformation.amazonaws.com' && /:role\/stacksets-exec-[0-9a-f]+$/.test(actor.issuer ?? '');
}

/** `cloud-posture-scan` of an ARN or a URL, whatever stands behind it. */
export function nameOfOwn(thing: string): string {
  return OWN_NAME.exec(thing)?.[0] ?? nameIn(thing);
}
