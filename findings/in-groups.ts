/** The elements in groups of a size, each as soon as it is full, and at the end what is left. */
export async function* inGroups<Element>(elements: AsyncIterable<Element>, size: number): AsyncGenerator<readonly Element[]> {
  let group: Element[] = [];
  for await (const element of elements) {
    group.push(element);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
