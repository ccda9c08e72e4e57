import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { toListed } from '../partial.ts';
import { listBuckets } from '../s3/calls.ts';
import { getMacieSession } from './calls.ts';

/** Macie in a region. Where it does not run, whether there is any bucket that it could look into. */
export type MacieStatus =
  | { readonly status: 'ENABLED' }
  /** `off`: it was never enabled, or disabled; `PAUSED`: it is suspended. */
  | { readonly status: 'PAUSED' | 'off'; readonly hasBuckets: boolean };

export const macieCalls = [getMacieSession, listBuckets];

export async function readMacie(place: Place): Promise<MacieStatus> {
  const status = (await getMacieSession(place))?.status ?? 'off';
  return status === 'ENABLED' ? { status } : { status, hasBuckets: await hasBuckets(place) };
}

async function hasBuckets(place: Place): Promise<boolean> {
  const regions = toListed(await listBuckets(place, 'all'), ({ BucketRegion }) => {
    if (BucketRegion === undefined) throw malformed('s3:ListBuckets', 'the answer does not tell where a bucket is');
    return BucketRegion;
  });
  for (const region of regions) if (region === place.scope.region) return true;
  return false;
}
