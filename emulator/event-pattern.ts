import { isRecord } from './request.ts';

/**
 * True when an event has what a pattern wants: arrays of values, `exists`, `prefix` and `anything-but`, at any depth.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 * @throws Error when the pattern uses anything else
 */
export function fits(event: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((wanted) => fitsOne(event, wanted));
  if (!isRecord(pattern)) throw new Error(`a filter's values stand in arrays: ${JSON.stringify(pattern)}`);
  return Object.entries(pattern).every(([name, part]) => fits(isRecord(event) ? event[name] : undefined, part));
}

function fitsOne(value: unknown, wanted: unknown): boolean {
  if (!isRecord(wanted)) return value === wanted;
  if ('exists' in wanted) return (value !== undefined) === wanted.exists;
  if ('prefix' in wanted) return typeof value === 'string' && value.startsWith(String(wanted.prefix));
  if ('anything-but' in wanted) return value !== undefined && ![wanted['anything-but']].flat().includes(value);
  throw new Error(`a filter with ${Object.keys(wanted).join(', ')} is not emulated`);
}
