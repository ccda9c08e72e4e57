import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import { getQueueAttributes, listQueues, type QueueAttributes } from './calls.ts';
import { queueChanges } from './queue-changes.ts';
import { type NamedQueue, toNamedQueue } from './queue-url.ts';

export interface QueueFacets {
  /** Who may do what with the queue; `undefined` when it has no policy: then only its own account. */
  readonly policy: PolicyDocument | undefined;
  /** By what its messages are encrypted at rest: keys of SQS itself (SSE-SQS), a KMS key, or nothing. */
  readonly encryption: 'sqs' | 'kms' | 'none';
}

export const queues = defineReader<'AWS::SQS::Queue', NamedQueue>({
  type: 'AWS::SQS::Queue',
  scope: 'regional',
  changes: queueChanges,
  list: { calls: [listQueues], read: async (place) => toListed(await listQueues(place, 'all'), toNamedQueue) },
  only: { calls: [listQueues], read: readNamed },
  identify: ({ name, accountId }, { region }, partition) => ({
    arn: `arn:${partition}:sqs:${region}:${accountId}:${name}`,
    id: name,
    accountId,
    region,
    partition,
    tags: {},
  }),
  facets: {
    policy: { calls: [getQueueAttributes], read: async ({ url }, place) => toPolicy(await getQueueAttributes(place, { url })) },
    encryption: { calls: [getQueueAttributes], read: async ({ url }, place) => toEncryption(await getQueueAttributes(place, { url })) },
  },
});

/** The account's queues of these names, URLs or ARNs: what it does not own is not listed, whatever others let it use. */
async function readNamed(place: Place, ids: readonly string[]): Promise<Listed<NamedQueue>> {
  const names = [...new Set(ids.map((id) => id.split(/[:/]/).at(-1) ?? ''))].filter((name) => name !== '');
  const listings = names.map(async (prefix) => {
    const beginning = toListed(await listQueues(place, { prefix }), toNamedQueue);
    return beginning.filter(({ name }) => name === prefix);
  });
  return joined(await Promise.all(listings));
}

function toPolicy({ Policy }: QueueAttributes): PolicyDocument | undefined {
  return Policy === undefined || Policy === '' ? undefined : toPolicyDocument(Policy, 'sqs:GetQueueAttributes');
}

/** A queue has one kind of encryption at most (Amazon SQS API Reference, SetQueueAttributes). */
function toEncryption({ KmsMasterKeyId, SqsManagedSseEnabled }: QueueAttributes): QueueFacets['encryption'] {
  if (KmsMasterKeyId !== undefined && KmsMasterKeyId !== '') return 'kms';
  if (SqsManagedSseEnabled === undefined) throw malformed('sqs:GetQueueAttributes', 'a queue does not say whether SQS encrypts it');
  return SqsManagedSseEnabled.toLowerCase() === 'true' ? 'sqs' : 'none';
}
