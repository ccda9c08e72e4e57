import type { Trail } from '../account/description.ts';
import { type Exchange, type Overrides, reply } from '../exchange.ts';
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
