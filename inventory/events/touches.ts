import type { ResourceSource } from '../reader.ts';
import type { ChangeEvents, IdPath } from './changes.ts';
import type { CloudTrailEvent } from './event.ts';
import type { Field } from './field.ts';
import type { Touch } from './touch.ts';

/** Any resource of the type in the account and region. */
const ANY = '*';
const NONE: readonly Touch[] = [];
const MOST_IDS = 1000;
/** That of an ARN, the longest of what identifies a resource (Amazon Resource Names, AWS General Reference). */
const LONGEST_ID = 2048;

/**
 * Tells the resources that an event has changed, each once, from the tables of the resource types. Only a call that succeeded has changed anything.
 * Never throws: what an event does not tell, or tells in a form that makes no sense, may be any resource of the type.
 */
export function touchIndex(sources: readonly ResourceSource[]): (event: CloudTrailEvent) => readonly Touch[] {
  const tables = toTables(sources);
  return (event) => {
    const changes = tables.get(event.source)?.get(event.name);
    if (changes === undefined || event.outcome !== 'succeeded') return NONE;
    const touches = changes.filter((change) => isOfKind(event.type, change)).flatMap((change) => touchesBy(change, event));
    return touches.length > 1 ? merged(touches) : touches;
  };
}

interface Change extends Pick<Touch, 'resourceType' | 'facets' | 'indirect'> {
  readonly deletes: boolean;
  readonly byService: boolean;
  readonly idsIn: (event: CloudTrailEvent) => readonly string[];
}

type Tables = ReadonlyMap<string, ReadonlyMap<string, readonly Change[]>>;

function toTables(sources: readonly ResourceSource[]): Tables {
  const rows = sources.flatMap(({ type, changes }) =>
    changes.flatMap((events) => {
      const change = toChange(type, events);
      return events.names.map((name) => ({ source: events.source, name, change }));
    }),
  );
  const bySource = Map.groupBy(rows, ({ source }) => source);
  return new Map([...bySource].map(([source, ofSource]) => [source, byName(ofSource)]));
}

function byName(rows: readonly { readonly name: string; readonly change: Change }[]): ReadonlyMap<string, readonly Change[]> {
  return new Map([...Map.groupBy(rows, ({ name }) => name)].map(([name, ofName]) => [name, ofName.map(({ change }) => change)]));
}

function toChange(resourceType: Touch['resourceType'], events: ChangeEvents): Change {
  return {
    resourceType,
    facets: events.facets ?? 'all',
    indirect: events.indirect === true,
    deletes: events.deletes === true,
    byService: events.byService === true,
    idsIn: toIdsIn(events),
  };
}

/** Insights and what passed through a VPC endpoint tell of calls that have records of their own. */
function isOfKind(eventType: string, { byService }: Change): boolean {
  if (eventType === 'AwsServiceEvent') return byService;
  return !byService && eventType !== 'AwsCloudTrailInsight' && !eventType.startsWith('AwsVpce');
}

function touchesBy(change: Change, event: CloudTrailEvent): readonly Touch[] {
  const { accountId, region } = event;
  const { resourceType, facets, indirect, deletes } = change;
  return change.idsIn(event).map((resourceId) => ({
    resourceType,
    resourceId,
    accountId,
    region,
    facets,
    gone: deletes && resourceId !== ANY,
    indirect,
  }));
}

function toIdsIn({ ids, onlyIfTold }: ChangeEvents): Change['idsIn'] {
  if (ids === undefined) return () => [ANY];
  if (ids === 'account') return ({ accountId }) => [accountId || ANY];
  if (ids === 'region') return ({ region }) => [region || ANY];
  const paths = ids.map(toIdsAt);
  return (event) => {
    try {
      return distinct(
        paths.flatMap((idsAt) => idsAt(event)),
        onlyIfTold === true && ids.every((path) => isPartThere(event, path)),
      );
    } catch {
      return [ANY];
    }
  };
}

/** What was found, in which `undefined` is an id of another type. */
function distinct(found: readonly (string | undefined)[], onlyIfTold: boolean): readonly string[] {
  if (found.length === 0) return onlyIfTold ? [] : [ANY];
  const ids = [...new Set(found.filter((id) => id !== undefined))];
  return ids.length > MOST_IDS || ids.some((id) => id.length > LONGEST_ID) ? [ANY] : ids;
}

/** Of a request that is lost nobody can say that it named nothing. Some calls have nothing to answer. */
function isPartThere({ request }: CloudTrailEvent, path: IdPath): boolean {
  const at = typeof path === 'string' ? path : path.at;
  return !at.startsWith('request.') || request.exists;
}

/** @throws Unread where what is there makes no sense */
function toIdsAt(path: IdPath): (event: CloudTrailEvent) => readonly (string | undefined)[] {
  const { at, as } = typeof path === 'string' ? { at: path, as: (found: string) => found } : path;
  const [part = '', ...names] = at.split('.');
  return (event) => textsIn(event, part, names).map((found) => as(found, event));
}

function textsIn(event: CloudTrailEvent, part: string, names: readonly string[]): readonly string[] {
  switch (part) {
    case 'request':
    case 'response':
    case 'additional':
    case 'serviceDetails':
    case 'identity':
      return textsAt(event[part], names);
    case 'resources':
      return event.resources.map(({ arn }) => arn);
    default:
      throw new Error(`an event has no part "${part}"`);
  }
}

/** A part is an object, even if it has a member that is called as the wrapper of a list is. */
function textsAt(part: Field, [first, ...names]: readonly string[]): readonly string[] {
  let fields: readonly Field[] = first === undefined ? [] : [part.at(first)];
  for (const name of names) {
    fields = fields.flatMap(({ list }) => list).map((element) => element.at(name));
    const told = fields.filter(({ list }) => list.length > 0);
    // What is told of one element must not be taken for what is not told of the others.
    if (told.length > 0 && told.length < fields.length) throw new Error(`some of what is listed has no ${name}`);
  }
  return fields.flatMap(idsOf).map(textOf);
}

/** A list of no ids is what CloudTrail writes for none, but a resource that is changed has one. */
function idsOf(field: Field): readonly Field[] {
  if (field.list.length === 0 && field.exists) throw new Error('what should be an id is an empty list');
  return field.list;
}

function textOf({ text }: Field): string {
  if (text === undefined) throw new Error('what should be an id is empty');
  return text;
}

/** One touch for each resource, whatever number of tables name it. */
function merged(touches: readonly Touch[]): readonly Touch[] {
  const byResource = new Map<string, Touch>();
  for (const touch of touches) {
    const key = `${touch.resourceType} ${touch.resourceId}`;
    const other = byResource.get(key);
    byResource.set(key, other ? both(other, touch) : touch);
  }
  return [...byResource.values()];
}

function both(one: Touch, other: Touch): Touch {
  return {
    ...one,
    facets: one.facets === 'all' || other.facets === 'all' ? 'all' : [...new Set([...one.facets, ...other.facets])],
    gone: one.gone || other.gone,
    indirect: one.indirect && other.indirect,
  };
}
