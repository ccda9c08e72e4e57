import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Finding } from '../findings/finding.ts';
import type { KeptActivity } from '../findings/kept-activity.ts';
import { notifyChange } from '../findings/notify.ts';
import { notifyActivity } from '../findings/notify-activity.ts';
import { findingOfImage, untoldActivityOfImage } from '../findings/stream-record.ts';
import { accountOf, logger, toHandler } from './entry.ts';
import { type StreamRecord, toStreamRecords } from './events.ts';
import { openNotifier } from './notifier.ts';
import { importChanged } from './security-hub.ts';

const processor = new BatchProcessor(EventType.DynamoDBStreams);

/** The table's stream, in order: what was saved is told, and what could not be told comes again, with all that follows it. */
export const handler = toHandler(async (event, context) => {
  const records = toStreamRecords(event);
  const notifier = await openNotifier();
  const checkImported = await importChanged(records, accountOf(context));
  /** Findings whose older change could not be told: to tell the newer one first would put an end before its beginning. */
  const untold = new Set<string>();

  async function tell({ dynamodb }: StreamRecord): Promise<void> {
    const finding = findingOfImage(dynamodb.NewImage);
    const activity = finding ? undefined : untoldActivityOfImage(dynamodb.NewImage);
    if (finding) await tellChange(finding);
    if (activity) await tellActivity(activity);
  }

  async function tellActivity(activity: KeptActivity): Promise<void> {
    logger.appendKeys({ activity: activity.id, check: activity.checkId });
    logger.info('notify', { outcome: await notifyActivity(activity, notifier) });
  }

  async function tellChange(finding: Finding): Promise<void> {
    const { id, checkId, version } = finding;
    logger.appendKeys({ finding: id, version, check: checkId });
    if (untold.has(id)) throw new Error('an older change of the finding could not be told');
    untold.add(id);
    const outcome = await notifyChange(finding, notifier);
    untold.delete(id);
    checkImported(finding);
    logger.info('notify', { outcome });
  }

  async function logged(record: StreamRecord): Promise<void> {
    logger.resetKeys();
    try {
      await tell(record);
    } catch (error) {
      logger.error('notify', { outcome: 'failed', record: record.dynamodb.SequenceNumber, error: String(error) });
      throw error;
    }
  }

  return processPartialResponse({ Records: [...records] }, logged, processor, { processInParallel: false });
});
