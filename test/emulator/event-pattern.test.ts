import { expect, test } from 'vitest';
import { fits } from '../../emulator/event-pattern.ts';

const event = { source: 'aws.iam', detail: { eventName: 'DeleteRole', readOnly: false, tags: ['a', 'b'] } };

test.each<[string, unknown]>([
  ['a value', { source: ['aws.iam', 'aws.sts'] }],
  ['a flag', { detail: { readOnly: [false] } }],
  ['an element of a list', { detail: { tags: ['b'] } }],
  ['a beginning', { source: [{ prefix: 'aws.' }] }],
  ['an end', { detail: { eventName: [{ suffix: 'Role' }] } }],
  ['what is there', { detail: { eventName: [{ exists: true }] } }],
  ['what is not there', { detail: { errorCode: [{ exists: false }] } }],
  ['anything but a value', { source: [{ 'anything-but': 'aws.sts' }] }],
  ['anything but values', { source: [{ 'anything-but': ['aws.sts', 'aws.s3'] }] }],
  ['anything but a beginning', { source: [{ 'anything-but': { prefix: 'my.' } }] }],
  ['one of two choices', { detail: { $or: [{ eventName: ['CreateRole'] }, { readOnly: [false] }] } }],
])('an event fits by %s', (_, pattern) => {
  expect(fits(event, pattern)).toBe(true);
});

test.each<[string, unknown]>([
  ['another value', { source: ['aws.sts'] }],
  ['a second condition', { source: ['aws.iam'], detail: { eventName: ['CreateRole'] } }],
  ['what should not be there', { detail: { eventName: [{ exists: false }] } }],
  ['what is missing', { detail: { errorCode: [{ 'anything-but': 'AccessDenied' }] } }],
  ['the unwanted value', { source: [{ 'anything-but': ['aws.sts', 'aws.iam'] }] }],
  ['neither of two choices', { detail: { $or: [{ eventName: ['CreateRole'] }, { readOnly: [true] }] } }],
])('an event does not fit for %s', (_, pattern) => {
  expect(fits(event, pattern)).toBe(false);
});

test.each([
  { source: 'aws.iam' },
  { source: [{ numeric: ['>', 1] }] },
  { detail: { $or: [{ eventName: ['DeleteRole'] }] } },
])('a pattern that nobody understands is an error: %j', (pattern) => {
  expect(() => fits(event, pattern)).toThrow();
});
