import { expect, test } from 'vitest';
import { image } from '../../../checks/predicates/example-instances.ts';
import { endOfImage, hasKnownPublisher } from '../../../checks/predicates/images.ts';

const now = new Date('2026-11-01T00:00:00Z');

test.each([
  ['2026-11-01T00:00:00.000Z', 'image is deprecated since 2026-11-01'],
  ['2026-11-01T00:00:01Z', undefined],
  ['2024-05-01T00:00Z', 'image is deprecated since 2024-05-01'],
  [undefined, undefined],
])('an image deprecated at %s: %s', (deprecatedAt, expected) => {
  expect(endOfImage({ ...image, deprecatedAt }, now)).toBe(expected);
});

test('a state that ends an image counts for more than its deprecation', () => {
  const states = ['disabled', 'deregistered', 'gone', 'failed', 'pending', 'available'] as const;
  expect(states.map((state) => endOfImage({ ...image, state, deprecatedAt: '2027-01-01T00:00:00Z' }, now))).toEqual([
    'image is disabled',
    'image is deregistered',
    'image is deregistered or no longer shared',
    'image is in state failed',
    undefined,
    undefined,
  ]);
});

test('an approved account is a known publisher, and another is not', () => {
  const foreign = { ...image, ownerAlias: undefined, ownerId: '444455556666' };
  expect(hasKnownPublisher(foreign, '111122223333', ['444455556666'])).toBe(true);
  expect(hasKnownPublisher(foreign, '111122223333', ['777788889999'])).toBe(false);
  expect(hasKnownPublisher({ ...foreign, ownerId: undefined }, '111122223333', [])).toBe(false);
});
