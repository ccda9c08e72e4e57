import type { Filter } from '../request.ts';

/** EC2's filter values: `*` and `?` are wildcards. */
function matchesPattern(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's').test(value);
}

/** Thrown for a filter that nobody has modelled: to ignore it would be to answer wrongly. */
export class UnknownFilter extends Error {
  override name = 'UnknownFilter';
}

/** True when each filter has a value that fits. `actualOf` gives `undefined` for filters it does not know. @throws UnknownFilter */
export function passesAll(filters: readonly Filter[], actualOf: (name: string) => string | undefined): boolean {
  return filters.every(({ name, values }) => {
    const actual = actualOf(name);
    if (actual === undefined) throw new UnknownFilter(`The filter '${name}' is invalid`);
    return values.some((pattern) => matchesPattern(pattern, actual));
  });
}
