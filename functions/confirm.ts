import { confirmTold } from '../findings/confirm.ts';
import { logger, toHandler } from './entry.ts';
import { toDeduplicationIds } from './events.ts';
import { now, openAudits } from './table.ts';

/** The topic hands every message back that it took: what it took is told, whether or not its sender lived to write that down. */
export const handler = toHandler(async (event) => {
  const deduplicationIds = toDeduplicationIds(event);
  const ledger = await openAudits();
  for (const deduplicationId of deduplicationIds) {
    const outcome = await confirmTold(deduplicationId, { ledger, now });
    logger.info('confirm', { outcome, ...(outcome === 'told' ? { deduplicationId } : {}) });
  }
});
