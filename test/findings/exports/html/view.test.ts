import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SEVERITIES } from '../../../../checks/check.ts';
import { AGES } from '../../../../findings/exports/html/age.ts';
import { STANDINGS } from '../../../../findings/exports/html/standing.ts';
import { SORT_KEYS, toHash, toView, type View } from '../../../../findings/exports/html/view.ts';

const text = fc.string({ unit: 'grapheme' });
const anyView: fc.Arbitrary<View> = fc.record({
  severities: fc.subarray([...SEVERITIES]),
  standings: fc.subarray([...STANDINGS]),
  service: text,
  check: text,
  account: text,
  region: text,
  owner: text,
  age: fc.constantFrom('', ...AGES.map(({ key }) => key)),
  text,
  sort: fc.constantFrom(...SORT_KEYS),
  reversed: fc.boolean(),
  page: fc.integer({ min: 1, max: 1_000 }),
  finding: text,
});

test('an address leads back to the view that it was made of', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      expect(toView(toHash(view))).toEqual(view);
    }),
  );
});

test('the first view has no address of its own', () => {
  expect(toHash(toView(''))).toBe('');
});

test('what an address cannot mean is left out', () => {
  const view = toView('#severity=HIGH,WORST&status=,&age=never&sort=-colour&page=-3&color=red');
  expect(view).toEqual({ ...toView(''), severities: ['HIGH'], reversed: true });
});

test('any address is a view', () => {
  fc.assert(
    fc.property(fc.string(), (hash) => {
      expect(toView(hash).page).toBeGreaterThan(0);
    }),
  );
});
