/** An account has thousands of things, and of the texts that say what they are a handful. */
const MOST = 100_000;

/** The same question of texts, found out once for each; what throws is asked again. For answers that depend on nothing but the text. */
export function remembered<Answer>(find: (text: string) => Answer): (text: string) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (text) => {
    const known = answers.get(text);
    if (known) return known.answer;
    const answer = find(text);
    if (answers.size >= MOST) answers.clear();
    answers.set(text, { answer });
    return answer;
  };
}

/** The same of things, for as long as somebody holds them. */
export function rememberedOf<Thing extends object, Answer>(find: (thing: Thing) => Answer): (thing: Thing) => Answer {
  const answers = new WeakMap<Thing, { readonly answer: Answer }>();
  return (thing) => {
    const known = answers.get(thing);
    if (known) return known.answer;
    const answer = find(thing);
    answers.set(thing, { answer });
    return answer;
  };
}

/** A question that is asked when its answer is first needed, and then no more; what throws is asked again. */
export function once<Answer>(find: () => Answer): () => Answer {
  let known: { readonly answer: Answer } | undefined;
  return () => (known ??= { answer: find() }).answer;
}
