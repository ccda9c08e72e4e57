import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { ExampleEvent } from '../../checks/activity.ts';
import { toServiceEvent } from '../../emulator/event-bridge.ts';
import { exampleRecord } from '../checks/activity/example-event.ts';
import { HUB, HUB_REGION, type World } from './deployed-world.ts';

export type EventRecord = Readonly<Record<string, unknown>>;

const Actor = z.looseObject({ name: z.string() });
const News = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('finding'),
    event: z.string(),
    cause: z.looseObject({ found: z.string(), eventId: z.string(), actor: Actor }).nullable(),
    finding: z.looseObject({ id: z.string(), checkId: z.string() }),
  }),
  z.looseObject({ type: z.literal('activity'), activity: z.looseObject({ checkId: z.string() }), actor: Actor }),
  z.looseObject({ type: z.literal('digest') }),
]);
export type News = z.infer<typeof News>;

/** The time of an event: CloudTrail tells whole seconds. */
export function secondsAgo(seconds: number): string {
  return `${new Date(Date.now() - seconds * 1_000).toISOString().slice(0, 19)}Z`;
}

let events = 0;

/** A record of something that ana has just done in the hub's account and region, unless the example says otherwise. */
export function recordOf(example: ExampleEvent): EventRecord {
  events += 1;
  const eventID = `00000000-0000-4000-8000-${String(events).padStart(12, '0')}`;
  const where = { awsRegion: HUB_REGION, recipientAccountId: HUB };
  return exampleRecord({ eventID, eventTime: secondsAgo(0), ...where, readOnly: false, managementEvent: true, ...example });
}

/** A change of a security group. */
export function changeOf(eventName: string, groupId: string, more: object = {}): EventRecord {
  return recordOf({ eventSource: 'ec2.amazonaws.com', eventName, requestParameters: { groupId, ipPermissions: {} }, ...more });
}

/** SSH from everywhere. */
export const OPENING = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

/** Lets everybody in, and gives the record of it. */
export async function openUp({ aws }: World, GroupId: string, { accountId = HUB, region = HUB_REGION } = {}): Promise<EventRecord> {
  await new EC2Client(aws.client(accountId, region)).send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: OPENING }));
  return changeOf('AuthorizeSecurityGroupIngress', GroupId, { awsRegion: region, recipientAccountId: accountId });
}

/** What services tell is judged, saved and told to its end. Gives the ARNs of all that the events came to. */
export async function happened({ running }: World, ...records: readonly EventRecord[]): Promise<readonly string[]> {
  const reached: string[] = [];
  for (const record of records) reached.push(...(await running.bridge.put(toServiceEvent(record))));
  await running.events.drain();
  await running.deliver();
  return reached;
}

/** Puts bodies into the queue of events, past the rules: in tens, as many as SQS takes at once. */
export async function queue({ aws, running }: World, ...bodies: readonly string[]): Promise<void> {
  const sqs = new SQSClient(aws.client(HUB, HUB_REGION));
  for (let start = 0; start < bodies.length; start += 10) {
    const Entries = bodies.slice(start, start + 10).map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: running.deployment.eventsUrl, Entries }));
  }
}

/** A minute later: what was to be looked at again is. Gives the number of messages that have waited for it. */
export async function minuteLater({ running }: World): Promise<number> {
  const waited = await running.events.passTime();
  await running.events.drain();
  await running.deliver();
  return waited;
}

/** What subscribers have got since they were last asked. */
export async function newsOf({ running }: World): Promise<readonly News[]> {
  return (await running.messages()).map(({ Message }) => News.parse(JSON.parse(Message)));
}
