import { expect, test } from 'vitest';
import { inGroups } from '../../findings/in-groups.ts';
import { collect } from './samples.ts';

async function* upTo(count: number) {
  for (let number = 1; number <= count; number += 1) yield number;
}

test.each([
  [0, []],
  [1, [[1]]],
  [2, [[1, 2]]],
  [5, [[1, 2], [3, 4], [5]]],
])('%i elements by twos', async (count, groups) => {
  expect(await collect(inGroups(upTo(count), 2))).toEqual(groups);
});

test('whoever wants no more groups ends the source', async () => {
  let ended = false;
  async function* endless() {
    try {
      for (;;) yield 0;
    } finally {
      ended = true;
    }
  }
  for await (const _ of inGroups(endless(), 2)) break;
  expect(ended).toBe(true);
});
