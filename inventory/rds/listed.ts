import type { Tag } from '@aws-sdk/client-rds';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { inBatches } from '../ec2/batches.ts';
import type { Wanted } from '../ec2/wanted.ts';
import type { Listed } from '../facet.ts';
import { joined } from '../partial.ts';
import type { ResourceIdentity, Scope } from '../resource.ts';
import { toTags } from '../tags.ts';

/** Something that RDS lists, and who it is. */
export interface ListedByRds<Detail> {
  readonly id: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly detail: Detail;
}

/** @throws Unread when it has no id or no ARN */
export function toListedByRds<Detail extends { readonly TagList?: Tag[] | undefined }>(
  operation: string,
  id: string | undefined,
  arn: string | undefined,
  detail: Detail,
): ListedByRds<Detail> {
  if (!id || !arn) throw malformed(operation, 'something has no identifier or no ARN');
  return { id, arn, tags: toTags(detail.TagList), detail };
}

export function identifyListed(
  { id, arn, tags }: ListedByRds<unknown>,
  { accountId, region }: Scope,
  partition: string,
): Omit<ResourceIdentity, 'type'> {
  return { arn, id, accountId, region, partition, tags };
}

/** RDS names no limit for the values of a filter. */
const FILTER_VALUES = 50;

/** Those of a region that have one of these identifiers or ARNs, by the filter for identifiers. What is not there is not in the list. */
export async function listedOnly<Detail>(
  place: Place,
  idsOrArns: readonly string[],
  filter: string,
  list: (place: Place, wanted: Wanted) => Promise<Listed<ListedByRds<Detail>>>,
): Promise<Listed<ListedByRds<Detail>>> {
  const ids = idsOrArns.map(toIdentifier).filter((id) => id !== '');
  const batches = new Set(inBatches(ids, FILTER_VALUES).values());
  return joined(await Promise.all([...batches].map((values) => list(place, { filter, values }))));
}

/** The identifier in an ARN: `arn:aws:rds:eu-west-1:111122223333:snapshot:rds:orders-2026-03-01`. RDS keeps identifiers in lower case, however they were asked for. */
export function toIdentifier(idOrArn: string): string {
  const id = idOrArn.startsWith('arn:') ? idOrArn.split(':').slice(6).join(':') : idOrArn;
  return id.toLowerCase();
}
