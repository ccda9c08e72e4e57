import ipaddr from 'ipaddr.js';
import type { PolicyCondition } from '../../inventory/policy-document.ts';
import { type Carries, fillIn, literal } from './policy-variables.ts';
import { allTrue, anyTrue, opposite, type Truth, toTruth } from './truth.ts';
import { matchesWildcard } from './wildcard.ts';

/** Whether a request's value is what a condition's value asks for. `pattern` is filled in: see `fillIn`. */
type Compare = (value: string, pattern: string) => boolean;

const NUMBERS: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  equals: (one, other) => one === other,
  lessthan: (one, other) => one < other,
  lessthanequals: (one, other) => one <= other,
  greaterthan: (one, other) => one > other,
  greaterthanequals: (one, other) => one >= other,
};

const COMPARISONS: ReadonlyMap<string, Compare> = new Map(
  Object.entries<Compare>({
    arnequals: isArnLike,
    arnlike: isArnLike,
    binaryequals: (value, text) => literal(value) === text,
    bool: (value, text) => value.toLowerCase() === text.toLowerCase(),
    ipaddress: isInRange,
    stringequals: (value, text) => literal(value) === literal(text),
    stringequalsignorecase: (value, text) => literal(value).toLowerCase() === literal(text).toLowerCase(),
    stringlike: (value, pattern) => matchesWildcard(pattern, literal(value)),
    ...Object.fromEntries(
      Object.entries(NUMBERS).flatMap(([name, holds]) => [
        [`numeric${name}`, (value: string, text: string) => holds(toNumber(value), toNumber(text))],
        [`date${name}`, (value: string, text: string) => holds(toTime(value), toTime(text))],
      ]),
    ),
  }),
);

/** Each is true of what its opposite is not true of. */
const NEGATED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    arnnotequals: 'arnequals',
    arnnotlike: 'arnlike',
    datenotequals: 'dateequals',
    notipaddress: 'ipaddress',
    numericnotequals: 'numericequals',
    stringnotequals: 'stringequals',
    stringnotequalsignorecase: 'stringequalsignorecase',
    stringnotlike: 'stringlike',
  }),
);

/**
 * Whether a condition holds for a request: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and, for the prefixes,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html. Of several values one suffices; a negated
 * operator asks that none matches. A key that the request lacks fails every operator but the negated ones, `Null`, `IfExists` and `ForAllValues`.
 * `unknown` where it depends on what is not known of the request, and for an operator that AWS does not document.
 */
export function conditionHolds(condition: PolicyCondition, carries: Carries): Truth {
  const { operator, qualifier, ifExists, key, values } = condition;
  const carried = carries(key);
  if (operator === 'null') return isAbsent(carried, values);
  const compare = COMPARISONS.get(NEGATED.get(operator) ?? operator);
  if (compare === undefined || carried === undefined) return 'unknown';
  const isNegated = NEGATED.has(operator);
  if (carried === 'absent' || carried.length === 0)
    return toTruth(ifExists || qualifier === 'ForAllValues' || (isNegated && qualifier === undefined));
  const isAsked = (value: string): Truth => {
    const matches = anyTrue(values, (wanted) => isWanted(value, wanted, compare, carries));
    return isNegated ? opposite(matches) : matches;
  };
  return qualifier === 'ForAllValues' ? allTrue(carried, isAsked) : anyTrue(carried, isAsked);
}

function isAbsent(carried: ReturnType<Carries>, values: readonly string[]): Truth {
  const asked = new Set(values.map((value) => value.toLowerCase()));
  if (asked.has('true') && asked.has('false')) return 'yes';
  if (carried === undefined) return 'unknown';
  return toTruth(asked.has(String(carried === 'absent' || carried.length === 0)));
}

function isWanted(value: string, wanted: string, compare: Compare, carries: Carries): Truth {
  const filled = fillIn(wanted, carries);
  if (filled === undefined) return 'no';
  if (filled.sure) return toTruth(compare(value, filled.pattern));
  return 'unknown';
}

/** Part by part, so that a `*` does not run over a colon; the last part may hold colons. */
function isArnLike(value: string, pattern: string): boolean {
  const [wanted, actual] = [toArnParts(pattern), toArnParts(literal(value))];
  return wanted.length === actual.length && wanted.every((part, index) => matchesWildcard(part, actual[index] ?? ''));
}

const ARN_PARTS = 6;

function toArnParts(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= ARN_PARTS ? parts : [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
}

function isInRange(value: string, range: string): boolean {
  const text = range.trim();
  if (!ipaddr.isValid(value) || !(ipaddr.isValidCIDR(text) || ipaddr.isValid(text))) return false;
  const address = ipaddr.parse(value);
  if (!text.includes('/')) return ipaddr.parse(text).toNormalizedString() === address.toNormalizedString();
  const [base, length] = ipaddr.parseCIDR(text);
  return base.kind() === address.kind() && address.match([base, length]);
}

function toNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** ISO 8601, or seconds since 1970. */
function toTime(text: string): number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
