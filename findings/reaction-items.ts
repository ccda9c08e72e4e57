import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Scope } from '../inventory/resource.ts';
import { type Item, RUN_DAYS } from './dynamodb-items.ts';
import { EXPIRY, expiryAfter } from './dynamodb-table.ts';
import { type ActivityKey, type KeptActivity, toActivityKey } from './kept-activity.ts';
import { isUrgent } from './severity.ts';
import { SCHEMA, text } from './stored.ts';
import { toKeptActivity } from './stored-activity.ts';

/** A look is of use until all that happened before it has come, and the queue of events keeps them for days. */
const LOOK_DAYS = 7;
/** Of a partition's key DynamoDB takes 2,048 bytes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const LONGEST_KEY = 1_000;

/** How the keys of activities begin. */
export const ACTIVITIES = 'ACTIVITY#';

/** The partition of an account's activities, in the table and in the index of what was not told yet. */
export function activityPartition(accountId: string): string {
  return `${ACTIVITIES}${accountId}`;
}

export function activityKey({ accountId, filedAt, id }: ActivityKey) {
  return { pk: activityPartition(accountId), sk: `${filedAt}#${id}` };
}

/** What is urgent is in the index of what was not told yet, until it is. Evidence is kept as JSON, as that of findings. */
export function activityItem(activity: KeptActivity): Item {
  const { event, severity, evidence, seenAt, filedAt, id } = activity;
  const unannounced = isUrgent(severity);
  return {
    ...activityKey(toActivityKey(activity)),
    schema: SCHEMA,
    place: `${filedAt}#${id}`,
    ...(unannounced ? { unannounced, unannouncedIn: activityPartition(event.accountId) } : {}),
    [EXPIRY]: expiryAfter(seenAt, RUN_DAYS),
    ...activity,
    evidence: JSON.stringify(evidence),
  };
}

/** @throws ZodError or SyntaxError when the item is no activity */
export function activityOf(item: Item): KeptActivity {
  return toKeptActivity({ ...item, evidence: JSON.parse(String(item.evidence)) });
}

export function tallyKey(key: string) {
  return { pk: `TALLY#${bounded(key)}`, sk: 'TALLY' };
}

/** What stands for an item in a tally, whatever its length. */
export function toMark(item: string): string {
  return createHash('sha256').update(item).digest('base64url').slice(0, 22);
}

/** The marks in a tally. @throws ZodError when the item is no tally */
export function marksOf(item: Item): ReadonlySet<string> {
  return tally.parse(item).marks;
}

const tally = z.object({ marks: z.set(text) });

export function lookKey(key: string) {
  return { pk: `LOOK#${bounded(key)}`, sk: 'LOOK' };
}

export function lookItem(key: string, lookedAt: string): Item {
  return { ...lookKey(key), schema: SCHEMA, [EXPIRY]: expiryAfter(lookedAt, LOOK_DAYS), key, lookedAt };
}

/** The key of what was looked at, and when. @throws ZodError when the item is no look */
export function lookOf(item: Item): readonly [key: string, lookedAt: string] {
  const { key, lookedAt } = look.parse(item);
  return [key, lookedAt];
}

const look = z.object({ key: text, lookedAt: text });

export function heartbeatKey({ accountId, region }: Scope) {
  return { pk: 'HEARTBEAT', sk: `${accountId}#${region}` };
}

export function heartbeatItem(scope: Scope, at: string): Item {
  return { ...heartbeatKey(scope), schema: SCHEMA, at };
}

/** @throws ZodError when the item is no heartbeat */
export function heartbeatOf(item: Item): string {
  return heartbeat.parse(item).at;
}

const heartbeat = z.object({ at: text });

function bounded(key: string): string {
  return Buffer.byteLength(key) <= LONGEST_KEY ? key : createHash('sha256').update(key).digest('hex');
}
