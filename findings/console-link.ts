import type { ResourceIdentity } from '../inventory/resource.ts';
import { isOfRegion } from './of-region.ts';

const LONGEST = 1_024;

/**
 * Where the AWS console shows a resource, by its ARN; whoever follows it has to be signed in to its account. `undefined` for what has no page: an account, a
 * region, an ARN that is too long for a link, and other partitions, whose consoles are not known to take ARNs.
 */
export function toConsoleLink({ type, arn, partition }: ResourceIdentity): string | undefined {
  if (partition !== 'aws' || type === 'AWS::Organizations::Account' || isOfRegion({ type }) || !arn.startsWith('arn:aws:'))
    return undefined;
  const link = `https://console.aws.amazon.com/go/view?arn=${encodeURIComponent(arn.toWellFormed())}`;
  return link.length > LONGEST ? undefined : link;
}
