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
  return (text) => text.startsWith(start) && text.endsWith(end) && fits([...text.slice(wild)], rest);
}

/** Goes back to the last `*` only: what an earlier one could take, the last one can take, too. */
function fits(text: readonly string[], pattern: readonly string[]): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let taken = 0;
  while (at < text.length) {
    if (pattern[next] === '*') {
      star = next;
      taken = at;
      next += 1;
    } else if (next < pattern.length && (pattern[next] === '?' || pattern[next] === text[at])) {
      at += 1;
      next += 1;
    } else {
      if (star < 0) return false;
      taken += 1;
      at = taken;
      next = star + 1;
    }
  }
  while (pattern[next] === '*') next += 1;
  return next === pattern.length;
}
