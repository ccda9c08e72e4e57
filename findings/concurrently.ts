/**
 * Does the work for each element, at most `limit` at once, and gives the results as they are done: neither elements nor results are ever held whole.
 * The first failure ends it. However it ends, what was begun has come to its end by then: nothing goes on behind the caller's back.
 */
export async function* concurrently<Element, Result>(
  elements: AsyncIterable<Element> | Iterable<Element>,
  limit: number,
  work: (element: Element) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay = new Map<number, Promise<Settled<Result>>>();
  let begun = 0;
  try {
    for await (const element of elements) {
      const index = (begun += 1);
      underWay.set(index, settled(index, work(element)));
      if (underWay.size >= limit) yield await takeFirst(underWay);
    }
    while (underWay.size > 0) yield await takeFirst(underWay);
  } finally {
    await Promise.all(underWay.values());
  }
}

type Settled<Result> = { readonly index: number } & ({ readonly result: Result } | { readonly error: unknown });

/** Never rejects: a failure that comes while another is awaited would be seen by nobody. */
async function settled<Result>(index: number, work: Promise<Result>): Promise<Settled<Result>> {
  try {
    return { index, result: await work };
  } catch (error) {
    return { index, error };
  }
}

async function takeFirst<Result>(underWay: Map<number, Promise<Settled<Result>>>): Promise<Result> {
  const first = await Promise.race(underWay.values());
  underWay.delete(first.index);
  if ('error' in first) throw first.error;
  return first.result;
}
