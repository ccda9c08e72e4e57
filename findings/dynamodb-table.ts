import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/**
 * The table's keys. Every item stands alone under its own key, so that it is written with one condition of its own:
 *
 * | item         | pk               | sk               |
 * | finding      | `FINDING#<id>`   | `FINDING`        |
 * | scope record | `SCOPE`          | `<account>#<region>` |
 * | run          | `RUN#<account>`  | `<run id>`       |
 *
 * The indexes are sparse. A finding is in `open` or in `resolved`, by account and then region, and in `unannounced` as long as it is; a run is in `runs`.
 */
export const INDEXES = {
  open: { partition: 'openIn', sort: 'place' },
  resolved: { partition: 'resolvedIn', sort: 'place' },
  unannounced: { partition: 'unannouncedIn', sort: 'place' },
  runs: { partition: 'allRuns', sort: 'sk' },
} as const;

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
