import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Listed, Unread, type UnreadReason } from '../../../inventory/facet.ts';
import { BrokenSnapshot } from '../../../inventory/snapshot/broken-snapshot.ts';
import { Decoder } from '../../../inventory/snapshot/decoder.ts';
import { Encoder, Unstorable } from '../../../inventory/snapshot/encoder.ts';

const denied: UnreadReason = { cause: 'denied', operation: 's3:GetBucketAcl', permissions: ['s3:GetBucketAcl'], message: 'no' };

/** Through text, as a file would have it. */
function roundTrip(...values: readonly unknown[]): unknown[] {
  const [encoder, decoder] = [new Encoder(), new Decoder()];
  const lines = values.map((value) => JSON.stringify(encoder.encode(value)));
  return lines.map((line) => decoder.decode(JSON.parse(line)));
}

const once = (value: unknown): unknown => roundTrip(value)[0];

describe('whatever JSON can say, and what it cannot', () => {
  test('comes back to the letter', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withUnicodeString: true,
      key: fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'of', 'constructor', '1', 'toString')),
    });
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 4 }), (values) => {
        expect(isDeepStrictEqual(roundTrip(...values), values)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('odd values come back to the letter', () => {
    const odd = [
      ...[undefined, Number.NaN, -0, Number.NEGATIVE_INFINITY, 10n ** 30n, new Date(Number.NaN), '\u2028 \ud83d \u0000'],
      ...[{ a: undefined }, { $: 3 }, [undefined, null], JSON.parse('{"__proto__":{"admin":true},"a":[{"__proto__":null}]}')],
    ];
    expect(odd.map(once)).toStrictEqual(odd);
  });

  test('a member called __proto__ changes no prototype', () => {
    const decoded = Object(once(JSON.parse('{"__proto__":{"x":{"$":1}}}')));
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
    expect(Object.keys(decoded)).toEqual(['__proto__']);
  });
});

describe('what was not read', () => {
  test('a partial list yields what is known, and then the refusal', () => {
    const list = once({ rules: new Listed([1, new Listed(['deep'], denied)], denied) });
    const { rules } = Object(list);
    expect(rules).toBeInstanceOf(Listed);
    expect(rules.unread).toEqual(denied);
    expect(rules.known[1].known).toEqual(['deep']);
    const seen: unknown[] = [];
    expect(() => {
      for (const element of rules) seen.push(element);
    }).toThrow(expect.objectContaining({ name: 'Unread', reason: denied }));
    expect(seen).toHaveLength(2);
  });

  test('a whole list stays whole', () => {
    expect([...Object(once(new Listed(['a', undefined])))]).toEqual(['a', undefined]);
  });

  test('a getter that refuses still refuses, with the same reason, and the members beside it are there', () => {
    const facet = {
      before: 1,
      get acl(): never {
        throw new Unread(denied);
      },
      get policy() {
        return 'computed';
      },
    };
    const decoded = Object(once(facet));
    expect(Object.keys(decoded)).toEqual(['before', 'acl', 'policy']);
    expect([decoded.before, decoded.policy]).toEqual([1, 'computed']);
    expect(() => decoded.acl).toThrow(expect.objectContaining({ name: 'Unread', message: 'no', reason: denied }));
  });

  test("a getter with a bug still throws the bug's error", () => {
    const decoded = Object(
      once({
        get broken(): never {
          throw new TypeError('x is not a function');
        },
      }),
    );
    expect(() => decoded.broken).toThrow(expect.objectContaining({ name: 'TypeError', message: 'x is not a function' }));
  });
});

describe('shared objects', () => {
  test('are written once, however many hold them', () => {
    const principals = Array.from({ length: 200 }, (_, index) => ({ arn: `arn:aws:iam::111122223333:role/role-${index}`, denied }));
    const encoder = new Encoder();
    const [first, ...others] = Array.from({ length: 50 }, () => JSON.stringify(encoder.encode({ principals })).length);
    expect(first).toBeGreaterThan(5_000);
    expect(Math.max(...others)).toBeLessThan(50);
  });

  test('are one object again, within a value and across values', () => {
    const image = { id: 'ami-1', at: new Date(0), tags: new Map([['a', denied]]) };
    const [first, second] = roundTrip({ image, again: image }, [new Listed([image], denied)]);
    const { image: one, again } = Object(first);
    const [list] = Object(second);
    expect(again).toBe(one);
    expect(list.known[0]).toBe(one);
    expect(list.unread).toBe(one.tags.get('a'));
  });
});

describe('what no facet should hold', () => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  test.each([
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a promise', Promise.resolve(1)],
    ['an object of an unknown class', new URL('https://example.com')],
    ['what holds itself', cycle],
  ])('%s is refused', (_, value) => {
    expect(() => new Encoder().encode({ value })).toThrow(Unstorable);
  });

  test('does not disturb what is encoded after it', () => {
    const [encoder, decoder] = [new Encoder(), new Decoder()];
    const shared = { a: 1 };
    expect(() => encoder.encode([shared, () => 1])).toThrow(Unstorable);
    expect(decoder.decode(JSON.parse(JSON.stringify(encoder.encode([shared, shared]))))).toEqual([shared, shared]);
  });
});

test.each([
  '{"$":7}',
  '{"$":"who"}',
  '{"$":"map","of":3}',
  '{"$":"listed","of":[],"unread":{}}',
  '{"$":-1}',
  '{"$":null}',
])('what no encoder has made is refused: %s', (line) => {
  expect(() => new Decoder().decode(JSON.parse(line))).toThrow(BrokenSnapshot);
});
