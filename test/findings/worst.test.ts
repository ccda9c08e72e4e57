import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepWorst } from '../../findings/worst.ts';

test('the worst are kept, in order, in whatever order all come', () => {
  const numbers = fc.uniqueArray(fc.integer());
  fc.assert(
    fc.property(numbers, fc.integer({ min: 0, max: 5 }), fc.nat(), (all, limit, pause) => {
      const compare = (a: number, b: number): number => a - b;
      const worst = keepWorst(limit, compare);
      for (const [index, each] of all.entries()) {
        worst.add(each);
        if (index === pause) worst.rows();
      }
      expect(worst.rows()).toEqual(all.toSorted(compare).slice(0, limit));
    }),
  );
});
