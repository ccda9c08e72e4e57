import { expect, test } from 'vitest';
import { factOf, factsIn, factsOf, isRecorded } from '../../../checks/predicates/event-facts.ts';
import { named } from '../../../checks/predicates/event-names.ts';
import { exampleEvent } from '../activity/example-event.ts';

const requestOf = (requestParameters: object) =>
  exampleEvent({ eventSource: 'ec2.amazonaws.com', eventName: 'X', requestParameters }).request;
const LONG = 'x'.repeat(1_000);

test('facts are those that are named and make sense, each of 256 letters at most', () => {
  const request = requestOf({ imageId: 'ami-1', broken: { deep: {} }, secret: 'x', long: LONG });
  expect(factsOf(request, 'imageId', 'broken', 'missing', 'long')).toEqual({ imageId: 'ami-1', long: 'x'.repeat(256) });
  expect(factOf(request, 'missing')).toBeUndefined();
  expect(factOf(request, 'broken')).toBeUndefined();
});

test('facts in a list are its texts, twenty at most', () => {
  const request = requestOf({ few: ['a', {}, 'b', LONG], many: Array.from({ length: 30 }, (_, index) => `${index}`) });
  expect(factsIn(request, 'few')).toEqual(['a', 'b', 'x'.repeat(256)]);
  expect(factsIn(request, 'many')).toHaveLength(20);
  expect(factsIn(request, 'missing')).toEqual([]);
});

test('an empty request tells nothing', () => {
  expect(isRecorded({ request: requestOf({}) })).toBe(false);
  expect(isRecorded({ request: requestOf({ a: 'b' }) })).toBe(true);
});

test.each([
  ['image', { imageId: 'ami-1' }, 'image ami-1'],
  ['image', { name: 'golden' }, 'image golden'],
  ['image', { imageId: 'ami-1', name: 'golden' }, 'image ami-1'],
  ['image', {}, 'an image'],
  ['bucket', {}, 'a bucket'],
  ['Elastic IP', {}, 'an Elastic IP'],
  ['key', { imageId: 'arn:aws:kms:eu-west-1:111122223333:key/abc' }, 'key abc'],
  ['image', { imageId: 'y'.repeat(80) }, `image ${'y'.repeat(80)}`],
  ['image', { imageId: 'y'.repeat(81) }, `image ${'y'.repeat(80)}…`],
])('what %s is named by %j is called %s', (kind, request, expected) => {
  expect(named(kind, requestOf(request), 'imageId', 'name')).toBe(expected);
});
