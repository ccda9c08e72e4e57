import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { findingOf } from './dynamodb-items.ts';
import type { Finding } from './finding.ts';
import type { KeptActivity } from './kept-activity.ts';
import { ACTIVITIES, activityOf } from './reaction-items.ts';
import { understood } from './understood.ts';

/**
 * The finding of an image (`NewImage`, `OldImage`) in a record of the table's stream, exactly as it was saved; `undefined` for no image,
 * and for that of another item. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html
 * @throws ConfigError when the finding was written by something newer, or makes no sense
 */
export function findingOfImage(image: unknown): Finding | undefined {
  return isImageOf('FINDING#', image) ? understood(STREAM, unmarshall(image), findingOf) : undefined;
}

/** The activity of such an image, likewise, as long as nobody has marked it as told. */
export function untoldActivityOfImage(image: unknown): KeptActivity | undefined {
  if (!isImageOf(ACTIVITIES, image)) return undefined;
  const item = unmarshall(image);
  return item.unannounced === true ? understood(STREAM, item, activityOf) : undefined;
}

const STREAM = "the table's stream";

function isImageOf(beginning: string, image: unknown): image is Record<string, AttributeValue> {
  if (typeof image !== 'object' || image === null || !('pk' in image)) return false;
  const { pk } = image;
  return typeof pk === 'object' && pk !== null && 'S' in pk && String(pk.S).startsWith(beginning);
}
