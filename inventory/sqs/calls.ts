import type { QueueAttributeName } from '@aws-sdk/client-sqs';
import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';
import { deletedMeanwhile } from '../no-data.ts';

/** URLs of the account's queues in a region: all, or those whose names begin so. SQS leaves the list out where there are none. */
export const listQueues = definePagedCall<string, 'all' | { readonly prefix: string }>({
  service: 'sqs',
  operation: 'ListQueues',
  permissions: ['sqs:ListQueues'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.sqs(region);
    const query = wanted === 'all' ? {} : { QueueNamePrefix: wanted.prefix };
    for await (const page of sdk.paginateListQueues({ client, pageSize: 1_000 }, query)) yield page.QueueUrls ?? [];
  },
});

/** Every queue has an ARN and says whether SQS encrypts it: an answer without them is not whole. */
const ATTRIBUTES: QueueAttributeName[] = ['QueueArn', 'Policy', 'SqsManagedSseEnabled', 'KmsMasterKeyId'];

export type QueueAttributes = Readonly<Partial<Record<string, string>>>;

/** What of a queue's attributes its facets rest on. SQS leaves out those that a queue does not have. */
export const getQueueAttributes = defineCall<QueueAttributes, { readonly url: string }>({
  service: 'sqs',
  operation: 'GetQueueAttributes',
  permissions: ['sqs:GetQueueAttributes'],
  async send(session, region, { url }) {
    const { sdk, client } = await session.aws.sqs(region);
    try {
      const answer = await client.send(new sdk.GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ATTRIBUTES }));
      const attributes = required(answer.Attributes, 'Attributes');
      required(attributes.QueueArn, 'QueueArn');
      return attributes;
    } catch (error) {
      const isGone = isNamed(error, 'QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue');
      throw isGone ? deletedMeanwhile('sqs:GetQueueAttributes', 'the queue') : error;
    }
  },
});
