import { describe, expect, test } from 'vitest';
import { judgeEngineSupport } from '../../../checks/predicates/engine-support.ts';
import { EXAMPLE_DATABASE } from '../../../checks/predicates/example-databases.ts';

const NEPTUNE = { ...EXAMPLE_DATABASE, engine: 'neptune' };
const on = (day: string) => new Date(`${day}T12:00:00Z`);
const told = { majorVersion: '13', standardUntil: '2026-02-28T23:59:59Z', extendedUntil: '2029-02-28T23:59:59Z' };

describe('support that RDS tells', () => {
  test.each([
    ['on its last day', told, '2026-02-28', { status: 'PASS' }],
    [
      'after it, in extended support',
      told,
      '2026-03-01',
      { status: 'FAIL', severity: 'LOW', evidence: { standardSupportUntil: '2026-02-28', extendedSupportUntil: '2029-02-28' } },
    ],
    [
      'after that too',
      told,
      '2029-03-01',
      {
        status: 'FAIL',
        reason: 'standard support of postgres 13 ended on 2026-02-28',
        evidence: { engine: 'postgres', standardSupportUntil: '2026-02-28' },
      },
    ],
    [
      'after it, without extended support',
      { ...told, extendedUntil: undefined },
      '2026-03-01',
      { status: 'FAIL', reason: 'standard support of postgres 13 ended on 2026-02-28' },
    ],
  ])('%s', (_, support, day, expected) => {
    const verdict = judgeEngineSupport(EXAMPLE_DATABASE, support, on(day));
    expect(verdict).toMatchObject(expected);
    if (!('severity' in expected)) expect(verdict).not.toHaveProperty('severity');
  });
});

describe('support that is published', () => {
  test.each([
    ['1.2.1.0', '2026-03-06', 'PASS'],
    ['1.2.1.0', '2026-03-07', 'FAIL'],
    ['1.4.5.0', '2027-03-07', 'FAIL'],
    ['1.4.6.3', '2027-03-07', 'PASS'],
    ['1.4.6.3', '2027-06-04', 'FAIL'],
  ])('of Neptune %s on %s: %s', (engineVersion, day, status) => {
    expect(judgeEngineSupport({ ...NEPTUNE, engineVersion }, undefined, on(day)).status).toBe(status);
  });

  test('of a version of which no end is announced, holds', () => {
    expect(judgeEngineSupport({ ...EXAMPLE_DATABASE, engine: 'docdb', engineVersion: '5.0.0' }, undefined, on('2040-01-01'))).toEqual({
      status: 'PASS',
    });
  });

  test.each([
    ['neptune', '1.20.0.0'],
    ['neptune', '0.9'],
    ['postgres', '17.6'],
  ])('of %s %s is not known', (engine, engineVersion) => {
    expect(() => judgeEngineSupport({ ...EXAMPLE_DATABASE, engine, engineVersion }, undefined, on('2026-01-01'))).toThrow(
      `no support dates are known for ${engine} ${engineVersion}`,
    );
  });
});
