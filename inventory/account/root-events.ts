import type { Event } from '@aws-sdk/client-cloudtrail';
import { malformed, required } from '../broken-answer.ts';
import { defineCall, type Place } from '../call.ts';
import { Listed, Unread, type UnreadReason } from '../facet.ts';
import { attempt, joined, toListed } from '../partial.ts';
import type { RootEvent } from './account.ts';

const OPERATION = 'cloudtrail:LookupEvents';
const MOST_PAGES = 20;

/**
 * What the root user did in a region in the last 90 days, newest first: only as far back as the newest page that holds anything, since that it happened is what matters.
 * Pages that hold only the doings of services are passed over.
 */
export const lookupRootEvents = defineCall<Listed<RootEvent>, { readonly region: string }>({
  service: 'cloudtrail',
  operation: 'LookupEvents',
  permissions: ['cloudtrail:LookupEvents'],
  region: ({ region }) => region,
  async send(session, region) {
    const { sdk, client } = await session.aws.cloudtrail(region);
    const attributes = { LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'root' } as const] };
    let unread: UnreadReason | undefined;
    let pages = 0;
    for await (const page of sdk.paginateLookupEvents({ client, pageSize: 50 }, attributes)) {
      const events = toRootEvents(required(page.Events, 'Events'), region);
      unread ??= events.unread;
      pages += 1;
      if (events.known.length > 0) return new Listed(events.known, unread);
      if (pages === MOST_PAGES && page.NextToken) return new Listed([], unread ?? tooMany().reason);
    }
    return new Listed([], unread);
  },
});

/** What the root user did in any enabled region. A region that refuses, or that nobody could tell of, makes the list partial. */
export async function readRootEvents(place: Place): Promise<Listed<RootEvent>> {
  const { regions, regionsUnread, globalRegion } = place.session;
  const asked = regions.length > 0 ? regions : [globalRegion];
  const answers = await Promise.all(asked.map((region) => attempt(() => lookupRootEvents(place, { region }))));
  const events = answers.map((answer) => (answer.read ? answer.value : new Listed<RootEvent>([], answer.reason)));
  return joined([...events, new Listed<RootEvent>([], regionsUnread)]);
}

function tooMany(): Unread {
  const message = `${OPERATION}: the newest ${MOST_PAGES * 50} events under the name root are not the root user's, older ones were not read`;
  return new Unread({ cause: 'no-data', operation: OPERATION, permissions: [], message });
}

function toRootEvents(events: readonly Event[], region: string): Listed<RootEvent> {
  return toListed(events, (event) => ({ event, byRoot: isRootUse(toRecord(event)) }))
    .filter(({ byRoot }) => byRoot)
    .map(({ event }) => toRootEvent(event, region));
}

function toRootEvent({ EventId = '', EventName = '', EventSource = '', EventTime }: Event, region: string): RootEvent {
  return { eventId: EventId, eventName: EventName, eventSource: EventSource, occurredAt: EventTime?.toISOString() ?? '', region };
}

/** The parts of a CloudTrail record that tell who acted (CloudTrail record contents, CloudTrail User Guide). */
interface EventRecord {
  readonly identityType: unknown;
  readonly invokedBy: unknown;
  readonly eventType: unknown;
  readonly eventName: unknown;
  readonly signIn: unknown;
}

/**
 * An event counts if the root user's own credentials caused it. A user or a session that is merely called root does not, nor what a service did for the account,
 * nor what anybody who knows the e-mail address can do: fail to sign in, or ask for a new password.
 */
function isRootUse({ identityType, invokedBy, eventType, eventName, signIn }: EventRecord): boolean {
  if (identityType !== 'Root' || eventType === 'AwsServiceEvent' || isService(invokedBy)) return false;
  if (eventName === 'PasswordRecoveryRequested') return false;
  return eventName !== 'ConsoleLogin' || signIn !== 'Failure';
}

/** The console signs for the person who uses it as `signin.amazonaws.com` or `AWS Internal`. */
function isService(invokedBy: unknown): boolean {
  return typeof invokedBy === 'string' && invokedBy.endsWith('.amazonaws.com') && invokedBy !== 'signin.amazonaws.com';
}

function toRecord({ CloudTrailEvent, EventTime }: Event): EventRecord {
  const record = member(parsed(CloudTrailEvent ?? ''));
  const identity = member(record('userIdentity'));
  if (EventTime === undefined || typeof identity('type') !== 'string')
    throw malformed(OPERATION, 'an event has no time or no user identity');
  return {
    identityType: identity('type'),
    invokedBy: identity('invokedBy'),
    eventType: record('eventType'),
    eventName: record('eventName'),
    signIn: member(record('responseElements'))('ConsoleLogin'),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw malformed(OPERATION, 'an event is not JSON');
    throw error;
  }
}

function member(value: unknown): (name: string) => unknown {
  const members = new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  return (name) => members.get(name);
}
