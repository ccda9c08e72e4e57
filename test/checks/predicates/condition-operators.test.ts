import { describe, expect, test } from 'vitest';
import { conditionHolds } from '../../../checks/predicates/condition-operators.ts';
import type { Truth } from '../../../checks/predicates/truth.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const KEY = 'aws:Some';

describe('one value', () => {
  test.each<[string, string | number | boolean, string, Truth]>([
    ['StringEquals', 'Red', 'Red', 'yes'],
    ['StringEquals', 'red', 'Red', 'no'],
    ['StringEquals', 're*', 'red', 'no'],
    ['StringEquals', '*', '*', 'yes'],
    ['StringNotEquals', 'red', 'blue', 'yes'],
    ['StringEqualsIgnoreCase', 'RED', 'red', 'yes'],
    ['StringNotEqualsIgnoreCase', 'RED', 'red', 'no'],
    ['StringLike', 'r?d*', 'red', 'yes'],
    ['StringLike', 'R*', 'red', 'no'],
    ['StringLike', `\${*}`, 'red', 'no'],
    ['StringLike', `\${*}`, '*', 'yes'],
    ['StringNotLike', 'r*', 'red', 'no'],
    ['ArnLike', 'arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:role/a:b', 'yes'],
    ['ArnLike', 'arn:*:role/x', 'arn:aws:iam::111122223333:role/x', 'no'],
    ['ArnLike', 'arn:aws:iam::*', 'arn:aws:iam::111122223333:role/x', 'no'],
    ['ArnEquals', 'arn:aws:s3:::b*', 'arn:aws:s3:::bucket', 'yes'],
    ['ArnNotLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::other', 'yes'],
    ['Bool', true, 'true', 'yes'],
    ['Bool', 'TRUE', 'true', 'yes'],
    ['Bool', 'false', 'true', 'no'],
    ['NumericEquals', '10', '10.0', 'yes'],
    ['NumericNotEquals', 10, '11', 'yes'],
    ['NumericLessThan', 3600, '3600', 'no'],
    ['NumericLessThanEquals', 3600, '3600', 'yes'],
    ['NumericGreaterThan', 1, '2', 'yes'],
    ['NumericLessThanEquals', 3600, '3599', 'yes'],
    ['NumericLessThanEquals', 3600, '3601', 'no'],
    ['NumericLessThan', 1, '', 'no'],
    ['NumericLessThan', 1, ' ', 'no'],
    ['NumericGreaterThan', 2, '2', 'no'],
    ['NumericGreaterThan', 2, '1', 'no'],
    ['NumericGreaterThanEquals', 2, '1', 'no'],
    ['NumericGreaterThanEquals', 2, '2', 'yes'],
    ['NumericGreaterThanEquals', 2, '3', 'yes'],
    ['NumericGreaterThanEquals', 'much', '2', 'no'],
    ['DateLessThan', '2026-06-30T00:00:00Z', '2026-01-01T00:00:00Z', 'yes'],
    ['DateGreaterThan', '1767225600', '2026-01-01T00:00:01Z', 'yes'],
    ['DateEquals', '2026-01-01', '1767225600', 'yes'],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', 'yes'],
    ['BinaryEquals', 'QmluYXJ5', 'b3RoZXI=', 'no'],
    ['Null', 'true', 'there', 'no'],
    ['Null', 'false', 'there', 'yes'],
    ['IpAddress', '203.0.113.0/24', '203.0.113.9', 'yes'],
    ['IpAddress', '203.0.113.9', '203.0.113.9', 'yes'],
    ['IpAddress', '203.0.113.9', '203.0.113.8', 'no'],
    ['IpAddress', '0.0.0.0/0', '2001:db8::1', 'no'],
    ['IpAddress', '2001:db8::/32', '2001:0db8:0:0::7', 'yes'],
    ['IpAddress', 'the office', '203.0.113.9', 'no'],
    ['NotIpAddress', '203.0.113.0/24', '8.8.8.8', 'yes'],
    ['StringMatches', 'red', 'red', 'unknown'],
  ])('%s %s of %s: %s', (operator, wanted, value, truth) => {
    expect(holds(operator, wanted, [value])).toBe(truth);
  });
});

describe('several values', () => {
  test.each<[string, readonly string[], readonly string[], Truth]>([
    ['StringEquals', ['a', 'b'], ['b'], 'yes'],
    ['StringNotEquals', ['a', 'b'], ['b'], 'no'],
    ['StringNotEquals', ['a', 'b'], ['c'], 'yes'],
    ['ForAnyValue:StringEquals', ['a'], ['a', 'c'], 'yes'],
    ['ForAllValues:StringEquals', ['a'], ['a', 'c'], 'no'],
    ['ForAllValues:StringEquals', ['a', 'c'], ['a', 'c'], 'yes'],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'c'], 'yes'],
    ['ForAllValues:StringNotEquals', ['a'], ['a', 'c'], 'no'],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], 'yes'],
  ])('%s %j of %j: %s', (operator, wanted, values, truth) => {
    expect(holds(operator, wanted, values)).toBe(truth);
  });
});

describe('a key that the request lacks, or of which nothing is known', () => {
  test.each<[string, string, Truth, Truth]>([
    ['StringEquals', 'a', 'no', 'unknown'],
    ['StringNotEquals', 'a', 'yes', 'unknown'],
    ['StringEqualsIfExists', 'a', 'yes', 'unknown'],
    ['ForAllValues:StringEquals', 'a', 'yes', 'unknown'],
    ['ForAnyValue:StringEquals', 'a', 'no', 'unknown'],
    ['ForAnyValue:StringNotEquals', 'a', 'no', 'unknown'],
    ['Bool', 'false', 'no', 'unknown'],
    ['BoolIfExists', 'true', 'yes', 'unknown'],
    ['Null', 'true', 'yes', 'unknown'],
    ['Null', 'false', 'no', 'unknown'],
  ])('%s %s: %s, %s', (operator, wanted, lacking, unknown) => {
    expect(holds(operator, wanted, 'absent')).toBe(lacking);
    expect(holds(operator, wanted, [])).toBe(lacking);
    expect(holds(operator, wanted, undefined)).toBe(unknown);
  });

  test('both ways of Null hold whatever is known', () => {
    expect(holds('Null', ['true', 'false'], undefined)).toBe('yes');
  });
});

describe('policy variables', () => {
  test.each<[string, readonly string[] | 'absent' | undefined, Truth]>([
    [`\${aws:PrincipalTag/team}`, ['red'], 'yes'],
    [`\${aws:PrincipalTag/team}`, ['blue'], 'no'],
    [`\${aws:PrincipalTag/team}`, 'absent', 'no'],
    [`\${aws:PrincipalTag/team}`, undefined, 'unknown'],
    [`\${aws:PrincipalTag/team, 'red'}`, 'absent', 'yes'],
    [`\${aws:PrincipalTag/team, 'blue'}`, 'absent', 'no'],
    [`\${aws:PrincipalTag/team, 'blue'}`, ['red'], 'yes'],
    [`\${aws:PrincipalTag/team}`, ['r*'], 'no'],
  ])('%s, which is %j: %s', (wanted, tag, truth) => {
    expect(holds('StringLike', wanted, ['red'], tag)).toBe(truth);
  });
});

function holds(
  operator: string,
  wanted: unknown,
  values: readonly string[] | 'absent' | undefined,
  tag?: readonly string[] | 'absent',
): Truth {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: { [operator]: { [KEY]: wanted } } };
  const condition = toPolicyDocument({ Statement: statement }, 'test').statements[0]?.conditions[0];
  if (condition === undefined) throw new Error('there is no condition');
  return conditionHolds(condition, (key) => (key === 'aws:principaltag/team' ? tag : values));
}
