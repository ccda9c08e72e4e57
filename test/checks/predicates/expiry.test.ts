import { expect, test } from 'vitest';
import { judgeExpiry } from '../../../checks/predicates/expiry.ts';

const now = new Date('2026-11-01T12:00:00Z');

test.each([
  ['a second ago', '2026-11-01T11:59:59Z', 'the key expired on 2026-11-01', undefined],
  ['now', '2026-11-01T12:00:00Z', 'the key expired on 2026-11-01', undefined],
  ['in a second', '2026-11-01T12:00:01Z', 'the key expires on 2026-11-01', 'LOW'],
  ['in 30 days', '2026-12-01T12:00:00Z', 'the key expires on 2026-12-01', 'LOW'],
])('what ends %s', (_, expiresAt, reason, severity) => {
  expect(judgeExpiry('the key', expiresAt, { days: 30, now })).toMatchObject({ reason, ...(severity ? { severity } : {}) });
  if (severity === undefined) expect(judgeExpiry('the key', expiresAt, { days: 30, now })).not.toHaveProperty('severity');
});

test.each(['2026-12-01T12:00:01Z', '2034-01-01T00:00:00Z'])('what ends later, at %s, is well', (expiresAt) => {
  expect(judgeExpiry('the key', expiresAt, { days: 30, now })).toBe(false);
});
