import type {
  EventDataStore,
  GetEventDataStoreResponse,
  GetEventSelectorsResponse,
  GetTrailStatusResponse,
  Trail,
  TrailInfo,
} from '@aws-sdk/client-cloudtrail';
import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall, type Operation, refusal } from '../call.ts';
import { Unread } from '../facet.ts';
import type { Session } from '../session.ts';

/** A trail and its home region, the only one that answers for it. */
export interface TrailPlace {
  readonly arn: string;
  readonly homeRegion: string;
}

/** All trails of the account in whatever region, and its organisation's. */
export const listTrails = definePagedCall<TrailInfo>({
  service: 'cloudtrail',
  operation: 'ListTrails',
  permissions: ['cloudtrail:ListTrails'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.cloudtrail(region);
    for await (const page of sdk.paginateListTrails({ client }, {})) yield required(page.Trails, 'Trails');
  },
});

export const getTrail = defineCall<Trail, TrailPlace>({
  service: 'cloudtrail',
  operation: 'GetTrail',
  permissions: ['cloudtrail:GetTrail'],
  region: ({ homeRegion }) => homeRegion,
  async send(session, region, { arn }) {
    const { sdk, client } = await session.aws.cloudtrail(region);
    const answer = await client.send(new sdk.GetTrailCommand({ Name: arn }));
    return required(answer.Trail, 'Trail');
  },
});

export const getTrailStatus = defineCall<GetTrailStatusResponse, TrailPlace>({
  service: 'cloudtrail',
  operation: 'GetTrailStatus',
  permissions: ['cloudtrail:GetTrailStatus'],
  region: ({ homeRegion }) => homeRegion,
  async send(session, region, { arn }) {
    const { sdk, client } = await session.aws.cloudtrail(region);
    return client.send(new sdk.GetTrailStatusCommand({ Name: arn }));
  },
});

export const getEventSelectors = defineCall<GetEventSelectorsResponse, TrailPlace>({
  service: 'cloudtrail',
  operation: 'GetEventSelectors',
  permissions: ['cloudtrail:GetEventSelectors'],
  region: ({ homeRegion }) => homeRegion,
  async send(session, region, { arn }) {
    const { sdk, client } = await session.aws.cloudtrail(region);
    return client.send(new sdk.GetEventSelectorsCommand({ TrailName: arn }));
  },
});

/** Event data stores of CloudTrail Lake in a region; none where CloudTrail has no Lake (UnsupportedOperationException). */
export const listEventDataStores = definePagedCall<EventDataStore, { readonly region: string }>({
  service: 'cloudtrail',
  operation: 'ListEventDataStores',
  permissions: ['cloudtrail:ListEventDataStores'],
  region: ({ region }) => region,
  async *pages(session, region) {
    const { sdk, client } = await session.aws.cloudtrail(region);
    try {
      for await (const page of sdk.paginateListEventDataStores({ client, pageSize: 1_000 }, {})) {
        yield required(page.EventDataStores, 'EventDataStores');
      }
    } catch (error) {
      if (!isNamed(error, 'UnsupportedOperationException')) throw error;
      yield [];
    }
  },
});

export const getEventDataStore = defineCall<GetEventDataStoreResponse, { readonly region: string; readonly arn: string }>({
  service: 'cloudtrail',
  operation: 'GetEventDataStore',
  permissions: ['cloudtrail:GetEventDataStore'],
  region: ({ region }) => region,
  async send(session, region, { arn }) {
    const { sdk, client } = await session.aws.cloudtrail(region);
    return client.send(new sdk.GetEventDataStoreCommand({ EventDataStore: arn }));
  },
});

/** What to look for in CloudTrail's history of a region: by one attribute, within some time. */
export interface HistoryQuery {
  readonly key: 'ResourceName' | 'EventName' | 'Username';
  readonly value: string;
  readonly since: Date;
  readonly until: Date;
}

/** CloudTrail keeps 90 days of management events, whether a trail logs or not. */
export const LOOKUP_EVENTS: Operation = {
  service: 'cloudtrail',
  operation: 'LookupEvents',
  permissions: ['cloudtrail:LookupEvents'],
};

/**
 * Records of CloudTrail's history as they were logged, newest first, in pages of at most 50. What is no record is passed over. Nothing is remembered, and a
 * refusal leaves no trace in the session's coverage: no verdict rests on it.
 * @throws Unread when CloudTrail refuses
 */
export async function* lookupEvents(session: Session, region: string, query: HistoryQuery): AsyncGenerator<readonly unknown[]> {
  try {
    const { sdk, client } = await session.aws.cloudtrail(region);
    const attributes = [{ AttributeKey: query.key, AttributeValue: query.value }];
    const input = { LookupAttributes: attributes, StartTime: query.since, EndTime: query.until };
    for await (const { Events } of sdk.paginateLookupEvents({ client, pageSize: 50 }, input)) {
      yield required(Events, 'Events').flatMap(({ CloudTrailEvent }) => toRecord(CloudTrailEvent) ?? []);
    }
  } catch (error) {
    throw new Unread(refusal(LOOKUP_EVENTS, error));
  }
}

/** A record as the history holds it; `undefined` for what is no JSON. */
export function toRecord(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
