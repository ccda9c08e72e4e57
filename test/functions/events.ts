import { marshall } from '@aws-sdk/util-dynamodb';
import type { Delivered } from '../../emulator/topic-queue.ts';
import { findingItem } from '../../findings/dynamodb-items.ts';
import type { Finding } from '../../findings/finding.ts';
import type { KeptActivity } from '../../findings/kept-activity.ts';
import { activityItem } from '../../findings/reaction-items.ts';

/** What notify gets of the table's stream when findings and activities are saved, one after the other. */
export function streamEvent(...saved: readonly (Finding | KeptActivity)[]): object {
  return {
    Records: saved.map((each, index) => ({
      eventID: String(index),
      eventName: 'version' in each && each.version > 1 ? 'MODIFY' : 'INSERT',
      eventSource: 'aws:dynamodb',
      dynamodb: {
        SequenceNumber: sequenceNumber(index),
        NewImage: marshall('event' in each ? activityItem(each) : findingItem(each), { removeUndefinedValues: true }),
      },
    })),
  };
}

export function sequenceNumber(index: number): string {
  return String(100_000_000_000 + index);
}

/** What confirm gets of the topic. */
export function topicEvent(...messages: readonly Delivered[]): object {
  return { Records: messages.map((Sns) => ({ EventSource: 'aws:sns', EventVersion: '1.0', Sns })) };
}

/** What react gets of the queue of events. */
export function queueEvent(...bodies: readonly (object | string)[]): object {
  return {
    Records: bodies.map((body, index) => ({
      ...{ messageId: messageId(index), receiptHandle: 'handle', eventSource: 'aws:sqs', awsRegion: 'eu-west-1' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })),
  };
}

export function messageId(index: number): string {
  return `message-${index}`;
}
