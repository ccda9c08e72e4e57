import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toPlain, toPlainRecord, toPlainValue } from '../../../findings/exports/plain.ts';
import { UNSEEN } from './hostile-texts.ts';

/** Halves of characters and control characters too. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
);

test('whatever the text, what is left is well formed, seen, and no longer than allowed', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 100 }), (text, length) => {
      const plain = toPlain(text, length);
      expect(plain.isWellFormed()).toBe(true);
      expect(plain.length).toBeLessThanOrEqual(length);
      expect(plain).not.toMatch(UNSEEN);
      expect(JSON.parse(JSON.stringify(plain))).toBe(plain);
    }),
  );
});

test('ordinary text stays as it is, in any script', () => {
  for (const text of ['arn:aws:iam::111122223333:role/audit', 'Größe, 漢字, עברית, हिन्दी', '💾 backup']) expect(toPlain(text)).toBe(text);
});

test('what is taken away leaves a mark: names that differ only in it do not look alike', () => {
  expect(toPlain('ad\u200bmin')).toBe('ad\ufffdmin');
  expect(toPlain('x\u0000'.repeat(2))).toBe('x\ufffdx\ufffd');
});

test('any value is one that JSON can say', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(JSON.stringify(toPlainValue(value))).toBeTypeOf('string');
    }),
  );
});

test('what is deep, long or much is cut and says so', () => {
  const deep = Array.from({ length: 20 }).reduce((inner) => [inner], 'x');
  expect(JSON.stringify(toPlainValue(deep))).toBe('[[[[[["…"]]]]]]');
  expect(toPlainValue(Array.from({ length: 60 }, () => 1))).toHaveLength(51);
  expect(Object.keys(toPlainRecord(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`k${index}`, 1]))))).toHaveLength(51);
  expect(toPlainRecord({ ['__proto__']: 'x' })).toEqual({ ['__proto__']: 'x' });
});
