import type { CloudTrailEvent } from './event.ts';

/** True for what is known to be of another account or region than the event. Of a place that the event does not tell nothing can be known. */
export function isElsewhere(
  event: Pick<CloudTrailEvent, 'accountId' | 'region'>,
  { accountId, region }: { readonly accountId?: string | undefined; readonly region?: string | undefined },
): boolean {
  return differs(event.accountId, accountId) || differs(event.region, region);
}

function differs(told: string, own: string | undefined): boolean {
  return told !== '' && own !== undefined && own !== told;
}
