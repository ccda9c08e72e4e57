import { isRecord } from './request.ts';

/**
 * True when an event has what a pattern wants, of EventBridge's rules and of Lambda's filters: arrays of values, `exists`, `prefix`, `suffix`,
 * `anything-but` and `$or`, at any depth.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 * @throws Error when the pattern uses anything else
 */
export function fits(event: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((wanted) => fitsOne(event, wanted));
  if (!isRecord(pattern)) throw new Error(`a pattern's values stand in arrays: ${JSON.stringify(pattern)}`);
  return Object.entries(pattern).every(([name, part]) =>
    name === '$or' ? fitsAny(event, part) : fits(isRecord(event) ? event[name] : undefined, part),
  );
}

function fitsAny(event: unknown, choices: unknown): boolean {
  if (!Array.isArray(choices) || choices.length < 2) throw new Error('a choice is of two patterns or more');
  return choices.some((choice) => fits(event, choice));
}

function fitsOne(value: unknown, wanted: unknown): boolean {
  if (!isRecord(wanted)) return Array.isArray(value) ? value.includes(wanted) : value === wanted;
  const [operator = '', operand] = Object.entries(wanted)[0] ?? [];
  switch (operator) {
    case 'exists':
      return (value !== undefined) === operand;
    case 'prefix':
      return typeof value === 'string' && value.startsWith(String(operand));
    case 'suffix':
      return typeof value === 'string' && value.endsWith(String(operand));
    case 'anything-but':
      return value !== undefined && ![operand].flat().some((unwanted) => fitsOne(value, unwanted));
    default:
      throw new Error(`a pattern with ${operator} is not emulated`);
  }
}
