import * as z from 'zod';
import { ConfigError } from '../findings/config-error.ts';
import { deduplicationIdIn } from '../findings/confirm.ts';
import type { Job } from '../findings/job.ts';
import { toJob as parseJob } from '../findings/stored-audit.ts';

const text = z.string().min(1);
const round = z.int().nonnegative();
const execution = z.object({ id: text, startTime: text });

const Planning = z.object({ execution, round });
const Summing = z.object({ execution });
const Image = z.record(z.string(), z.unknown()).optional();
const StreamRecord = z.looseObject({ dynamodb: z.looseObject({ SequenceNumber: text, NewImage: Image, OldImage: Image }) });
const Stream = z.object({ Records: z.array(StreamRecord) });
const Attribute = z.object({ Value: z.string().optional() });
const Notification = z.object({
  Sns: z.object({ Message: z.string().optional(), MessageAttributes: z.record(z.string(), Attribute).optional() }),
});
const Notifications = z.object({ Records: z.array(Notification) });

const QueueRecord = z.looseObject({ messageId: text, body: z.string() });
const Queue = z.object({ Records: z.array(QueueRecord) });

export type QueueRecord = z.infer<typeof QueueRecord>;

export type StreamRecord = z.infer<typeof StreamRecord>;

/** An execution of the state machine, as its context object names it. */
export type Execution = z.infer<typeof execution>;

/** What the state machine asks the plan function. @throws ConfigError when it is something else, as all of these */
export function toPlanning(event: unknown): { readonly execution: Execution; readonly round: number } {
  return understood('an execution and a round', () => Planning.parse(event));
}

/** What the state machine asks the summarize function. */
export function toSumming(event: unknown): { readonly execution: Execution } {
  return understood('an execution', () => Summing.parse(event));
}

/** What the map asks the scan function. */
export function toJob(event: unknown): Job {
  return understood('a job', () => parseJob(event));
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export function toStreamRecords(event: unknown): readonly StreamRecord[] {
  return understood('records of a DynamoDB stream', () => Stream.parse(event)).Records;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function toQueueRecords(event: unknown): readonly QueueRecord[] {
  return understood('messages of an SQS queue', () => Queue.parse(event)).Records;
}

/** The deduplication id of each message that a topic hands over: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function toDeduplicationIds(event: unknown): readonly (string | undefined)[] {
  const { Records } = understood('messages of an SNS topic', () => Notifications.parse(event));
  return Records.map(({ Sns }) => deduplicationIdIn(Sns));
}

/** Who calls a function with something else is not set up as the deployment would have it: to try again would not help. */
function understood<Event>(expected: string, parse: () => Event): Event {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const [issue] = error.issues;
    throw new ConfigError(`the event is not ${expected}: ${[...(issue?.path ?? []), issue?.message].join(': ')}`, { cause: error });
  }
}
