import * as z from 'zod';

const AnyRecord = z.record(z.string(), z.unknown());
const Choice = z.array(AnyRecord);

/**
 * True when EventBridge would take an event for what a pattern wants: values, `prefix`, `exists`, `anything-but` and `$or`.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @throws Error when the pattern uses anything else
 */
export function matches(event: unknown, pattern: unknown): boolean {
  return Object.entries(AnyRecord.parse(pattern)).every(([name, wanted]) => {
    if (name === '$or')
      return Choice.min(2)
        .parse(wanted)
        .some((each) => matches(event, each));
    const value = AnyRecord.safeParse(event).data?.[name];
    return Array.isArray(wanted) ? wanted.some((each) => fits(value, each)) : matches(value, wanted);
  });
}

function fits(value: unknown, wanted: unknown): boolean {
  if (typeof wanted === 'string') return value === wanted;
  const [operator, operand] = Object.entries(AnyRecord.parse(wanted))[0] ?? [];
  if (operator === 'exists') return (value !== undefined) === operand;
  if (typeof value !== 'string') return false;
  if (operator === 'prefix') return value.startsWith(String(operand));
  if (operator === 'anything-but') return typeof operand === 'string' ? value !== operand : !fits(value, operand);
  throw new Error(`the operator ${operator} is not known here`);
}
