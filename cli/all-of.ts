/** Everything that a store yields, in its order. */
export async function allOf<Element>(elements: AsyncIterable<Element>): Promise<readonly Element[]> {
  const all: Element[] = [];
  for await (const element of elements) all.push(element);
  return all;
}
