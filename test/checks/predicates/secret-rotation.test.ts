import { describe, expect, test } from 'vitest';
import { EXAMPLE_SECRET } from '../../../checks/predicates/example-secrets.ts';
import { isUnread } from '../../../checks/predicates/logic.ts';
import { judgeRotation } from '../../../checks/predicates/secret-rotation.ts';
import type { SecretProperties, SecretRotation } from '../../../inventory/secrets-manager/secret.ts';

const NOW = new Date('2026-11-21T08:00:00Z');
const NONE: SecretRotation = { enabled: false, rotatedAt: undefined, nextAt: undefined, everyDays: undefined, schedule: undefined };
const judge = (part: Partial<SecretProperties>) => judgeRotation({ ...EXAMPLE_SECRET, ...part }, { days: 90, graceDays: 3, now: NOW });
const due = (nextAt: string | undefined, more: Partial<SecretRotation> = {}) =>
  judge({ rotation: { ...EXAMPLE_SECRET.rotation, nextAt, ...more } });

describe('a secret with a schedule', () => {
  test.each([
    ['is due in days', '2026-11-25T00:00:00Z', 'PASS'],
    ['is late by less than the grace', '2026-11-18T09:00:00Z', 'PASS'],
    ['is late by the grace', '2026-11-18T08:00:00Z', 'FAIL'],
    ['is long overdue', '2026-09-01T00:00:00Z', 'FAIL'],
  ])('%s', (_, nextAt, status) => {
    expect(due(nextAt)).toMatchObject({ status });
  });

  test('tells since when it is overdue, and what was meant to happen', () => {
    expect(due('2026-09-01T00:00:00Z')).toMatchObject({
      reason: 'its rotation has been overdue since 2026-09-01',
      evidence: { dueOn: '2026-09-01', lastRotated: '2026-10-20', everyDays: 30 },
    });
    const verdict = due('2026-09-01T00:00:00Z', { rotatedAt: undefined, everyDays: undefined, schedule: 'cron(0 8 1 * ? *)' });
    expect(verdict).toMatchObject({ evidence: { schedule: 'cron(0 8 1 * ? *)' } });
    expect(verdict).not.toHaveProperty('evidence.lastRotated');
    expect(verdict).not.toHaveProperty('evidence.everyDays');
    expect(due('2026-09-01T00:00:00Z')).not.toHaveProperty('evidence.schedule');
  });

  test('cannot be judged where nobody tells when it is due', () => {
    expect(() => due(undefined)).toThrow(expect.toSatisfy(isUnread));
  });

  test('is judged by it whoever made it', () => {
    expect(judge({ owningService: 'rds', rotation: { ...EXAMPLE_SECRET.rotation, nextAt: '2026-09-01T00:00:00Z' } })).toMatchObject({
      status: 'FAIL',
    });
  });
});

describe('a secret without a schedule', () => {
  const plain = (part: Partial<SecretProperties>) => judge({ rotation: NONE, ...part });

  test.each<[string, Partial<SecretProperties>, string]>([
    ['is new', { createdAt: '2026-11-01T00:00:00Z', changedAt: '2026-11-01T00:00:00Z' }, 'PASS'],
    ['is as old as may be', { createdAt: '2026-08-23T08:00:00Z', changedAt: undefined }, 'PASS'],
    ['is a day older', { createdAt: '2026-08-22T08:00:00Z', changedAt: undefined }, 'FAIL'],
    ['is old, and so is its last change', { createdAt: '2025-01-01T00:00:00Z', changedAt: '2026-01-01T00:00:00Z' }, 'FAIL'],
    ['is of a service', { createdAt: '2025-01-01T00:00:00Z', owningService: 'events' }, 'NOT_APPLICABLE'],
    ['is a replica', { createdAt: '2025-01-01T00:00:00Z', replica: true }, 'NOT_APPLICABLE'],
  ])('%s', (_, part, status) => {
    expect(plain(part)).toMatchObject({ status });
  });

  test('tells since when nothing of it was changed', () => {
    expect(plain({ createdAt: '2025-01-01T00:00:00Z', changedAt: '2026-01-01T00:00:00Z' })).toMatchObject({
      reason: 'not changed since 2026-01-01, and no rotation',
      evidence: { unchangedSince: '2026-01-01' },
    });
  });

  test.each<[string, Partial<SecretProperties>]>([
    ['something of it was changed lately', { createdAt: '2025-01-01T00:00:00Z', changedAt: '2026-11-01T00:00:00Z' }],
    ['nobody tells how old it is', { createdAt: undefined, changedAt: undefined }],
  ])('cannot be judged where %s', (_, part) => {
    expect(() => plain(part)).toThrow(expect.toSatisfy(isUnread));
  });
});

test('a replica rotates elsewhere, whatever its own schedule says', () => {
  expect(judge({ replica: true, rotation: { ...EXAMPLE_SECRET.rotation, nextAt: '2020-01-01T00:00:00Z' } })).toMatchObject({
    status: 'NOT_APPLICABLE',
  });
});
