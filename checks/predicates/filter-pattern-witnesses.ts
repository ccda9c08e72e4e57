import {
  advanced,
  beginningOf,
  bordersOf,
  globLanguage,
  isAccepted,
  type Language,
  onlyText,
  type Standing,
} from './filter-pattern-language.ts';

/** Thrown when there is too much to go through. Recognised by the class: it does not leave the comparison of patterns. */
export class TooMany extends Error {}

const MOST_STATES = 1_000;

/**
 * Texts of which there is one for each way in which a text can belong to some of the languages and not to the others: whatever is true of these, as far as the
 * languages tell, is true of all texts. The texts that are languages of their own come as they are. Of the others all is gone through that reading a
 * text can lead to.
 * @throws TooMany
 */
export function witnessesOf(languages: readonly Language[]): readonly string[] {
  const single = new Set(languages.flatMap((language) => onlyText(language) ?? []));
  const wide = languages.filter((language) => onlyText(language) === undefined);
  return [...single, ...(wide.length === 0 ? [otherThan(single)] : othersThan(single, wide))];
}

function otherThan(single: ReadonlySet<string>): string {
  let other = 'other';
  while (single.has(other)) other += 'x';
  return other;
}

/** How far a text has been read: where it stands in each of the wide languages. */
interface Reading {
  readonly text: string;
  readonly at: readonly number[];
}

/** One for each set of the wide languages that has texts which are none of the single ones. */
function othersThan(single: ReadonlySet<string>, wide: readonly Language[]): readonly string[] {
  const letters = lettersOf([...wide, ...[...single].map((text) => globLanguage({ text, anyBefore: false, anyAfter: false }))]);
  const beginnings = new Set([...single].flatMap((text) => [...text].map((_letter, index) => text.slice(0, index + 1))));
  const machines = wide.map((language) => toMachine(language, letters));
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const queue: Reading[] = [{ text: '', at: wide.map(() => 0) }];
  // A list grows while it is walked through.
  for (const { text, at } of queue) {
    const belongs = machines.map(({ accepts }, index) => (accepts(at[index] ?? 0) ? 1 : 0)).join('');
    if (!single.has(text) && !found.has(belongs)) found.set(belongs, text);
    for (const [number, letter] of letters.entries()) {
      const next = { text: text + letter, at: machines.map(({ step }, index) => step(at[index] ?? 0, number)) };
      // Texts that can still become one of the single ones are told apart, all others only by where they stand.
      const key = `${next.at.join(' ')} ${beginnings.has(next.text) ? next.text : ''}`;
      if (!seen.has(key)) queue.push(next);
      seen.add(key);
    }
    if (seen.size > MOST_STATES) throw new TooMany();
  }
  return [...found.values()];
}

/** A language with a number for each place that a reading can stand at, 0 for the beginning; found out as far as it is asked. */
function toMachine(language: Language, letters: readonly string[]) {
  const standings: Standing[] = [];
  const numbers = new Map<string, number>();
  const steps: number[][] = [];
  const numberOf = (standing: Standing): number => {
    const key = JSON.stringify(standing);
    const number = numbers.get(key) ?? standings.push(standing) - 1;
    numbers.set(key, number);
    return number;
  };
  numberOf(beginningOf(language));
  return {
    accepts: (at: number) => isAccepted(language, standings[at] ?? []),
    step(at: number, letter: number): number {
      const from = (steps[at] ??= []);
      return (from[letter] ??= numberOf(advanced(language, standings[at] ?? [], letters[letter]?.codePointAt(0) ?? 0)));
    },
  };
}

/** One character of each range within which no language tells one from another; one that can be read, where there is one. */
function lettersOf(languages: readonly Language[]): readonly string[] {
  const borders = bordersOf(languages);
  return borders.map((from, index) => {
    const end = borders[index + 1] ?? 0x110000;
    const readable = [0x78, 0x58, 0x30, 0x2d].find((code) => from <= code && code < end) ?? Math.max(from, 0x21);
    return String.fromCodePoint(readable < end ? readable : from);
  });
}
