import type { Event } from '@aws-sdk/client-cloudtrail';
import { malformed, required } from '../broken-answer.ts';
import { defineCall, type Place } from '../call.ts';
import { LOOKUP_EVENTS, toRecord } from '../cloudtrail/calls.ts';
import { toEvent } from '../events/to-event.ts';
import { listEveryRegion } from '../every-region.ts';
import { Listed, type Unread, type UnreadReason } from '../facet.ts';
import { noData } from '../no-data.ts';
import { toListed } from '../partial.ts';
import type { RootEvent } from './account.ts';

const OPERATION = 'cloudtrail:LookupEvents';
const MOST_PAGES = 20;

/**
 * What the root user did in a region in the last 90 days, newest first: only as far back as the newest page that holds anything, since that it happened is what matters.
 * Pages that hold only the doings of services are passed over.
 */
export const lookupRootEvents = defineCall<Listed<RootEvent>, { readonly region: string }>({
  ...LOOKUP_EVENTS,
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

/** What the root user did in any enabled region. */
export function readRootEvents(place: Place): Promise<Listed<RootEvent>> {
  return listEveryRegion(place, (region) => lookupRootEvents(place, { region }));
}

function tooMany(): Unread {
  return noData(OPERATION, `the newest ${MOST_PAGES * 50} events under the name root are not the root user's, older ones were not read`);
}

function toRootEvents(events: readonly Event[], region: string): Listed<RootEvent> {
  return toListed(events, (event) => ({ event, byRoot: isRootUse(event) }))
    .filter(({ byRoot }) => byRoot)
    .map(({ event }) => toRootEvent(event, region));
}

function toRootEvent({ EventId = '', EventName = '', EventSource = '', EventTime }: Event, region: string): RootEvent {
  return { eventId: EventId, eventName: EventName, eventSource: EventSource, occurredAt: EventTime?.toISOString() ?? '', region };
}

/**
 * An event counts if the root user's own credentials caused it. A user or a session that is merely called root does not, nor what a service did for the account,
 * nor what anybody who knows the e-mail address can do: fail to sign in, or ask for a new password.
 */
function isRootUse({ CloudTrailEvent, EventTime }: Event): boolean {
  const event = toEvent(toRecord(CloudTrailEvent));
  const identityType = event?.identity.at('type').text ?? '';
  if (event === undefined || EventTime === undefined || !/^[a-z]+$/i.test(identityType))
    throw malformed(OPERATION, 'an event is no record, or has no time or no user identity');
  const { type, name, identity, response } = event;
  if (identityType !== 'Root' || type === 'AwsServiceEvent' || isService(identity.at('invokedBy').text)) return false;
  if (name === 'PasswordRecoveryRequested') return false;
  return name !== 'ConsoleLogin' || response.at('ConsoleLogin').text !== 'Failure';
}

/** The console signs for the person who uses it as `signin.amazonaws.com` or `AWS Internal`. */
function isService(invokedBy = ''): boolean {
  return invokedBy.endsWith('.amazonaws.com') && invokedBy !== 'signin.amazonaws.com';
}
