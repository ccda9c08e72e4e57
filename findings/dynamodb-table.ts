import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/**
 * The table's keys. Every item stands alone under its own key, so that it is written with one condition of its own:
 *
 * | item         | pk                        | sk                    | kept                  |
 * | finding      | `FINDING#<id>`            | `FINDING`             |                       |
 * | scope record | `SCOPE`                   | `<account>#<region>`  |                       |
 * | run          | `RUN#<account>`           | `<run id>`            | 400 days              |
 * | audit        | `AUDIT`                   | `<run id>`            | 400 days              |
 * | turn         | `TURN`                    | `TURN`                |                       |
 * | bookmark     | `UNFINISHED#<run id>`     | `<account>#<region>`  | 7 days                |
 * | posture day  | `POSTURE#<account>`       | `2026-11-21`          |                       |
 * | ledger entry | `TOLD#<deduplication id>` | `TOLD`                | 30 days               |
 * | activity     | `ACTIVITY#<account>`      | `<filed at>#<id>`     | 400 days              |
 * | tally        | `TALLY#<key>`             | `TALLY`               | a day past its window |
 * | look         | `LOOK#<key>`              | `LOOK`                | 7 days                |
 * | heartbeat    | `HEARTBEAT`               | `<account>#<region>`  |                       |
 *
 * An activity is filed at the time of its event, or at the start of the window in which it is told once: all that share its id meet under one key.
 *
 * The indexes are sparse. A finding is in `open`, as long as it is open or excepted, or in `resolved`, by account and then region, and in `unannounced` as long as it is; a run is in `runs`.
 * An urgent activity is in `unannounced` as long as it is, under the `pk` of its account.
 */
export const INDEXES = {
  open: { partition: 'openIn', sort: 'place' },
  resolved: { partition: 'resolvedIn', sort: 'place' },
  unannounced: { partition: 'unannouncedIn', sort: 'place' },
  runs: { partition: 'allRuns', sort: 'sk' },
} as const;

/**
 * The attribute after whose time DynamoDB deletes an item, in seconds since 1970: the table's time to live has to be switched on for it.
 * The item may still be read for a few days. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export const EXPIRY = 'expiresAt';

/** The value of that attribute for what is kept for some days from a time on (ISO 8601). */
export function expiryAfter(time: string, days: number): number {
  return Math.floor(Date.parse(time) / 1_000) + days * 86_400;
}

/** What CreateTable needs: paid per request, with a stream of what changed. */
export function tableDefinition(name: string): CreateTableCommandInput {
  const attributes = new Set(['pk', 'sk', ...Object.values(INDEXES).flatMap(({ partition, sort }) => [partition, sort])]);
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys('pk', 'sk'),
    GlobalSecondaryIndexes: Object.entries(INDEXES).map(([IndexName, { partition, sort }]) => ({
      IndexName,
      KeySchema: keys(partition, sort),
      Projection: { ProjectionType: 'ALL' },
    })),
  };
}

function keys(partition: string, sort: string): CreateTableCommandInput['KeySchema'] {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}
