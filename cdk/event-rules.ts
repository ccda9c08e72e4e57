import type { AnyActivityCheck, EventSelector } from '../checks/activity.ts';
import type { Operation } from '../inventory/call.ts';
import type { ResourceSource } from '../inventory/reader.ts';

/** A rule of a region that sends events to the hub. */
export interface EventRule {
  /** After our prefix. */
  readonly name: string;
  readonly description: string;
  /** As EventBridge takes it. */
  readonly pattern: Pattern;
  /** `global`: services that report to one region of the partition only; their rules are of no use elsewhere. */
  readonly where: 'every region' | 'global region';
  /** `all`: also what only reads, which EventBridge keeps back as a rule. */
  readonly events: 'changes' | 'all';
}

export interface Pattern {
  readonly source: readonly unknown[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Watched {
  readonly activityChecks: readonly Pick<AnyActivityCheck, 'events'>[];
  readonly sources: readonly Pick<ResourceSource, 'changes'>[];
  /** Of the audit role. */
  readonly roleName: string;
  /** The call of an audit by which a region shows that its events reach the hub. */
  readonly heartbeat: Operation | undefined;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const PATTERN_CHARACTERS = 2_048;

/**
 * Services that report to the partition's global region alone. Sign-in is not one of them: a user signs in wherever the console is.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
const GLOBAL_SOURCES: ReadonlySet<string> = new Set([
  'account.amazonaws.com',
  'cloudfront.amazonaws.com',
  'iam.amazonaws.com',
  'organizations.amazonaws.com',
  'route53.amazonaws.com',
]);

/**
 * What a region tells the hub: exactly the events that activity checks select and that change a resource type. By `eventSource` and `eventName`, never by
 * the text of `detail-type`, of which AWS's own documents give several. Nobody but AWS may put events whose source begins with `aws.` on a bus.
 */
export function eventRules(watched: Watched): readonly EventRule[] {
  const selectors = watched.activityChecks.flatMap(({ events }) => events);
  const changes = toChoices(namesBySource(selectors, watched.sources));
  return [
    ...toRules('changes', changes.filter(isEverywhere), { where: 'every region', events: 'changes' }),
    ...toRules('global', changes.filter(isGlobal), { where: 'global region', events: 'changes' }),
    ...toRules('reads', [...toChoices(readsBySource(selectors)), ...toHeartbeat(watched)], { where: 'every region', events: 'all' }),
    ...(selectors.some((selector) => selector !== 'every' && 'by' in selector) ? [ROOT] : []),
    ...(selectors.some((selector) => selector !== 'every' && 'outcome' in selector) ? [refused(watched.roleName)] : []),
  ];
}

type Names = ReadonlyMap<string, ReadonlySet<string>>;

function namesBySource(selectors: readonly EventSelector[], sources: Watched['sources']): Names {
  const named = selectors.flatMap((selector) =>
    selector !== 'every' && 'names' in selector && !('readOnly' in selector && selector.readOnly) ? [selector] : [],
  );
  // What changes nothing that is read, such as a tag, need not be told.
  const changes = sources.flatMap((source) => source.changes.filter(({ facets }) => facets?.length !== 0));
  return grouped([...named, ...changes]);
}

function readsBySource(selectors: readonly EventSelector[]): Names {
  return grouped(selectors.flatMap((selector) => (selector !== 'every' && 'readOnly' in selector && selector.readOnly ? [selector] : [])));
}

function grouped(named: readonly { readonly source: string; readonly names: readonly string[] }[]): Names {
  const bySource = new Map<string, Set<string>>();
  for (const { source, names } of named) {
    const known = bySource.get(source) ?? new Set();
    for (const name of names) known.add(name);
    bySource.set(source, known);
  }
  return bySource;
}

/** One part of a pattern: what an event's `detail` may be. */
interface Choice {
  readonly source: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A choice per service, or several where one would not fit a pattern. What some checks want of any service need not be said again for one. */
function toChoices(names: Names): readonly Choice[] {
  const anywhere = names.get('any') ?? new Set();
  return [...names].sort(byFirst).flatMap(([source, all]) => {
    const own = source === 'any' ? all : new Set([...all].filter((name) => !anywhere.has(name)));
    return inParts([...own].sort(), ROOM).map((part) => ({ source, detail: toDetail(source, part) }));
  });
}

/** Lambda appends dates to the names of its events: UpdateFunctionCode20150331v2. */
function toDetail(source: string, names: readonly string[]): Choice['detail'] {
  const eventName = source === 'lambda.amazonaws.com' ? names.map((prefix) => ({ prefix })) : names;
  return source === 'any' ? { eventName } : { eventSource: [source], eventName };
}

/** For the names of one choice: what stands around them takes some. */
const ROOM = PATTERN_CHARACTERS - 248;

function inParts(names: readonly string[], room: number): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let left = 0;
  for (const name of names) {
    const size = name.length + '{"prefix":""},'.length;
    if (size > left) {
      parts.push([]);
      left = room;
    }
    parts.at(-1)?.push(name);
    left -= size;
  }
  return parts;
}

function isGlobal({ source }: Choice): boolean {
  return GLOBAL_SOURCES.has(source);
}

function isEverywhere(choice: Choice): boolean {
  return !isGlobal(choice);
}

/** The session of an audit is known by its role: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
function toHeartbeat({ heartbeat, roleName }: Watched): readonly Choice[] {
  if (!heartbeat) return [];
  const source = `${heartbeat.service}.amazonaws.com`;
  const userIdentity = { sessionContext: { sessionIssuer: { userName: [roleName] } } };
  return [{ source, detail: { eventSource: [source], eventName: [heartbeat.operation], userIdentity } }];
}

/** As many choices in a rule as its pattern has room for: each rule has a price in every region, and a bus takes 300. */
function toRules(name: string, choices: readonly Choice[], kind: Pick<EventRule, 'where' | 'events'>): readonly EventRule[] {
  const packed: Choice[][] = [];
  for (const choice of choices) {
    const last = packed.at(-1);
    if (last && JSON.stringify(toPattern([...last, choice])).length <= PATTERN_CHARACTERS) last.push(choice);
    else packed.push([choice]);
  }
  return packed.map((part, index) => ({
    name: packed.length === 1 ? name : `${name}-${index + 1}`,
    description: `Tells the hub what happens in ${[...new Set(part.map(({ source }) => shortName(source)))].join(', ')}`,
    pattern: toPattern(part),
    ...kind,
  }));
}

function shortName(source: string): string {
  return source === 'any' ? 'any service' : source.replace('.amazonaws.com', '');
}

const FROM_AWS = [{ prefix: 'aws.' }];

/** A choice of one is none: EventBridge wants two at least. */
function toPattern(choices: readonly Choice[]): Pattern {
  const [first, ...others] = choices.map(({ detail }) => detail);
  return { source: FROM_AWS, detail: others.length === 0 ? { ...first } : { $or: [first, ...others] } };
}

/** Data events would be as many as there are objects: a trail that has them is not to flood the hub. Older records do not say which kind they are. */
const MANAGEMENT = [true, { exists: false }];

const ROOT: EventRule = {
  name: 'root',
  description: 'Tells the hub what the root user does',
  pattern: { source: FROM_AWS, detail: { userIdentity: { type: ['Root'] }, managementEvent: MANAGEMENT } },
  where: 'every region',
  events: 'changes',
};

/** The audit role is refused what a guardrail keeps from it: its coverage tells that. */
function refused(roleName: string): EventRule {
  return {
    name: 'refused',
    description: 'Tells the hub which changes were refused',
    pattern: {
      source: FROM_AWS,
      detail: {
        errorCode: [{ prefix: 'AccessDenied' }, { suffix: 'UnauthorizedOperation' }],
        managementEvent: MANAGEMENT,
        userIdentity: {
          sessionContext: {
            sessionIssuer: { $or: [{ userName: [{ exists: false }] }, { userName: [{ 'anything-but': [roleName] }] }] },
          },
        },
      },
    },
    where: 'every region',
    events: 'changes',
  };
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
