import type { Place } from '../call.ts';
import type { EventDelivery } from '../ec2/region-settings.ts';
import { Listed } from '../facet.ts';

/** What a deployment knows of the account's events. Where nothing is deployed, every region says so. */
export interface AccountEventDelivery {
  readonly regions: Iterable<RegionEventDelivery>;
  /** Ids of the checks that are switched off: what they would tell, nobody is told. */
  readonly switchedOff: readonly string[];
}

export interface RegionEventDelivery {
  readonly region: string;
  readonly delivery: EventDelivery;
}

/** Of every enabled region. Nothing is asked of AWS. */
export async function readEventDeliveries({ session }: Place): Promise<AccountEventDelivery> {
  const { accountId, regions, regionsUnread, eventDelivery, switchedOff = [] } = session;
  if (!eventDelivery) return { regions: regions.map((region) => ({ region, delivery: { deployed: false } })), switchedOff };
  const known = await Promise.all(regions.map(async (region) => ({ region, delivery: await eventDelivery({ accountId, region }) })));
  return { regions: new Listed(known, regionsUnread), switchedOff };
}
