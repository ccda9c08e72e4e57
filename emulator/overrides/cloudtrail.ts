import type { Moment, Trail } from '../account/description.ts';
import { type Exchange, type Overrides, reject, reply } from '../exchange.ts';
import { isRecord } from '../request.ts';
import type { Answer, WireObject } from '../wire/serialize.ts';
import { eventHistoryOverrides } from './event-history.ts';

export const cloudtrailOverrides: Overrides = {
  ...eventHistoryOverrides,

  /** Moto leaves out trails of other regions; AWS lists every trail of the account wherever it is asked. */
  'cloudtrail:ListTrails': async (exchange) => {
    const lists = [];
    for (const region of new Set([exchange.request.region, ...exchange.world.regions.enabled])) {
      const listed = (await parsed(exchange, region)).Trails;
      lists.push(...(Array.isArray(listed) ? listed.filter((trail) => isRecord(trail) && trail.HomeRegion === region) : []));
    }
    return { ...reply(exchange, {}), body: Buffer.from(JSON.stringify({ Trails: lists })) };
  },

  'cloudtrail:GetTrail': (exchange) =>
    amended(
      exchange,
      ({ organization, key, logGroup }) => ({
        IsOrganizationTrail: organization,
        KmsKeyId: key,
        CloudWatchLogsLogGroupArn: logGroup && logGroupArn(exchange, logGroup),
      }),
      'Trail',
    ),

  'cloudtrail:GetTrailStatus': (exchange) =>
    amended(exchange, ({ deliveryError, lastDelivery, logDeliveryError, lastLogDelivery }) => ({
      LatestDeliveryError: deliveryError,
      LatestDeliveryTime: toSeconds(exchange, lastDelivery),
      LatestCloudWatchLogsDeliveryError: logDeliveryError,
      LatestCloudWatchLogsDeliveryTime: toSeconds(exchange, lastLogDelivery),
    })),

  /** Moto has no CloudTrail Lake. */
  'cloudtrail:ListEventDataStores': (exchange) => {
    const { description } = exchange.state;
    const here = [...description.eventDataStores].filter(([, { region }]) => (region ?? description.region) === exchange.request.region);
    return reply(exchange, { EventDataStores: here.map(([Name]) => ({ Name, EventDataStoreArn: storeArn(exchange, Name) })) });
  },

  'cloudtrail:GetEventDataStore': (exchange) => {
    const arn = String(exchange.request.json.EventDataStore);
    const store = exchange.state.description.eventDataStores.get(arn.split('/').at(-1) ?? '');
    if (!store) return reject(exchange, { status: 400, code: 'EventDataStoreNotFoundException', message: `no event data store ${arn}` });
    return reply(exchange, {
      EventDataStoreArn: arn,
      Status: (store.ingesting ?? true) ? 'ENABLED' : 'STOPPED_INGESTION',
      MultiRegionEnabled: store.multiRegion ?? true,
      AdvancedEventSelectors: store.selectors.map(({ FieldSelectors }) => ({
        FieldSelectors: FieldSelectors.map((each) => ({ ...each })),
      })),
    });
  },

  /** A trail without selectors of its own logs all management events. Moto says that it has none. */
  'cloudtrail:GetEventSelectors': async (exchange) => {
    const original = await exchange.askMoto();
    const answer: unknown = original.status === 200 ? JSON.parse(original.body.toString()) : undefined;
    if (!isRecord(answer) || hasElements(answer.EventSelectors) || hasElements(answer.AdvancedEventSelectors)) return original;
    const selector = { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] };
    return reply(exchange, { TrailARN: String(answer.TrailARN), EventSelectors: [selector] });
  },
};

function toSeconds(exchange: Exchange, moment: Moment | undefined): number | undefined {
  return moment === undefined ? undefined : exchange.state.date(moment).getTime() / 1000;
}

function logGroupArn({ request, caller }: Exchange, name: string): string {
  return `arn:aws:logs:${request.region}:${caller.accountId}:log-group:${name}:*`;
}

/** AWS ends it with a random id, which the name stands for. */
function storeArn({ request, caller }: Exchange, name: string): string {
  return `arn:aws:cloudtrail:${request.region}:${caller.accountId}:eventdatastore/${name}`;
}

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
