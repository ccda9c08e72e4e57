/** A JSON array with one element a line: it is read whole, or line by line. */
export function* toJsonArray(elements: Iterable<object>, indent = ''): Iterable<string> {
  let before = '[\n';
  for (const element of elements) {
    yield `${before}${indent}${JSON.stringify(element)}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]' : '\n]';
}
