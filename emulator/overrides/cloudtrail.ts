import { createHash } from 'node:crypto';
import type { RootEvent, Trail } from '../account/description.ts';
import { type Exchange, type Overrides, reply } from '../exchange.ts';
import { isRecord } from '../request.ts';
import type { Answer, Wire, WireObject } from '../wire/serialize.ts';

export const cloudtrailOverrides: Overrides = {
  /** Missing in moto: the events of root as they are described, newest first. */
  'cloudtrail:LookupEvents': (exchange) => {
    const { StartTime: start, EndTime: end } = exchange.request.json;
    const events = rootEvents(exchange)
      .filter(({ EventTime }) => isWithin(EventTime, start, end))
      .filter((event) => attributesOf(exchange).every(({ key, value }) => event[key] === value))
      .sort((a, b) => b.EventTime.getTime() - a.EventTime.getTime());
    return reply(exchange, { Events: events });
  },

  /** Moto leaves out trails of other regions; AWS lists every trail of the account wherever it is asked. */
  'cloudtrail:ListTrails': async (exchange) => {
    const lists = [];
    for (const region of new Set([exchange.request.region, ...exchange.world.regions.enabled])) {
      const listed = (await parsed(exchange, region)).Trails;
      lists.push(...(Array.isArray(listed) ? listed.filter((trail) => isRecord(trail) && trail.HomeRegion === region) : []));
    }
    return { ...reply(exchange, {}), body: Buffer.from(JSON.stringify({ Trails: lists })) };
  },

  'cloudtrail:GetTrail': (exchange) => amended(exchange, ({ organization }) => ({ IsOrganizationTrail: organization }), 'Trail'),

  'cloudtrail:GetTrailStatus': (exchange) =>
    amended(exchange, ({ deliveryError, lastDelivery }) => ({
      LatestDeliveryError: deliveryError,
      LatestDeliveryTime: lastDelivery === undefined ? undefined : exchange.state.date(lastDelivery).getTime() / 1000,
    })),

  /** A trail without selectors of its own logs all management events. Moto says that it has none. */
  'cloudtrail:GetEventSelectors': async (exchange) => {
    const original = await exchange.askMoto();
    const answer: unknown = original.status === 200 ? JSON.parse(original.body.toString()) : undefined;
    if (!isRecord(answer) || hasElements(answer.EventSelectors) || hasElements(answer.AdvancedEventSelectors)) return original;
    const selector = { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] };
    return reply(exchange, { TrailARN: String(answer.TrailARN), EventSelectors: [selector] });
  },
};

async function parsed(exchange: Exchange, region: string): Promise<Readonly<Record<string, unknown>>> {
  const { status, body } = await exchange.askMoto({ region });
  const value: unknown = status === 200 ? JSON.parse(body.toString()) : {};
  return isRecord(value) ? value : {};
}

/** Moto's answer with members that only the description knows; those that are `undefined` are left as they are. */
async function amended(exchange: Exchange, change: (trail: Trail) => WireObject, member?: string): Promise<Answer> {
  const original = await exchange.askMoto();
  const trail = describedTrail(exchange);
  const answer: unknown = original.status === 200 && trail ? JSON.parse(original.body.toString()) : undefined;
  if (!isRecord(answer) || !trail) return original;
  const known = Object.fromEntries(Object.entries(change(trail)).filter(([, value]) => value !== undefined));
  const inner = member === undefined ? undefined : answer[member];
  const value = member !== undefined && isRecord(inner) ? { ...answer, [member]: { ...inner, ...known } } : { ...answer, ...known };
  return { ...original, body: Buffer.from(JSON.stringify(value)) };
}

function describedTrail({ request, state }: Exchange): Trail | undefined {
  const name = String(request.json.Name ?? '');
  return state.description.trails.get(name.split('/').at(-1) ?? name);
}

function hasElements(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

function rootEvents({ state, request }: Exchange) {
  const { description } = state;
  return (description.root.events ?? [])
    .filter((event) => (event.region ?? description.region) === request.region)
    .map((event, index) => toEvent(event, state.date(event.at ?? 0), index, description.id));
}

function toEvent(event: RootEvent, time: Date, index: number, accountId: string) {
  const source = event.source ?? 'signin.amazonaws.com';
  const EventId = createHash('sha256').update(`${accountId} ${event.name} ${time.toISOString()} ${index}`).digest('hex').slice(0, 32);
  const record = {
    eventID: EventId,
    eventName: event.name,
    eventSource: source,
    eventTime: time.toISOString(),
    recipientAccountId: accountId,
    userIdentity: { type: 'Root', principalId: accountId, arn: `arn:aws:iam::${accountId}:root`, accountId },
  };
  return {
    EventId,
    EventName: event.name,
    EventSource: source,
    EventTime: time,
    Username: 'root',
    ReadOnly: /^(Get|List|Describe)/.test(event.name) ? 'true' : 'false',
    Resources: [],
    CloudTrailEvent: JSON.stringify(record),
  } satisfies Record<string, Wire>;
}

type AttributeKey = 'EventId' | 'EventName' | 'EventSource' | 'Username' | 'ReadOnly';
const ATTRIBUTES: readonly AttributeKey[] = ['EventId', 'EventName', 'EventSource', 'Username', 'ReadOnly'];

function attributesOf({ request }: Exchange): readonly { readonly key: AttributeKey; readonly value: unknown }[] {
  const { LookupAttributes: list } = request.json;
  return (Array.isArray(list) ? list : []).flatMap((attribute: unknown) => {
    const key = isRecord(attribute) ? ATTRIBUTES.find((name) => name === attribute.AttributeKey) : undefined;
    return key === undefined || !isRecord(attribute) ? [] : [{ key, value: attribute.AttributeValue }];
  });
}

/** The request's times are seconds since 1970. */
function isWithin(time: Date, start: unknown, end: unknown): boolean {
  const seconds = time.getTime() / 1000;
  return (typeof start !== 'number' || seconds >= start) && (typeof end !== 'number' || seconds <= end);
}
