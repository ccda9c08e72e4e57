import { expect, test } from 'vitest';
import { toInstant } from '../../../inventory/ec2/instant.ts';

test.each([
  ['2026-08-05T22:11:39.000Z', '2026-08-05T22:11:39.000Z'],
  ['2026-08-05T22:11:00Z', '2026-08-05T22:11:00.000Z'],
  ['2026-08-05T22:11:39.123456Z', '2026-08-05T22:11:39.123Z'],
  ['2026-08-05T22:11:39', '2026-08-05T22:11:39.000Z'],
  ['2026-08-05T22:11:39+02:00', '2026-08-05T20:11:39.000Z'],
  ['2026-08-05', '2026-08-05T00:00:00.000Z'],
])('%s', (text, instant) => {
  expect(toInstant('ec2:DescribeImages', text)).toBe(instant);
});

test('no time is none', () => {
  expect(toInstant('ec2:DescribeImages', undefined)).toBeUndefined();
  expect(toInstant('ec2:DescribeImages', '')).toBeUndefined();
});

test('what is no time is unread, not absent', () => {
  expect(() => toInstant('ec2:DescribeImages', 'soon')).toThrow('ec2:DescribeImages: a time cannot be read');
});
