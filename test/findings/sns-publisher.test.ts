import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, test } from 'vitest';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { toMessage } from '../../findings/message.ts';
import { snsPublisher } from '../../findings/sns-publisher.ts';
import { adminPorts, entry, finding } from './samples.ts';

const aws = await startLocalAws();
Object.assign(process.env, aws.environment());
afterAll(() => aws.stop());

const sns = new SNSClient(aws.client(undefined, 'eu-west-1'));
const sqs = new SQSClient(aws.client(undefined, 'eu-west-1'));

async function makeTopic(name: string): Promise<string> {
  const Attributes: Record<string, string> = name.endsWith('.fifo') ? { FifoTopic: 'true' } : {};
  return (await sns.send(new CreateTopicCommand({ Name: name, Attributes }))).TopicArn ?? '';
}

/** Subscribes a new queue to a topic; gives a function that takes out what came. */
async function subscribe(topic: string, name: string, filter?: object) {
  const Attributes: Record<string, string> = name.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  const queue = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const policy: Record<string, string> = filter ? { FilterPolicy: JSON.stringify(filter) } : {};
  await sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint: queue.Attributes?.QueueArn, Attributes: policy }));
  return async () => {
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] });
    return ((await sqs.send(receive)).Messages ?? []).map(({ Body, Attributes }) => ({ ...JSON.parse(Body ?? '{}'), system: Attributes }));
  };
}

const high = toMessage(finding('sg-1'), entry('opened', 1), adminPorts);
const low = toMessage(finding('sg-2', { severity: 'LOW' }), entry('opened', 1, 'LOW'), adminPorts);

describe('a topic', () => {
  test('hands programs the JSON, with a subject and attributes', async () => {
    const topic = await makeTopic('posture');
    const receive = await subscribe(topic, 'all');
    await (await snsPublisher(topic)).publish(high);
    const [received] = await receive();
    expect(JSON.parse(received.Message)).toEqual(JSON.parse(JSON.stringify({ ...high.json, deduplicationId: high.deduplicationId })));
    expect(received.Subject).toBe('[HIGH][NEW] SSH (22) open to the internet on sg-1 (111122223333, eu-west-1)');
    expect(received.MessageAttributes).toMatchObject({
      severity: { Type: 'String', Value: 'HIGH' },
      event: { Type: 'String', Value: 'opened' },
      accountId: { Type: 'String', Value: '111122223333' },
      region: { Type: 'String', Value: 'eu-west-1' },
      checkId: { Type: 'String', Value: 'ec2-security-group-admin-ports-closed' },
      deduplicationId: { Type: 'String', Value: high.deduplicationId },
    });
    expect(Object.keys(received.MessageAttributes).length).toBeLessThanOrEqual(10);
  });

  test('can be filtered by severity', async () => {
    const topic = await makeTopic('filtered');
    const receive = await subscribe(topic, 'urgent', { severity: ['CRITICAL', 'HIGH'] });
    const publisher = await snsPublisher(topic);
    await publisher.publish(low);
    await publisher.publish(high);
    expect((await receive()).map(({ Subject }) => Subject)).toEqual([high.subject]);
  });

  test('of the FIFO kind keeps the news of one finding in order, and drops what comes twice', async () => {
    const topic = await makeTopic('ordered.fifo');
    const receive = await subscribe(topic, 'ordered-all.fifo');
    const publisher = await snsPublisher(topic);
    const next = toMessage(finding('sg-1', { version: 2, state: 'resolved' }), entry('resolved', 2), adminPorts);
    for (const message of [high, high, next]) await publisher.publish(message);
    const received = await receive();
    expect(received.map(({ Message }) => JSON.parse(Message).event)).toEqual(['opened', 'resolved']);
    expect(received[0].system.MessageGroupId).toBe(finding('sg-1').id);
  });

  test('that is not there is named', async () => {
    const publisher = await snsPublisher('arn:aws:sns:eu-west-1:123456789012:nowhere');
    await expect(publisher.publish(high)).rejects.toThrow(/no SNS topic arn:aws:sns:eu-west-1:123456789012:nowhere/);
  });
});

describe('a failure', () => {
  const publishCalls = () => aws.calls.list({ service: 'sns', operation: 'Publish' }).length;
  const throttled = { service: 'sns', operation: 'Publish', kind: 'throttled' } as const;

  test('is not tried again by who publishes once', async () => {
    const publisher = await snsPublisher(await makeTopic('once'), undefined, 'once');
    const restore = aws.faults.add({ ...throttled, nth: 1 });
    const before = publishCalls();
    await expect(publisher.publish(high)).rejects.toMatchObject({
      name: 'ThrottledException',
      $metadata: { httpStatusCode: 429, attempts: 1 },
    });
    expect(publishCalls() - before).toBe(1);
    restore();
  });

  test('that left no answer is not tried again either', async () => {
    const topic = await makeTopic('unheard');
    const receive = await subscribe(topic, 'unheard-all');
    const publisher = await snsPublisher(topic, undefined, 'once');
    let accepted = 0;
    const restore = aws.faults.add({ service: 'sns', operation: 'Publish', kind: { unheard: () => void (accepted += 1) } });
    const failure: unknown = await publisher.publish(high).catch((error: unknown) => error);
    restore();
    expect(accepted).toBe(1);
    expect(failure).not.toHaveProperty('$metadata.httpStatusCode');
    expect(await receive()).toHaveLength(1);
  });

  test('is tried again otherwise', async () => {
    const publisher = await snsPublisher(await makeTopic('several'));
    const restore = aws.faults.add({ ...throttled, nth: 1 });
    const before = publishCalls();
    await publisher.publish(high);
    expect(publishCalls() - before).toBe(2);
    restore();
  });
});

test.each([
  '',
  'posture',
  'arn:aws:sqs:eu-west-1:123456789012:posture',
  'arn:aws:sns:eu-west-1:1:posture',
  'arn:aws:sns::123456789012:x',
])('"%s" is no topic', async (arn) => {
  await expect(snsPublisher(arn)).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringContaining('is not the ARN of an SNS topic'),
  });
});
