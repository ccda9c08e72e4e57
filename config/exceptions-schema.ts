import * as z from 'zod';
import type { Configurable } from './config.ts';
import { accounts, MAPPING, text } from './elements.ts';
import type { WrittenException } from './written-config.ts';

/** How far ahead an exception may end, in days: nobody remembers why it was made after longer than that. */
export const MOST_DAYS = 400;

const DAY = 86_400_000;
const RESOURCE = 'an ARN, such as arn:aws:s3:::logs-*, or * beside tags or accounts';

/** What stands under `exceptions:`. `today` is when it is written, for an exception ends within 400 days of then; one that has ended is no mistake. */
export function toExceptionsSchema(checks: readonly Configurable[], today: Date): z.ZodType<readonly WrittenException[]> {
  // Exceptions are of findings: what somebody did cannot be taken back, and is told once.
  const ids = checks.flatMap(({ id }) => (id.startsWith('activity-') ? [] : id));
  const known = new Set(ids);
  const latest = dayOf(today.getTime() + MOST_DAYS * DAY);
  return z.array(
    z
      .strictObject(
        {
          check: z.string({ error: CHECK }).superRefine((written, context) => {
            if (!known.has(written)) context.addIssue({ code: 'custom', message: CHECK, params: { near: ids } });
          }),
          resource: text(RESOURCE, (written) => written.startsWith('arn:') || written === '*').optional(),
          tags: z
            .record(z.string(), text('text'), { error: 'the tags that the resource must have, and their values' })
            .refine((written) => Object.keys(written).length > 0, { error: 'at least one tag' })
            .optional(),
          accounts: accounts.min(1, { error: 'at least one account' }).optional(),
          reason: said('why it may be so, in at most 500 characters', 500),
          owner: said('who answers for it, in at most 128 characters', 128),
          expires: text(`a day such as ${latest} in the form YYYY-MM-DD`, isDay).refine((written) => !isDay(written) || written <= latest, {
            error: `a day at most ${MOST_DAYS} days ahead, ${latest} or earlier`,
          }),
          ticket: said('where it was decided, in at most 256 characters', 256),
        },
        { error: MAPPING },
      )
      .superRefine(({ resource, tags, accounts: within }, context) => {
        if ((resource === undefined || resource === '*') && !tags && (resource === undefined || !within))
          context.addIssue({ code: 'custom', path: ['resource'], message: RESOURCE });
      }),
    { error: 'a list of exceptions' },
  );
}

const CHECK = 'the id of a check';

function said(expected: string, longest: number) {
  return text(expected, (written) => written.trim() !== '' && written.length <= longest);
}

/** True for a day that there is: `2026-02-30` is none. */
function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
