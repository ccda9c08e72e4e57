import { describe, expect, test } from 'vitest';
import { concurrently } from '../../findings/concurrently.ts';
import { collect } from './samples.ts';

/** Work that ends when the test says so. */
function controlled() {
  const begun: number[] = [];
  const ends = new Map<number, PromiseWithResolvers<string>>();
  const work = (element: number): Promise<string> => {
    begun.push(element);
    const end = Promise.withResolvers<string>();
    ends.set(element, end);
    return end.promise;
  };
  return {
    begun,
    work,
    end: (element: number) => ends.get(element)?.resolve(`done ${element}`),
    fail: (element: number) => ends.get(element)?.reject(new Error(`failed ${element}`)),
  };
}

/** Counts how far it was read, and notes when it is closed. */
function source(length: number) {
  const seen = { taken: 0, closed: false };
  async function* elements() {
    try {
      for (let element = 0; element < length; element += 1) {
        seen.taken += 1;
        yield element;
      }
    } finally {
      seen.closed = true;
    }
  }
  return { seen, elements: elements() };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('work for many', () => {
  test('is done for each of them', async () => {
    const squares = await collect(concurrently([1, 2, 3, 4, 5], 2, async (number) => number * number));
    expect(squares.toSorted((a, b) => a - b)).toEqual([1, 4, 9, 16, 25]);
  });

  test('of whom there are none ends at once', async () => {
    expect(await collect(concurrently([], 2, async () => 1))).toEqual([]);
  });

  test('is given as it is done, and never more is begun, or read of the source, than may be', async () => {
    const { begun, work, end } = controlled();
    const { seen, elements } = source(1_000);
    const results = concurrently(elements, 3, work);
    const first = results.next();
    await soon();
    expect([begun, seen.taken]).toEqual([[0, 1, 2], 3]);
    end(1);
    expect(await first).toEqual({ done: false, value: 'done 1' });
    await soon();
    expect(begun).toEqual([0, 1, 2]);
    const second = results.next();
    await soon();
    expect([begun, seen.taken]).toEqual([[0, 1, 2, 3], 4]);
    end(0);
    expect(await second).toEqual({ done: false, value: 'done 0' });
  });

  test('that fails ends all, once what else was begun has ended', async () => {
    const { work, end, fail } = controlled();
    const { seen, elements } = source(1_000);
    const results = concurrently(elements, 3, work);
    let settled = false;
    const first = results.next().finally(() => {
      settled = true;
    });
    first.catch(() => undefined);
    await soon();
    fail(1);
    end(0);
    await soon();
    expect(settled).toBe(false);
    fail(2);
    await expect(first).rejects.toThrow('failed 1');
    expect(seen).toEqual({ taken: 3, closed: true });
  });

  test('that nobody wants any more ends too, and so does its source', async () => {
    const { work, end } = controlled();
    const { seen, elements } = source(1_000);
    const results = concurrently(elements, 2, work);
    const first = results.next();
    await soon();
    end(0);
    await first;
    let returned = false;
    const closing = results.return(undefined).then(() => {
      returned = true;
    });
    await soon();
    expect(returned).toBe(false);
    end(1);
    await closing;
    expect(seen).toEqual({ taken: 2, closed: true });
  });

  test('ends with the failure of its source', async () => {
    async function* broken() {
      yield 1;
      throw new Error('no more pages');
    }
    await expect(collect(concurrently(broken(), 5, async (number) => number))).rejects.toThrow('no more pages');
  });
});
