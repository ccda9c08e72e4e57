import * as z from 'zod';
import type { KeptActivity } from './kept-activity.ts';
import { actor, evidence, scope, severity, text } from './stored.ts';

const activity = z.object({
  id: text,
  checkId: text,
  severity,
  reason: text,
  evidence,
  unsure: z.boolean(),
  event: z.object({ id: text, name: text, source: text, at: text, ...scope, errorCode: text.optional() }),
  actor,
  seenAt: text,
  filedAt: text,
});

/** @throws ZodError when a store returns what is no activity */
export function toKeptActivity(stored: unknown): KeptActivity {
  return activity.parse(stored);
}
