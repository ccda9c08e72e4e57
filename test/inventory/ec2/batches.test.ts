import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inBatches } from '../../../inventory/ec2/batches.ts';

test('every value is in its batch, no batch is too large, and as few as possible are made', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 9 }), (values, size) => {
      const batches = inBatches(values, size);
      for (const value of values) expect(batches.get(value)).toContain(value);
      const distinct = new Set(batches.values());
      for (const batch of distinct) expect(batch.length).toBeLessThanOrEqual(size);
      expect(distinct.size).toBe(Math.ceil(new Set(values).size / size));
    }),
  );
});

test('the order of the values makes no difference', () => {
  expect(inBatches(['b', 'a', 'c'], 2)).toEqual(inBatches(['c', 'b', 'a'], 2));
});
