import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { findingOf } from './dynamodb-items.ts';
import type { Finding } from './finding.ts';
import { understood } from './understood.ts';

/**
 * The finding of an image (`NewImage`, `OldImage`) in a record of the table's stream, exactly as it was saved; `undefined` for no image,
 * and for that of another item. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html
 * @throws ConfigError when the finding was written by something newer, or makes no sense
 */
export function findingOfImage(image: unknown): Finding | undefined {
  return isFindingImage(image) ? understood("the table's stream", unmarshall(image), findingOf) : undefined;
}

function isFindingImage(image: unknown): image is Record<string, AttributeValue> {
  if (typeof image !== 'object' || image === null || !('pk' in image)) return false;
  const { pk } = image;
  return typeof pk === 'object' && pk !== null && 'S' in pk && String(pk.S).startsWith('FINDING#');
}
