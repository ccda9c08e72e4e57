import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStack } from '../../emulator/deployment.ts';
import { EventBridge, type ServiceEvent, toServiceEvent } from '../../emulator/event-bridge.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';

const [HUB, SHOP] = ['111122223333', '222233334444'];
const REGION = 'eu-west-1';
const QUEUE = `arn:aws:sqs:${REGION}:${HUB}:events`;
const [OWN_BUS, OTHER_BUS] = ['events', 'others'].map((name) => `arn:aws:events:${REGION}:${HUB}:event-bus/${name}`);

const aws = await startLocalAws({ regions: [REGION] });
const bridge = new EventBridge(aws);
const sqs = new SQSClient(aws.client(HUB, REGION));
let queueUrl: string;

beforeAll(async () => {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'events' }));
  queueUrl = QueueUrl;
  const all = { source: [{ prefix: 'aws.' }] };
  const reads = { State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' };
  await deploy(HUB, {
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'events' } },
    Others: { Type: 'AWS::Events::EventBus', Properties: { Name: 'others' } },
    Judged: rule('judged', all, QUEUE, { EventBusName: { Ref: 'Bus' }, ...reads }),
    Onward: rule('onward', all, OTHER_BUS, { EventBusName: { Ref: 'Bus' } }),
    Further: rule('further', all, QUEUE, { EventBusName: { Ref: 'Others' } }),
  });
  await deploy(SHOP, {
    Changes: rule('changes', { detail: { eventName: ['RunInstances', 'DescribeInstances'] } }, OWN_BUS),
    Reads: rule('reads', { detail: { eventName: ['GetPasswordData'] } }, OWN_BUS, reads),
    Off: rule('off', { detail: { eventName: ['StopInstances'] } }, OWN_BUS, { State: 'DISABLED' }),
  });
});

afterAll(() => aws.stop());

function deploy(accountId: string, Resources: object): Promise<void> {
  return createStack({ aws, accountId, region: REGION }, 'rules', { Resources }, {});
}

function rule(Name: string, EventPattern: object, Arn = '', more: object = {}): object {
  return { Type: 'AWS::Events::Rule', Properties: { Name, EventPattern, State: 'ENABLED', Targets: [{ Id: 'Target', Arn }], ...more } };
}

function event(eventName: string, more: object = {}): ServiceEvent {
  const where = { recipientAccountId: SHOP, awsRegion: REGION, eventTime: '2026-11-21T08:00:00Z' };
  return toServiceEvent({ eventID: 'one', eventSource: 'ec2.amazonaws.com', eventName, readOnly: false, ...where, ...more });
}

test('what a rule asks for goes over the bus of another account into its queue, and from there to no further bus', async () => {
  const told = event('RunInstances');
  expect(await bridge.put(told)).toEqual([QUEUE, OTHER_BUS]);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toEqual([told]);
});

test.each<[string, ServiceEvent]>([
  ['no rule asks for', event('CreateVpc')],
  ['a disabled rule asks for', event('StopInstances')],
  ['only reads, where a rule did not ask for that', event('DescribeInstances', { readOnly: true })],
  ['happens in a region without rules', event('RunInstances', { awsRegion: 'us-east-1' })],
  ['happens in an account whose rules wait for others', event('RunInstances', { recipientAccountId: HUB })],
])('what %s goes nowhere', async (_what, untold) => {
  expect(await bridge.put(untold)).toEqual([]);
});

test('what only reads reaches the rules that want to know, on every bus', async () => {
  expect(await bridge.put(event('GetPasswordData', { readOnly: true }))).toEqual([QUEUE]);
});
