import { createHash } from 'node:crypto';
import type { RootEvent } from '../account/description.ts';
import { type Exchange, type Overrides, reply } from '../exchange.ts';
import { isRecord } from '../request.ts';
import type { LoggedEvent } from '../state.ts';
import type { Wire } from '../wire/serialize.ts';

export const eventHistoryOverrides: Overrides = {
  /** Missing in moto: the events of root as they are described and those that were logged since, newest first. */
  'cloudtrail:LookupEvents': (exchange) => {
    const { StartTime: start, EndTime: end } = exchange.request.json;
    const events = [...rootEvents(exchange), ...loggedEvents(exchange)]
      .filter(({ EventTime }) => isWithin(EventTime, start, end))
      .filter((event) => attributesOf(exchange).every(({ key, value }) => hasAttribute(event, key, value)))
      .sort((a, b) => b.EventTime.getTime() - a.EventTime.getTime());
    return reply(exchange, { Events: events });
  },
};

interface HistoryEvent {
  readonly EventId: string;
  readonly EventName: string;
  readonly EventSource: string;
  readonly EventTime: Date;
  readonly Username: string;
  readonly ReadOnly: string;
  readonly Resources: { readonly ResourceName: string }[];
  readonly CloudTrailEvent: string;
  readonly [member: string]: Wire;
}

function rootEvents({ state, request }: Exchange): readonly HistoryEvent[] {
  const { description } = state;
  return (description.root.events ?? [])
    .filter((event) => (event.region ?? description.region) === request.region)
    .map((event, index) => toRootEvent(event, state.date(event.at ?? 0), index, description.id));
}

function toRootEvent(event: RootEvent, time: Date, index: number, accountId: string): HistoryEvent {
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
  return toHistoryEvent({ record, resources: [] }, 'root');
}

function loggedEvents({ state, request }: Exchange): readonly HistoryEvent[] {
  return state.history.filter(({ record }) => record.awsRegion === request.region).map((event) => toHistoryEvent(event, userOf(event)));
}

function toHistoryEvent({ record, resources }: LoggedEvent, username: string): HistoryEvent {
  const name = String(record.eventName);
  return {
    EventId: String(record.eventID),
    EventName: name,
    EventSource: String(record.eventSource),
    EventTime: new Date(String(record.eventTime)),
    Username: username,
    ReadOnly: /^(Get|List|Describe)/.test(name) ? 'true' : 'false',
    Resources: resources.map((ResourceName) => ({ ResourceName })),
    CloudTrailEvent: JSON.stringify(record),
  };
}

function userOf({ record: { userIdentity } }: LoggedEvent): string {
  if (!isRecord(userIdentity)) return '';
  return userIdentity.type === 'Root' ? 'root' : String(userIdentity.userName ?? '');
}

type AttributeKey = 'EventId' | 'EventName' | 'EventSource' | 'Username' | 'ReadOnly' | 'ResourceName';
const ATTRIBUTES: readonly AttributeKey[] = ['EventId', 'EventName', 'EventSource', 'Username', 'ReadOnly', 'ResourceName'];

function hasAttribute(event: HistoryEvent, key: AttributeKey, value: unknown): boolean {
  return key === 'ResourceName' ? event.Resources.some(({ ResourceName }) => ResourceName === value) : event[key] === value;
}

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
