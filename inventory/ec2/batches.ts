/** Each distinct value, with the batch in which it is asked for. The same values give the same batches in whatever order they come. */
export function inBatches(values: Iterable<string>, size: number): ReadonlyMap<string, readonly string[]> {
  const distinct = [...new Set(values)].sort();
  const batches = new Map<string, readonly string[]>();
  for (let start = 0; start < distinct.length; start += size) {
    const batch = distinct.slice(start, start + size);
    for (const value of batch) batches.set(value, batch);
  }
  return batches;
}
