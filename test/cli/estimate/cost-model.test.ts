import { describe, expect, test } from 'vitest';
import { DAYS_PER_MONTH, type Load, toCost } from '../../../cli/estimate/cost-model.ts';
import { PRICES, type Price } from '../../../cli/estimate/prices.ts';

/** One account of 17 regions, with round numbers. */
const load: Load = {
  accounts: 1,
  scopes: 18,
  auditsPerDay: 4,
  callsPerAudit: 1_000,
  scanSecondsPerAudit: 90,
  findings: 400,
  changesPerDay: 5,
  eventsPerDay: 100,
  emails: 1,
  posts: 2,
  logRetentionDays: 90,
};
const AUDITS = 4 * DAYS_PER_MONTH;
const EVENTS = 100 * DAYS_PER_MONTH + 18 * AUDITS;

const unitsOf = (name: string, change: Partial<Load> = {}): number | undefined =>
  toCost({ ...load, ...change }).lines.find(({ price }) => price === name)?.units;

describe('what is counted', () => {
  test.each([
    ['transitions', AUDITS * (18 + 6)],
    ['expressRequests', AUDITS * 18],
    ['schedules', AUDITS],
    ['tableWrites', AUDITS * (18 * 2 + 9 + 8) + 5 * DAYS_PER_MONTH * 25 + 3 * EVENTS],
    ['tableReads', AUDITS * (18 * 4 + 400 * 0.625) + 4 * EVENTS],
    ['busEvents', EVENTS],
    ['queueRequests', 6 * EVENTS],
    ['emails', AUDITS + 5 * 0.4 * DAYS_PER_MONTH],
    ['posts', 2 * (AUDITS + 5 * 0.4 * DAYS_PER_MONTH)],
    ['metrics', 10],
    ['keys', 1],
  ])('%s', (name, units) => {
    expect(unitsOf(name)).toBeCloseTo(units, 6);
  });

  test('calls and seconds of all audits', () => {
    expect(toCost(load).callsPerMonth).toBeCloseTo(1_000 * AUDITS, 6);
    expect((unitsOf('lambdaCompute', { scanSecondsPerAudit: 190 }) ?? 0) - (unitsOf('lambdaCompute') ?? 0)).toBeCloseTo(100 * AUDITS, 6);
  });

  test('an unchanged audit writes nothing for its findings', () => {
    expect(unitsOf('tableWrites', { findings: 100_000 })).toBe(unitsOf('tableWrites'));
  });
});

describe('what it costs', () => {
  test('each line is its units at their price, and the total their sum', () => {
    const { lines, usd, usdLessAllowances } = toCost(load);
    for (const { price: name, units, usd: dollars } of lines)
      expect(dollars).toBeCloseTo((units / PRICES[name].per) * PRICES[name].usd, 10);
    expect(usd).toBeCloseTo(
      lines.reduce((sum, line) => sum + line.usd, 0),
      10,
    );
    expect(usdLessAllowances).toBeLessThan(usd);
  });

  test('an allowance leaves what is above it, and nothing below zero', () => {
    const alarms = toCost(load).lines.find(({ price }) => price === 'alarms');
    expect(alarms).toMatchObject({ units: 14 });
    expect([alarms?.usd, alarms?.usdLessCloudWatch, alarms?.usdLessAllowances].map((dollars) => dollars?.toFixed(2))).toEqual([
      '1.40',
      '0.40',
      '0.40',
    ]);
    expect(toCost(load).lines.every(({ usdLessAllowances }) => usdLessAllowances >= 0)).toBe(true);
  });

  test("CloudWatch's allowances alone leave the other services as they are", () => {
    for (const { service, usd, usdLessCloudWatch } of toCost(load).lines) if (service !== 'CloudWatch') expect(usdLessCloudWatch).toBe(usd);
  });

  test('other bills are for the events of our calls, and of entering each account', () => {
    const events = (1_000 + 2 * 18) * AUDITS + 100 * DAYS_PER_MONTH * 6;
    expect(toCost(load).hidden.map(({ price, units, usd }) => [price, Math.round(units), Number(usd.toFixed(4))])).toEqual([
      ['guardDuty', Math.round(events), Number(((events * 4) / 1e6).toFixed(4))],
      ['trailCopy', Math.round(events), Number(((events * 2) / 1e5).toFixed(4))],
      ['logs', 0, Number((((events * 1.5) / 1e6) * 0.5).toFixed(4))],
    ]);
  });

  test('twice the audits and accounts do not cost less', () => {
    const { usd } = toCost(load);
    expect(toCost({ ...load, auditsPerDay: 8 }).usd).toBeGreaterThan(usd);
    expect(toCost({ ...load, accounts: 2, scopes: 36, scanSecondsPerAudit: 180 }).usd).toBeGreaterThan(usd);
  });
});

test.each(Object.entries<Price>(PRICES))('the price %s has its source and date', (_name, { source, date, usd, per, free }) => {
  expect(source).toMatch(/^[\w.-]+\.[a-z]{2,}/);
  expect(date).toMatch(/^202[5-6]-\d{2}-\d{2}$/);
  expect([usd >= 0, per > 0, free >= 0]).toEqual([true, true, true]);
});
