import { matchesWildcard } from '../checks/predicates/wildcard.ts';

/**
 * A test for texts by a pattern in which `*` stands for any text, an empty one too, and `?` for exactly one character; all else, and the case of letters,
 * is meant as it stands, and the whole text must fit. Takes time in proportion to both lengths at worst, whatever the pattern.
 */
export function patternOf(pattern: string): (text: string) => boolean {
  const wild = pattern.search(/[*?]/);
  if (wild < 0) return (text) => text === pattern;
  const start = pattern.slice(0, wild);
  const end = /[^*?]*$/.exec(pattern)?.[0] ?? '';
  const rest = [...pattern.slice(wild)];
  if (rest.join('') === `*${end}`)
    return (text) => text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
  return (text) => text.startsWith(start) && text.endsWith(end) && matchesWildcard(rest, [...text.slice(wild)]);
}
