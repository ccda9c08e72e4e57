/** The worst of many, however many come: few others are kept. */
export interface Worst<Row> {
  readonly add: (row: Row) => void;
  /** The worst so far, worst first. */
  readonly rows: () => readonly Row[];
}

/** `compare` sorts the worst first and never calls two rows equal, so that the order in which they come does not matter. */
export function keepWorst<Row>(limit: number, compare: (a: Row, b: Row) => number): Worst<Row> {
  let kept: Row[] = [];
  /** The last of the worst so far: whatever is less bad is not worth keeping. */
  let bar: Row | undefined;
  const shorten = (): void => {
    kept = kept.sort(compare).slice(0, limit);
    bar = kept[limit - 1];
  };
  return {
    add(row) {
      if (limit === 0 || (bar !== undefined && compare(row, bar) > 0)) return;
      kept.push(row);
      if (kept.length >= 2 * limit) shorten();
    },
    rows() {
      shorten();
      return [...kept];
    },
  };
}
