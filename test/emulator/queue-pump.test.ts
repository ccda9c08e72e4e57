import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { QueueMapping, QueuePump } from '../../emulator/queue-pump.ts';

const aws = await startLocalAws();
const settings = aws.client();
const sqs = new SQSClient(settings);

afterAll(() => aws.stop());

const Batch = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** What the function was given, by invocation. */
let given: string[][];
let queueUrl: string;
let givenUp: string;

beforeEach(async () => {
  await aws.reset();
  given = [];
  const urlOf = async (QueueName: string, Attributes = {}) =>
    (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
  givenUp = await urlOf('given-up');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:given-up', maxReceiveCount: 3 });
  queueUrl = await urlOf('events', { RedrivePolicy });
});

/** The function fails for each message whose body begins with `bad`, and as a whole for `broken`. */
function open(mapping: object): Promise<QueuePump> {
  return QueuePump.open({
    ...{ settings, owner: settings, queueUrl, queueArn: 'arn:aws:sqs:us-east-1:123456789012:events' },
    mapping: QueueMapping.parse(mapping),
    invoke: async (event) => {
      const { Records } = Batch.parse(event);
      given.push(Records.map(({ body }) => body));
      if (Records.some(({ body }) => body === 'broken')) throw new Error('broken');
      return { batchItemFailures: Records.flatMap(({ body, messageId }) => (body.startsWith('bad') ? { itemIdentifier: messageId } : [])) };
    },
  });
}

async function send(...bodies: readonly string[]): Promise<void> {
  for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
}

async function lengthOf(QueueUrl: string): Promise<number> {
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = (await sqs.send(asked)).Attributes ?? {};
  return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
}

test('all that is in the queue is handed over in batches, once', async () => {
  const pump = await open({ BatchSize: 2 });
  await send('a', 'b', 'c');
  expect(await pump.drain()).toBe(2);
  expect(given).toEqual([['a', 'b'], ['c']]);
  expect(await lengthOf(queueUrl)).toBe(0);
  expect(await pump.drain()).toBe(0);
});

test('what the function says has failed comes again alone, until the queue gives it up', async () => {
  const pump = await open({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
  await send('a', 'bad', 'b');
  await pump.drain();
  expect(given).toEqual([['a', 'bad', 'b'], ['bad'], ['bad']]);
  expect(await lengthOf(givenUp)).toBe(1);
});

test('a batch comes again as a whole when the function fails', async () => {
  const pump = await open({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
  await send('a', 'broken');
  await pump.drain();
  expect(given).toEqual(Array(3).fill(['a', 'broken']));
  expect(await lengthOf(givenUp)).toBe(2);
});

test('what is sent with a delay comes when time has passed', async () => {
  const pump = await open({});
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'later', DelaySeconds: 60 }));
  await send('now');
  await pump.drain();
  expect(given).toEqual([['now']]);
  expect(await pump.passTime()).toBe(1);
  await pump.drain();
  expect(given).toEqual([['now'], ['later']]);
  expect(await pump.passTime()).toBe(0);
});

test('where nobody lets time pass a delay takes its time', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'later', DelaySeconds: 60 }));
  const asked = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessagesDelayed'] });
  expect((await sqs.send(asked)).Attributes).toEqual({ ApproximateNumberOfMessagesDelayed: '1' });
});
