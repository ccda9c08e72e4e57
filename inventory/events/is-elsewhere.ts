import type { CloudTrailEvent } from './event.ts';

/** `us-gov-east-1`. */
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;

/** True for what is known to be of another account or region than the event. Of a place that the event does not tell, or only half of it, nothing can be known. */
export function isElsewhere(
  event: Pick<CloudTrailEvent, 'accountId' | 'region'>,
  { accountId, region }: { readonly accountId?: string | undefined; readonly region?: string | undefined },
): boolean {
  const isOfOther = event.accountId !== '' && accountId !== undefined && accountId !== event.accountId;
  return isOfOther || (REGION.test(event.region) && region !== undefined && region !== event.region);
}
