/** A character that no pattern names: it stands for all of those. */
const UNNAMED = '\u{e000}';

/** Real policies need some hundred; more means that somebody built one to be unreadable. */
const MAX_STATES = 10_000;

/**
 * Every set of `patterns` that some one text matches, all of it and none of the others, among the texts that `universe` matches (IAM
 * wildcards in both; in `universe` a `+` is one or more characters other than a colon). Exact for any use of `*` and `?`: all patterns read along side by side, over every character that one of them names
 * and one that none names, until no new state turns up. What a union, a difference or a complement of patterns decides about all texts
 * is therefore decided by looking at these sets. Throws when the patterns are too entangled.
 */
export function matchCombinations(universe: string, patterns: readonly string[]): readonly ReadonlySet<string>[] {
  const distinct = [...new Set(patterns)];
  const readers = [toReader(universe, '+'), ...distinct.map((pattern) => toReader(pattern))];
  const alphabet = new Set([...`${universe}${distinct.join('')}`, UNNAMED]);
  alphabet.delete('*');
  alphabet.delete('?');
  const combinations = new Map<string, ReadonlySet<string>>();
  const seen = new Set<string>();
  const waiting: (readonly number[])[] = [readers.map(() => 0)];
  for (let states = waiting.pop(); states; states = waiting.pop()) {
    const [inUniverse, ...matches] = readers.map((reader, index) => reader.matches(states[index]));
    if (inUniverse) combinations.set(matches.join(), new Set(distinct.filter((_, index) => matches[index])));
    for (const character of alphabet) {
      const next = readers.map((reader, index) => reader.next(states[index], character));
      const key = next.join();
      if (next[0] === DEAD || seen.has(key)) continue;
      if (seen.size >= MAX_STATES) throw new Error(`the wildcards of ${distinct.length} policy patterns are too entangled to compare`);
      seen.add(key);
      waiting.push(next);
    }
  }
  return [...combinations.values()];
}

const DEAD = -1;

/** A pattern as a machine that reads a text character by character; states are numbers, the first is 0. */
interface PatternReader {
  readonly next: (state: number | undefined, character: string) => number;
  readonly matches: (state: number | undefined) => boolean;
}

/** Places in the pattern that the text read so far may have come to. */
type Places = readonly number[];

function toReader(pattern: string, word?: string): PatternReader {
  const states: { readonly places: Places; readonly steps: Map<string, number> }[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (places: Places): number => {
    if (places.length === 0) return DEAD;
    const name = places.join();
    const number = numbers.get(name) ?? states.push({ places, steps: new Map() }) - 1;
    numbers.set(name, number);
    return number;
  };
  numberOf(reach(pattern, [0]));
  return {
    next(number = DEAD, character) {
      const state = states[number];
      if (!state) return DEAD;
      const next = state.steps.get(character) ?? numberOf(read(pattern, state.places, character, word));
      state.steps.set(character, next);
      return next;
    },
    matches: (number = DEAD) => states[number]?.places.includes(pattern.length) ?? false,
  };
}

function read(pattern: string, places: Places, character: string, word?: string): Places {
  const next = places.flatMap((place) => {
    const part = pattern[place];
    if (part === '*') return [place];
    if (part !== undefined && part === word) return character === ':' ? [] : [place, place + 1];
    return part === '?' || part === character ? [place + 1] : [];
  });
  return reach(pattern, next);
}

/** Steps over `*`, which may stand for nothing. Whatever an earlier place could go on to match, the last `*` that was reached can too. */
function reach(pattern: string, places: Places): Places {
  const reached = new Set<number>();
  let lastStar = 0;
  for (const start of places) {
    let place = start;
    while (pattern[place] === '*') {
      lastStar = Math.max(lastStar, place);
      reached.add(place++);
    }
    reached.add(place);
  }
  return [...reached].filter((place) => place >= lastStar).sort((a, b) => a - b);
}
