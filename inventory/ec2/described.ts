import type { Tag } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { ResourceIdentity, Scope } from '../resource.ts';
import { toTags } from '../tags.ts';
import type { Wanted } from './wanted.ts';

/** A resource as EC2 describes it, and who it is. */
export interface Described<Detail> {
  readonly id: string;
  /** Not always the audited account: a shared VPC shows what its owner has. */
  readonly ownerId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly detail: Detail;
  /** With what it was asked for together: everything of the region unless told. */
  readonly wanted?: Wanted;
}

/** @throws Unread when the resource has no id or no owner */
export function toDescribed<Detail extends { readonly Tags?: Tag[] }>(
  operation: string,
  id: string | undefined,
  ownerId: string | undefined,
  detail: Detail,
): Described<Detail> {
  if (id === undefined || ownerId === undefined) throw malformed(operation, 'something has no id or no owner');
  return { id, ownerId, tags: toTags(detail.Tags), detail };
}

/** Identities of one kind of EC2 resource, by the kind's name in ARNs. */
export function identifyAs(kind: string) {
  return ({ id, ownerId, tags }: Described<unknown>, { region }: Scope, partition: string): Omit<ResourceIdentity, 'type'> => ({
    arn: `arn:${partition}:ec2:${region}:${OWNERLESS.has(kind) ? '' : ownerId}:${kind}/${id}`,
    id,
    accountId: ownerId,
    region,
    partition,
    tags,
  });
}

/** Kinds whose ARNs name no account (Service Authorization Reference, "Resource types defined by Amazon EC2"). */
const OWNERLESS = new Set(['image', 'snapshot']);
