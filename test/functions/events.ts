import { marshall } from '@aws-sdk/util-dynamodb';
import type { Delivered } from '../../emulator/topic-queue.ts';
import { findingItem } from '../../findings/dynamodb-items.ts';
import type { Finding } from '../../findings/finding.ts';

/** What notify gets of the table's stream when findings are saved, one after the other. */
export function streamEvent(...findings: readonly Finding[]): object {
  return {
    Records: findings.map((finding, index) => ({
      eventID: String(index),
      eventName: finding.version === 1 ? 'INSERT' : 'MODIFY',
      eventSource: 'aws:dynamodb',
      dynamodb: { SequenceNumber: sequenceNumber(index), NewImage: marshall(findingItem(finding), { removeUndefinedValues: true }) },
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
