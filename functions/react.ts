import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Arrival } from '../findings/arrival.ts';
import { react } from '../findings/react.ts';
import { toArrival } from './arrivals.ts';
import { chosenChecks } from './chosen-checks.ts';
import { accountOf, logger, toHandler } from './entry.ts';
import { type QueueRecord, toQueueRecords } from './events.ts';
import { publishMetrics, reactionMetrics } from './metrics.ts';
import { openReactionWorld } from './reaction-world.ts';
import { now } from './table.ts';

/** Milliseconds to say which messages have to come again. */
const RESERVE = 5_000;

const processor = new BatchProcessor(EventType.SQS);

/** The queue of events: what was done is judged, and what was touched is looked at. What failed comes again, and ends in the dead letter queue. */
export const handler = toHandler(async (event, context) => {
  const records = toQueueRecords(event);
  const world = await openReactionWorld(accountOf(context));
  const { arrivals, failures } = read(records);
  const outOfTime = () => context.getRemainingTimeInMillis() < RESERVE;
  const reaction = await react(arrivals, { ...world, checks: chosenChecks(now()), outOfTime });
  for (const [messageId, error] of reaction.failures) failures.set(messageId, error);

  const { events, looked, passedOver, activities, transitions, crashed, blind } = reaction;
  for (const { accountId, region, type, reason } of blind) {
    const { operation, cause, permissions } = reason;
    logger.warn('react', { outcome: 'blind', account: accountId, region, type, operation, cause, permissions });
  }
  for (const [messageId, error] of failures) logger.error('react', { outcome: 'failed', messageId, error: String(error) });
  const counts = { messages: records.length, events, looked, passedOver, activities, ...transitions };
  logger.info('react', { ...counts, failed: failures.size, crashed });
  publishMetrics(reactionMetrics(reaction));

  async function outcome({ messageId }: QueueRecord): Promise<void> {
    if (failures.has(messageId)) throw failures.get(messageId);
  }
  return processPartialResponse({ Records: [...records] }, outcome, processor);
});

function read(records: readonly QueueRecord[]) {
  const arrivals: Arrival[] = [];
  const failures = new Map<string, unknown>();
  for (const record of records) {
    try {
      const arrival = toArrival(record);
      if (arrival) arrivals.push(arrival);
      else logger.warn('react', { outcome: 'not of AWS', messageId: record.messageId });
    } catch (error) {
      failures.set(record.messageId, error);
    }
  }
  return { arrivals, failures };
}
