/** Remembers what was derived from an answer of AWS for as long as the answer itself is remembered, however many resources ask. */
export function oncePer<Answer extends object, Rest extends readonly unknown[], Derived>(
  derive: (answer: Answer, ...rest: Rest) => Derived,
): (answer: Answer, ...rest: Rest) => Derived {
  const derived = new WeakMap<Answer, { readonly value: Derived }>();
  return (answer, ...rest) => {
    let known = derived.get(answer);
    if (!known) derived.set(answer, (known = { value: derive(answer, ...rest) }));
    return known.value;
  };
}
