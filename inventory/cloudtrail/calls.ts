import type { GetEventSelectorsResponse, GetTrailStatusResponse, Trail, TrailInfo } from '@aws-sdk/client-cloudtrail';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';

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
