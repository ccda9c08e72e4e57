import type { ChangeEvents, IdPath } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import { isElsewhere } from '../events/is-elsewhere.ts';
import type { QueueFacets } from './queue.ts';
import { toNamedQueue } from './queue-url.ts';

const SQS = 'sqs.amazonaws.com';
const ofUrl: readonly IdPath[] = [{ at: 'request.queueUrl', as: toOwnQueue }];

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/logging-using-cloudtrail.html */
export const queueChanges: readonly ChangeEvents<keyof QueueFacets>[] = [
  { source: SQS, names: ['CreateQueue'], ids: ['request.queueName', { at: 'response.queueUrl', as: toOwnQueue }] },
  { source: SQS, names: ['DeleteQueue'], ids: ofUrl, deletes: true },
  { source: SQS, names: ['SetQueueAttributes'], ids: ofUrl },
  { source: SQS, names: ['AddPermission', 'RemovePermission'], ids: ofUrl, facets: ['policy'] },
  { source: SQS, names: ['TagQueue', 'UntagQueue', 'PurgeQueue'], ids: ofUrl, facets: [] },
];

/** Others' queues may be used from here, where their policies allow it. */
function toOwnQueue(url: string, event: CloudTrailEvent): string | undefined {
  const { name, accountId } = toNamedQueue(url);
  return isElsewhere(event, { accountId }) ? undefined : name;
}
