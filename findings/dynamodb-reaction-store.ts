import { type Condition, type Connection, connect, type DynamoDbLocation } from './dynamodb-connection.ts';
import { EXPIRY } from './dynamodb-table.ts';
import {
  activityItem,
  activityKey,
  activityOf,
  activityPartition,
  heartbeatItem,
  heartbeatKey,
  heartbeatOf,
  lookItem,
  lookKey,
  lookOf,
  marksOf,
  tallyKey,
  toMark,
} from './reaction-items.ts';
import type { ReactionStore } from './reaction-store.ts';
import { SCHEMA } from './stored.ts';

/**
 * What reactions keep in the table of the findings, for any number of writers. Everything is read consistently but what was not told yet, which comes
 * from an index. Its methods throw ConfigError when the table is missing, is not ours, or was written by something newer.
 */
export async function openReactionStore(location: DynamoDbLocation): Promise<ReactionStore & { readonly close: () => Promise<void> }> {
  const table = await connect(location);
  return { ...reactionStore(table), close: async () => table.close() };
}

function reactionStore(table: Connection): ReactionStore {
  return {
    saveActivity: async (activity) => ((await table.put(activityItem(activity), NOT_THERE)) ? 'saved' : 'known'),
    activities: (keys) => table.readAll(unique(keys.map(activityKey)), activityOf),
    activitiesSince: (accountId, filedAt) => table.select({ partition: activityPartition(accountId), from: filedAt }, activityOf),
    untoldActivities: (accountId) => table.select({ index: 'unannounced', partition: activityPartition(accountId) }, activityOf),
    async markActivityTold(key) {
      await table.update(activityKey(key), 'SET unannounced = :no REMOVE unannouncedIn', {
        ConditionExpression: 'unannounced = :yes',
        ExpressionAttributeValues: { ':no': false, ':yes': true },
      });
    },
    tally: (key, item, limit, expiresAt) => tally(table, { key, mark: toMark(item), limit, expiresAt }),
    async looks(keys) {
      const found = new Map<string, string>();
      const items = unique(keys.map(lookKey));
      for (let start = 0; start < items.length; start += MOST_READ) {
        for (const [key, lookedAt] of await table.readAll(items.slice(start, start + MOST_READ), lookOf)) found.set(key, lookedAt);
      }
      return found;
    },
    async saveLook(key, lookedAt) {
      await table.put(lookItem(key, lookedAt), isEarlierThan('lookedAt', lookedAt));
    },
    heartbeat: (scope) => table.read(heartbeatKey(scope), heartbeatOf),
    async saveHeartbeat(scope, at) {
      await table.put(heartbeatItem(scope, at), isEarlierThan('at', at));
    },
  };
}

/** Items that DynamoDB reads in one request: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MOST_READ = 100;

const NOT_THERE: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };

interface Tallied {
  readonly key: string;
  readonly mark: string;
  readonly limit: number;
  readonly expiresAt: Date;
}

/** A set takes each mark once, whoever adds it at the same time; a full one takes no more. */
async function tally(table: Connection, { key, mark, limit, expiresAt }: Tallied): Promise<number> {
  const marks = await table.change(
    tallyKey(key),
    'ADD marks :marks SET #schema = :schema, #expiry = :expiry',
    {
      ConditionExpression: 'attribute_not_exists(marks) OR size(marks) < :limit OR contains(marks, :mark)',
      ExpressionAttributeNames: { '#schema': 'schema', '#expiry': EXPIRY },
      ExpressionAttributeValues: {
        ...{ ':marks': new Set([mark]), ':mark': mark, ':limit': limit, ':schema': SCHEMA },
        ':expiry': Math.ceil(expiresAt.getTime() / 1_000),
      },
    },
    marksOf,
  );
  return marks?.size ?? limit;
}

function isEarlierThan(attribute: string, time: string): Condition {
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR #time < :time',
    ExpressionAttributeNames: { '#time': attribute },
    ExpressionAttributeValues: { ':time': time },
  };
}

/** DynamoDB refuses a request that names an item twice. */
function unique<Key extends { readonly pk: string; readonly sk: string }>(keys: readonly Key[]): readonly Key[] {
  return [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()];
}
