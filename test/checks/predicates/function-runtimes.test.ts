import { Runtime } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import check from '../../../checks/lambda/function-runtime-supported.ts';
import { supportOf } from '../../../checks/predicates/function-runtimes.ts';
import { evaluate, ready } from '../../../findings/evaluate.ts';
import { exampleResource } from '../example-resource.ts';

/** What the SDK knows and AWS's page gives no dates for yet: judged UNKNOWN. */
const WITHOUT_DATES = ['java11.al2023', 'java17.al2023', 'java8.al2023', 'nodejs26.x', 'python3.15'];

test('every runtime that Lambda knows has its dates, in order, or is known to have none', () => {
  const runtimes = Object.values(Runtime);
  expect(runtimes.filter((runtime) => supportOf(runtime) === undefined).sort()).toEqual(WITHOUT_DATES);
  for (const runtime of runtimes) {
    const { deprecatedOn = '2000-01-01', updatesBlockedOn = '2000-01-01' } = supportOf(runtime) ?? {};
    for (const date of [deprecatedOn, updatesBlockedOn]) expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
    if (runtime !== 'nodejs4.3-edge') expect([runtime, updatesBlockedOn >= deprecatedOn]).toEqual([runtime, true]);
  }
});

function judge(runtime: string, at: string, daysAhead = 0) {
  const resource = exampleResource(check, { runtimes: [{ version: '$LATEST', identifier: runtime }] });
  return evaluate(ready(check, new Date(at), { params: { daysAhead } }), resource);
}

test.each([
  ['the day before', 'nodejs22.x', '2027-04-29T23:59:59Z', 0, 'PASS', undefined],
  ['the day itself', 'nodejs22.x', '2027-04-30T00:00:00Z', 0, 'FAIL', 'MEDIUM'],
  ['ninety days ahead, not yet', 'nodejs22.x', '2027-01-29T00:00:00Z', 90, 'PASS', undefined],
  ['ninety days ahead', 'nodejs22.x', '2027-01-30T00:00:00Z', 90, 'FAIL', 'LOW'],
  ['long after, whatever lies ahead', 'nodejs12.x', '2027-01-30T00:00:00Z', 90, 'FAIL', 'MEDIUM'],
  ['unknown', 'nodejs99.x', '2027-01-30T00:00:00Z', 0, 'UNKNOWN', undefined],
])('%s', async (_, runtime, at, daysAhead, status, severity) => {
  const judged = await judge(runtime, at, daysAhead);
  expect([judged.status, judged.status === 'FAIL' ? judged.severity : undefined]).toEqual([status, severity]);
});

test('one that is out of support counts for more than one that soon will be, in any order', async () => {
  const runtimes = [
    { version: '$LATEST', identifier: 'nodejs22.x' },
    { version: '7', identifier: 'nodejs18.x' },
  ];
  for (const ordered of [runtimes, runtimes.toReversed()]) {
    const readied = ready(check, new Date('2027-04-01T00:00:00Z'), { params: { daysAhead: 90 } });
    expect(await evaluate(readied, exampleResource(check, { runtimes: ordered }))).toMatchObject({ status: 'FAIL', severity: 'MEDIUM' });
  }
});
