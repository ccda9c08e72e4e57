import { resolve } from 'node:path';
import { ConfigError } from './config-error.ts';
import type { DynamoDbLocation } from './dynamodb-connection.ts';
import { openDynamoDbStore } from './dynamodb-store.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { FindingStore } from './store.ts';

/**
 * Opens the store at a location: `dynamodb://table`, `dynamodb://table?region=eu-west-1`, or the path of a file.
 * @throws ConfigError when there can be no store there
 */
export async function openStore(location: string, credentials?: DynamoDbLocation['credentials']): Promise<FindingStore> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(location)?.[1];
  if (location.trim() === '') throw new ConfigError('the store has no name: give a file or dynamodb://table');
  if (scheme === undefined) return openSqliteStore(resolve(location));
  if (scheme !== 'dynamodb') throw new ConfigError(`the store ${location} is of an unknown kind: give a file or dynamodb://table`);
  return openDynamoDbStore({ ...toTable(location), credentials });
}

/** Names by DynamoDB's own rule: 3 to 255 of `a-z A-Z 0-9 _ . -`. */
function toTable(location: string): DynamoDbLocation {
  const [, table, region] = /^dynamodb:\/\/([\w.-]{3,255})\/?(?:\?region=([a-z0-9-]+))?$/.exec(location) ?? [];
  if (table === undefined)
    throw new ConfigError(`the store ${location} names no table: write dynamodb://table or dynamodb://table?region=eu-west-1`);
  return { table, region };
}
