import { expect, test } from 'vitest';
import { isNarrowAddressRange } from '../../../checks/predicates/source-address.ts';

test.each([
  '203.0.113.7',
  '203.0.113.0/24',
  ' 203.0.113.0/24 ',
  '52.0.0.0/8',
  '10.0.0.0/8',
  '2001:db8::/32',
  '2001:db8::1',
])('%s names somebody', (range) => {
  expect(isNarrowAddressRange(range)).toBe(true);
});

test.each([
  '0.0.0.0/0',
  '0.0.0.0/1',
  '52.0.0.0/7',
  '::/0',
  '2000::/3',
  '2001:d00::/31',
  '*',
  '203.0.113.*',
  '10.1',
  '203.0.113.0/33',
  '',
])('%s names nobody', (range) => {
  expect(isNarrowAddressRange(range)).toBe(false);
});
