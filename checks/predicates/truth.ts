/** An answer where a part of the question may not be known. `unknown` is both possible, never a guess. */
export type Truth = 'yes' | 'no' | 'unknown';

/** `no` if one is, even beside unknown ones; `yes` only if all are. */
export function allTrue<Element>(elements: Iterable<Element>, question: (element: Element) => Truth): Truth {
  let answer: Truth = 'yes';
  for (const element of elements) {
    const truth = question(element);
    if (truth === 'no') return 'no';
    if (truth === 'unknown') answer = 'unknown';
  }
  return answer;
}

/** `yes` if one is, even beside unknown ones; `no` only if all are. */
export function anyTrue<Element>(elements: Iterable<Element>, question: (element: Element) => Truth): Truth {
  return opposite(allTrue(elements, (element) => opposite(question(element))));
}

export function opposite(truth: Truth): Truth {
  if (truth === 'unknown') return 'unknown';
  return truth === 'yes' ? 'no' : 'yes';
}

export function toTruth(known: boolean): Truth {
  return known ? 'yes' : 'no';
}
