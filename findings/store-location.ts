import { resolve } from 'node:path';
import { ConfigError } from './config-error.ts';

/** Where a store is. Without a region, the table is in the SDK's own. */
export type StoreLocation =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'table'; readonly table: string; readonly region: string | undefined };

/**
 * Reads `dynamodb://table`, `dynamodb://table?region=eu-west-1`, or the path of a file.
 * @throws ConfigError when there can be no store there
 */
export function toStoreLocation(location: string): StoreLocation {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(location)?.[1];
  if (location.trim() === '') throw new ConfigError('the store has no name: give a file or dynamodb://table');
  if (scheme === undefined) return { kind: 'file', path: resolve(location) };
  if (scheme !== 'dynamodb') throw new ConfigError(`the store ${location} is of an unknown kind: give a file or dynamodb://table`);
  return { kind: 'table', ...toTable(location) };
}

/** Names by DynamoDB's own rule: 3 to 255 of `a-z A-Z 0-9 _ . -`. */
function toTable(location: string): { readonly table: string; readonly region: string | undefined } {
  const [, table, region] = /^dynamodb:\/\/([\w.-]{3,255})\/?(?:\?region=([a-z0-9-]+))?$/.exec(location) ?? [];
  if (table === undefined)
    throw new ConfigError(`the store ${location} names no table: write dynamodb://table or dynamodb://table?region=eu-west-1`);
  return { table, region };
}
