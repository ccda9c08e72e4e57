import type { UsedImage } from '../../inventory/ec2/image.ts';
import { dateOf, millisecondsOf } from './time.ts';

/** Why nothing should be started from an image any more, or `undefined`: its end in words, and the date if there is one. */
export function endOfImage({ state, deprecatedAt }: UsedImage, now: Date): string | undefined {
  switch (state) {
    case 'disabled':
      return 'image is disabled';
    case 'deregistered':
      return 'image is deregistered';
    case 'gone':
      return 'image is deregistered or no longer shared';
    case 'failed':
      return 'image is in state failed';
    case 'available':
    case 'pending':
      return deprecatedAt !== undefined && millisecondsOf(deprecatedAt) <= now.getTime()
        ? `image is deprecated since ${dateOf(deprecatedAt)}`
        : undefined;
    default:
      return state satisfies never;
  }
}

/** AWS's own word for who published an image: this account, AWS and its verified partners, its Marketplace, a backup of this account. */
const KNOWN_ALIASES: readonly string[] = ['self', 'amazon', 'aws-marketplace', 'aws-backup-vault'];

/** True for the account's own images, AWS's, its Marketplace's and those of approved accounts. */
export function hasKnownPublisher({ ownerId, ownerAlias }: UsedImage, accountId: string, approved: readonly string[]): boolean {
  if (ownerAlias !== undefined && KNOWN_ALIASES.includes(ownerAlias)) return true;
  return ownerId !== undefined && (ownerId === accountId || approved.includes(ownerId));
}
