import type { AdvancedEventSelector, AdvancedFieldSelector, EventSelector, GetEventSelectorsResponse } from '@aws-sdk/client-cloudtrail';

/** What the selectors of a trail or of an event data store add up to for what is done with S3 objects. */
export interface ObjectEvents {
  readonly read: Extent;
  readonly write: Extent;
}

/** Of every object of every bucket, of some of them, or of none. */
export type Extent = 'all' | 'some' | 'none';

const S3_OBJECT = 'AWS::S3::Object';
/** Both mean every bucket (Logging data events, CloudTrail User Guide). */
const EVERY_BUCKET = /^arn:aws[\w-]*:s3(:::)?$/;

/**
 * An event is logged if any selector selects it. A selector that wants more than the kind of resource, and that does not say it of every bucket, selects some:
 * that several of these might cover all buckets together is not looked into.
 */
export function toObjectEvents({
  EventSelectors = [],
  AdvancedEventSelectors = [],
}: Pick<GetEventSelectorsResponse, 'EventSelectors' | 'AdvancedEventSelectors'>): ObjectEvents {
  const selected = [...EventSelectors.map(fromBasic), ...AdvancedEventSelectors.map(fromAdvanced)];
  return { read: widest(selected.map(({ read }) => read)), write: widest(selected.map(({ write }) => write)) };
}

const NOTHING: ObjectEvents = { read: 'none', write: 'none' };

function fromBasic({ ReadWriteType = 'All', DataResources = [] }: EventSelector): ObjectEvents {
  const values = DataResources.flatMap(({ Type, Values = [] }) => (Type === S3_OBJECT ? Values : []));
  if (values.length === 0) return NOTHING;
  const extent = values.some((value) => EVERY_BUCKET.test(value)) ? 'all' : 'some';
  return { read: ReadWriteType === 'WriteOnly' ? 'none' : extent, write: ReadWriteType === 'ReadOnly' ? 'none' : extent };
}

function fromAdvanced({ FieldSelectors = [] }: AdvancedEventSelector): ObjectEvents {
  const wants = (field: string, value: string) =>
    FieldSelectors.some(({ Field, Equals = [] }) => Field === field && Equals.includes(value));
  if (!wants('eventCategory', 'Data') || !wants('resources.type', S3_OBJECT)) return NOTHING;
  const others = FieldSelectors.filter(({ Field }) => Field !== 'eventCategory' && Field !== 'resources.type');
  const narrowing = others.filter((selector) => selector.Field !== 'readOnly' && !namesEveryBucket(selector));
  const extent = narrowing.length === 0 ? 'all' : 'some';
  return { read: isSelected(others, 'true') ? extent : 'none', write: isSelected(others, 'false') ? extent : 'none' };
}

/** `readOnly` takes Equals alone; without it reads and writes are selected. */
function isSelected(selectors: readonly AdvancedFieldSelector[], value: 'true' | 'false'): boolean {
  return selectors.every(({ Field, Equals = [] }) => Field !== 'readOnly' || Equals.includes(value));
}

/** ARNs of objects that begin as every ARN of an object does. */
function namesEveryBucket({ Field, StartsWith = [], ...others }: AdvancedFieldSelector): boolean {
  const isAlone = Object.values(others).every((values) => values === undefined || values.length === 0);
  return Field === 'resources.ARN' && isAlone && StartsWith.some((start) => EVERY_BUCKET.test(start));
}

function widest(extents: readonly Extent[]): Extent {
  if (extents.includes('all')) return 'all';
  return extents.includes('some') ? 'some' : 'none';
}
