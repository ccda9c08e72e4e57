import { expect, test } from 'vitest';
import check from '../../../checks/guardduty/region-enabled.ts';
import { evaluate, ready } from '../../../findings/evaluate.ts';
import { EXAMPLE_NOW, exampleResource } from '../example-resource.ts';

const DETECTOR = { id: 'd', enabled: true, features: [] };

test.each([
  ['SIX_HOURS', 'SIX_HOURS', 'PASS'],
  ['ONE_HOUR', 'SIX_HOURS', 'FAIL'],
  ['ONE_HOUR', 'ONE_HOUR', 'PASS'],
  ['FIFTEEN_MINUTES', 'ONE_HOUR', 'FAIL'],
  ['FIFTEEN_MINUTES', 'FIFTEEN_MINUTES', 'PASS'],
  ['a misspelt limit', 'FIFTEEN_MINUTES', 'FAIL'],
])('within %s, published %s: %s', async (publishesWithin, publishes, status) => {
  const settings = { params: { publishesWithin } };
  const resource = exampleResource(check, { detector: { ...DETECTOR, publishes } });
  expect(await evaluate(ready(check, EXAMPLE_NOW, settings), resource)).toMatchObject({
    status,
    ...(status === 'FAIL' ? { severity: 'LOW' } : {}),
  });
});
