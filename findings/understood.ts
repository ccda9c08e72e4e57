import { ZodError } from 'zod';
import { ConfigError } from './config-error.ts';
import type { Item } from './dynamodb-items.ts';
import { SCHEMA } from './stored.ts';

/**
 * An item in our own terms. `where` it was found goes into the error: `the DynamoDB table posture`.
 * @throws ConfigError when it was written by something newer, or is not ours
 */
export function understood<Result>(where: string, item: Item, convert: (item: Item) => Result): Result {
  if (typeof item.schema === 'number' && item.schema > SCHEMA) {
    throw new ConfigError(
      `${where} was written by a newer version of this program (schema ${item.schema}, known is ${SCHEMA}): update this one`,
    );
  }
  try {
    return convert(item);
  } catch (error) {
    if (!(error instanceof ZodError || error instanceof SyntaxError)) throw error;
    throw new ConfigError(`${where} holds the item ${item.pk} which is not ours: is it the right table?`, { cause: error });
  }
}
