import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { UNDELIVERED } from '../../cdk/names.ts';
import { matches } from '../../emulator/call-log.ts';
import { toServiceEvent } from '../../emulator/event-bridge.ts';
import type { Fault } from '../../emulator/faults.ts';
import type { Item } from '../../findings/dynamodb-items.ts';
import { exampleRecord } from '../checks/activity/example-event.ts';
import { HUB, HUB_REGION, type World } from './deployed-world.ts';
import { ageClaims, timeless, toSteps } from './drifting-hub.ts';

export const REACT = 'react';
export const REACT_AS_MEMBER = 'react, in the audited account';
export const REACTING = [REACT, REACT_AS_MEMBER] as const;
export type Reacting = (typeof REACTING)[number];
const NOTIFY = 'notify, after a reaction';
/** And what tells of it. */
export const ROLES = [...REACTING, NOTIFY] as const;
export type Role = (typeof ROLES)[number];

/** What people get to see of a fault: the alarm, or the warning in the log. */
export type ReactionSign = 'undelivered' | 'blind';

/** What a reaction left behind, and what was told on its way. */
export interface Reacted {
  readonly signs: readonly ReactionSign[];
  readonly told: readonly string[];
  readonly items: readonly Item[];
  /** Everything in the table without what differs from one reaction to the next although the same happened. */
  readonly state: string;
  /** Whether a second look was asked for. */
  readonly looksAgain: boolean;
}

/** A reaction to a group that was opened and a trail that was stopped, which can be repeated with whatever goes wrong. */
export interface DriftingReaction {
  readonly undisturbed: Reacted;
  /** What each role asks in it, in that order. */
  readonly callsOf: (role: Role) => readonly string[];
  /** Goes on until everything is done or given up, and told. */
  readonly disturbed: (...faults: readonly Fault[]) => Promise<Reacted>;
  /** Goes on with the last one when nothing goes wrong any more, and what was given up is put in line again. */
  readonly mended: (reacted: Reacted) => Promise<Reacted>;
}

/** Calls of a role, as faults and the log of calls name them. */
export function reactingAs({ running }: World, role: Role): { readonly callerArn: string } {
  if (role !== REACT_AS_MEMBER) return { callerArn: running.function(functionOf(role)).callerArn };
  return { callerArn: `arn:aws:sts::${HUB}:assumed-role/cloud-posture-audit/cloud-posture-react` };
}

/** The function that asks in a role. */
export function functionOf(role: Role): 'react' | 'notify' {
  return role === NOTIFY ? 'notify' : 'react';
}

/** `before`: the table when nobody knows yet what has drifted. */
export async function openReaction(world: World, before: readonly Item[]): Promise<DriftingReaction> {
  const { aws, running } = world;
  const sqs = new SQSClient(aws.client(HUB, HUB_REGION));
  const events = running.deployment.eventsUrl;
  const { QueueUrl: undelivered } = await sqs.send(new GetQueueUrlCommand({ QueueName: UNDELIVERED }));

  async function lengthOf(QueueUrl: string | undefined): Promise<number> {
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }));
    return Number(Attributes?.ApproximateNumberOfMessages);
  }

  /** Everything as it was before, and nobody signed in. */
  async function rewind(): Promise<void> {
    aws.faults.clear();
    for (const QueueUrl of [events, undelivered]) await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    await running.confirmations.drain();
    await running.messages();
    await world.restore(before);
    await running.stream.skip();
    running.function('react').lambda.kill();
    aws.calls.reset();
  }

  async function reactTo(messages: readonly string[], toldBefore: readonly string[]): Promise<Reacted> {
    const logged = running.function('react').lambda.log().length;
    for (const MessageBody of messages) await sqs.send(new SendMessageCommand({ QueueUrl: events, MessageBody }));
    await running.events.drain();
    await running.deliver();
    const log = running.function('react').lambda.log().slice(logged);
    const isBlind = log.some((line) => line.includes('"outcome":"blind"'));
    const isGivenUp = (await lengthOf(undelivered)) > 0;
    const items = await world.items();
    return {
      signs: [...(isBlind ? (['blind'] as const) : []), ...(isGivenUp ? (['undelivered'] as const) : [])],
      told: [...toldBefore, ...(await running.messages()).flatMap(toSteps)].sort(),
      items,
      state: stateOf(items),
      looksAgain: (await running.events.passTime()) > 0,
    };
  }

  async function disturbed(...faults: readonly Fault[]): Promise<Reacted> {
    await rewind();
    aws.faults.add(...faults);
    // Of now: what happened long ago needs no second look.
    const records = eventsOf(aws.idOf(HUB, 'security-group', 'bastion'));
    return reactTo(
      records.map((record) => JSON.stringify(toServiceEvent(record))),
      [],
    );
  }

  async function takeGivenUp(): Promise<readonly string[]> {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: undelivered, MaxNumberOfMessages: 10 }));
    await sqs.send(new PurgeQueueCommand({ QueueUrl: undelivered }));
    return Messages.map(({ Body = '' }) => Body);
  }

  const undisturbed = await disturbed();
  const asked = aws.calls.list();
  return {
    undisturbed,
    callsOf: (role) => asked.filter((call) => matches(call, reactingAs(world, role))).map(({ name }) => name),
    disturbed,
    async mended({ told }) {
      aws.faults.clear();
      await ageClaims(world);
      return reactTo(await takeGivenUp(), told);
    },
  };
}

function eventsOf(groupId: string): readonly Readonly<Record<string, unknown>>[] {
  const eventTime = `${new Date().toISOString().slice(0, 19)}Z`;
  const open = { ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } };
  return [
    exampleRecord({
      ...{ eventSource: 'ec2.amazonaws.com', eventName: 'AuthorizeSecurityGroupIngress', eventTime },
      ...{ eventID: 'opened', requestParameters: { groupId, ipPermissions: { items: [open] } } },
    }),
    exampleRecord({
      ...{ eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging', eventTime },
      ...{ eventID: 'stopped', requestParameters: { name: 'main' } },
    }),
  ];
}

function stateOf(items: readonly Item[]): string {
  const states = items.map((item) => {
    const state = JSON.stringify(timeless(item, [])).replace(/"claimToken":"[^"]*",?/, '');
    // What is told once in some minutes is named after those minutes.
    return String(item.pk).startsWith('ACTIVITY#') ? state.replaceAll(String(item.id), 'its id') : state;
  });
  return states.sort().join('\n');
}
