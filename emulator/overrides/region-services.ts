import type { RegionServices } from '../account/region-services.ts';
import type { Exchange } from '../exchange.ts';

/** What is on in the region that was asked, as it is described. */
export function servicesIn({ state, request }: Exchange): RegionServices {
  return state.description.regionServices.get(request.region) ?? {};
}
