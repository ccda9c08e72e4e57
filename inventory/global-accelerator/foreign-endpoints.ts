import type { Resource } from '@aws-sdk/client-global-accelerator';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { toListing } from '../ec2/listing.ts';
import type { Listed } from '../facet.ts';
import { noData } from '../no-data.ts';
import { joined, toListed, unreadList } from '../partial.ts';
import type { AcceleratedEndpoint } from './accelerated-endpoint.ts';
import { listCrossAccountAttachments } from './calls.ts';

const ATTACHMENTS = 'globalaccelerator:ListCrossAccountAttachments';

/** What accelerators of other accounts may send to in the region: at which ports, only those accounts know. */
export async function readForeignEndpoints(place: Place, groupIds: readonly string[]): Promise<Listed<AcceleratedEndpoint>> {
  const attachments = await toListing(listCrossAccountAttachments(place));
  const clients = unreadList<string>(noData(ATTACHMENTS, 'what an accelerator of another account sends to it is not known').reason);
  const common = { name: '', families: [4, 6], groupIds, clients } as const;
  const each = attachments.known.map(({ Resources }) => {
    if (Resources === undefined) return unreadList<AcceleratedEndpoint>(malformed(ATTACHMENTS, 'an attachment is incomplete').reason);
    const here = Resources.filter((resource) => isEndpointIn(place.scope.region, resource));
    return toListed(here, ({ EndpointId = '' }) => {
      const endpoint = toEndpoint(EndpointId);
      return {
        endpoint,
        accelerator: { ...common, keepsClientAddress: !endpoint.startsWith('arn:') },
        ports: [{ from: 1, to: 65_535 }],
        transports: ['tcp', 'udp'] as const,
      };
    });
  });
  return joined(each, attachments.unread);
}

/** Ranges of addresses are shared as well. */
function isEndpointIn(region: string, { EndpointId, Region }: Resource): boolean {
  return EndpointId !== undefined && (Region === undefined || Region === region);
}

/** Here, instances and subnets have ARNs as well. */
function toEndpoint(id: string): string {
  return id.startsWith('arn:') && id.split(':')[2] === 'ec2' ? (id.split('/').at(-1) ?? id) : id;
}
