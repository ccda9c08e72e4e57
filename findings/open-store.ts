import type { DynamoDbLocation } from './dynamodb-connection.ts';
import { openDynamoDbStore } from './dynamodb-store.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { FindingStore } from './store.ts';
import { toStoreLocation } from './store-location.ts';

/**
 * Opens the store at a location: `dynamodb://table`, `dynamodb://table?region=eu-west-1`, or the path of a file.
 * @throws ConfigError when there can be no store there
 */
export async function openStore(location: string, credentials?: DynamoDbLocation['credentials']): Promise<FindingStore> {
  const where = toStoreLocation(location);
  switch (where.kind) {
    case 'file':
      return openSqliteStore(where.path);
    case 'table':
      return openDynamoDbStore({ table: where.table, region: where.region, credentials });
    default:
      return where satisfies never;
  }
}
