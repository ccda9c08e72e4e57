import { refuseToJudge } from './unread.ts';

/** A character that no pattern names: it stands for all of those. */
const UNNAMED = '\u{e000}';

/** Steps of one pattern over one character: all policies that a principal can have take some 100,000, ones built to be unreadable any number. */
const MAX_STEPS = 1_000_000;

/**
 * Every set of `patterns` that some one text matches, all of it and none of the others, among the texts that `universe` matches (IAM
 * wildcards in both; in `universe` a `+` is one or more characters other than a colon). Exact for any use of `*` and `?`: all patterns read
 * along side by side, over every character that one of them waits for and one that none names, until no new state turns up. What a union, a
 * difference or a complement of patterns decides about all texts is therefore decided by looking at these sets. Throws `Unread` when
 * the patterns are too entangled.
 */
export function matchCombinations(universe: string, patterns: readonly string[]): readonly ReadonlySet<string>[] {
  const all = [universe, ...new Set(patterns)];
  const start = toState(all.map((pattern, index) => [index, reach(pattern, [0])]));
  const combinations = new Map<string, ReadonlySet<string>>();
  const seen = new Set([start.name]);
  const waiting = [start];
  let steps = 0;
  for (let state = waiting.pop(); state; state = waiting.pop()) {
    const [inUniverse, ...matched] = state.readers
      .filter(([index, places]) => places.includes(all[index]?.length ?? 0))
      .map(([index]) => index);
    if (inUniverse === UNIVERSE) combinations.set(matched.join(), new Set(matched.flatMap((index) => all[index] ?? [])));
    for (const next of followers(state, all)) {
      steps += state.readers.length;
      if (steps > MAX_STEPS) refuseToJudge('malformed', 'iam:GetAccountAuthorizationDetails', TOO_ENTANGLED);
      if (seen.has(next.name)) continue;
      seen.add(next.name);
      waiting.push(next);
    }
  }
  return [...combinations.values()];
}

const UNIVERSE = 0;
const TOO_ENTANGLED = 'the wildcards of the policies are too entangled to compare';

/** Places in a pattern that the text read so far may have come to. */
type Places = readonly number[];

/** The universe and the patterns that the text read so far may still come to match, by index, each with its places. */
interface State {
  readonly readers: readonly (readonly [index: number, places: Places])[];
  readonly name: string;
}

function toState(readers: State['readers']): State {
  return { readers, name: readers.join(';') };
}

/** States after one more character. Characters that nobody waits for here lead where the unnamed one does, or out of the universe. */
function* followers({ readers }: State, all: readonly string[]): Generator<State> {
  const characters = new Set([UNNAMED]);
  for (const [index, places] of readers) for (const place of places) characters.add(all[index]?.[place] ?? UNNAMED);
  for (const character of characters) {
    if (character === '*' || character === '?') continue;
    const next = readers
      .map(([index, places]) => [index, read(all[index] ?? '', places, character, index === UNIVERSE ? '+' : '')] as const)
      .filter(([, places]) => places.length > 0);
    if (next[0]?.[0] === UNIVERSE) yield toState(next);
  }
}

function read(pattern: string, places: Places, character: string, word: string): Places {
  const next = places.flatMap((place) => {
    const part = pattern[place];
    if (part === '*') return [place];
    if (part === word) return character === ':' ? [] : [place, place + 1];
    return part === '?' || part === character ? [place + 1] : [];
  });
  return next.length === 0 ? next : reach(pattern, next);
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
