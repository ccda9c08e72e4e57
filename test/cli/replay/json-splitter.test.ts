import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonSplitter, Unsplittable } from '../../../cli/replay/json-splitter.ts';

interface Split {
  readonly values: unknown[];
  readonly broken: number[];
  readonly offsets: number[];
  error?: string;
}

/** Splits a text that comes in pieces of these sizes, over and over again; the piece before is written over, as a file's buffer is. */
function split(text: string, sizes: readonly number[] = [1 << 20]): Split {
  const result: Split = { values: [], broken: [], offsets: [] };
  const splitter = new JsonSplitter({
    onValue: (value, offset) => {
      result.values.push(value);
      result.offsets.push(offset);
    },
    onBroken: (offset) => void result.broken.push(offset),
  });
  const bytes = Buffer.from(text);
  try {
    for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      const room = Buffer.from(bytes.subarray(at, at + size));
      splitter.push(room);
      room.fill(0x7b);
      at += size;
    }
    splitter.end();
  } catch (error) {
    if (!(error instanceof Unsplittable)) throw error;
    result.error = error.message;
  }
  return result;
}

const records = [
  { eventVersion: '1.08', eventName: 'a' },
  { eventVersion: '1.08', n: { list: ['},{"eventVersion":', '"', '\\'] } },
  { x: 1 },
];

describe('records are found in', () => {
  test.each([
    ["CloudTrail's form", JSON.stringify({ Records: records })],
    ['the same, over many lines', JSON.stringify({ Records: records }, undefined, 2)],
    ['the same, with members behind', `{ "Records" : ${JSON.stringify(records)}, "more": {"Records": [1]}, "text": "]}" }`],
    ['the same twice', `${JSON.stringify({ Records: records.slice(0, 1) })}\n${JSON.stringify({ Records: records.slice(1) })}`],
    ['the same behind a byte order mark', `\uFEFF${JSON.stringify({ Records: records })}`],
    ['a list', JSON.stringify(records)],
    ['a list over many lines', ` ${JSON.stringify(records, undefined, '\t')}\r\n`],
    ['whole values', records.map((record) => JSON.stringify(record, undefined, 1)).join('\n')],
    ['whole values without anything between', records.map((record) => JSON.stringify(record)).join('')],
  ])('%s', (_, text) => {
    for (const sizes of [[1 << 20], [1], [7], [255, 3]]) expect(split(text, sizes)).toMatchObject({ values: records, broken: [] });
  });
});

test.each([
  ['', []],
  [' \n', []],
  ['{"Records":[]}', []],
  ['[]', []],
  ['{}', [{}]],
  ['{"Records":{}}', [{ Records: {} }]],
  ['[[1],{}]', [[1], {}]],
])('%j holds %j', (text, values) => {
  expect(split(text, [1])).toEqual({ values, broken: [], offsets: expect.anything() });
});

test('it tells where a value begins, in bytes', () => {
  expect(split('{"Records":[{"é":1},\n {"b":2}]}', [5]).offsets).toEqual([12, 23]);
});

describe('what is broken', () => {
  test.each([
    ['[{"a":1},{"b":nope},{"c":3}]', [{ a: 1 }, { c: 3 }], [9]],
    ['[{"a":1},5x,"y,]",{"c":3}]', [{ a: 1 }, 'y,]', { c: 3 }], [9]],
    ['{"Records":[{"eventVersion":1,},{"eventVersion":2}]}', [{ eventVersion: 2 }], [12]],
  ])('of %s costs only itself', (text, values, broken) => {
    for (const sizes of [[1 << 20], [1]]) expect(split(text, sizes)).toMatchObject({ values, broken });
  });

  test.each([
    ['[{"a":1},{"b":', 'it ends in the middle of what begins at byte 10'],
    ['{"Records":[{"a":1}', 'it ends in the middle of what begins at byte 13'],
    ['hello', 'there is no JSON at byte 1'],
    ['[{"a":1}] {"b":2} x', 'there is no JSON at byte 19'],
    ['{"Records":[{"a":1}}', 'a list is closed as an object at byte 20'],
    ['[{"a":1},{"b":1]},{"c":3}]', 'a list is closed as an object at byte 17'],
    ['{"a":"b', 'it ends in the middle of what begins at byte 1'],
    ['{"a":"b\\', 'it ends in the middle of what begins at byte 1'],
  ])('%s ends the splitting, after what could be split', (text, error) => {
    for (const sizes of [[1 << 20], [1], [9]]) expect(split(text, sizes).error).toBe(error);
    expect(split(text).values.length).toBe(text.includes('{"a":1}') ? (text.includes('{"b":2}') ? 2 : 1) : 0);
  });

  test('is not more than a record may be long', { timeout: 60_000 }, () => {
    const splitter = new JsonSplitter({ onValue: () => undefined, onBroken: () => undefined });
    const chunk = Buffer.alloc(8 * 1024 * 1024, 'x');
    splitter.push(Buffer.from(`[{"a":"${'x'.repeat(300)}`));
    expect(() => {
      for (let times = 0; times < 10; times += 1) splitter.push(chunk);
    }).toThrow('what begins at byte 2 is longer than');
  });
});

const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 6 });
const sizes = fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 5 });
const space = fc.constantFrom('', ' ', '\n', '\t');

test('whatever it is, it splits into what JSON.parse makes of it', () => {
  fc.assert(
    fc.property(objects, sizes, fc.constantFrom(0, 1, 4), fc.boolean(), space, (values, pieces, indent, isMember, between) => {
      const list = JSON.stringify(values, undefined, indent);
      const text = isMember ? `{${between}"Records"${between}:${between}${list}${between}}` : list;
      const parsed: unknown = JSON.parse(list);
      expect(split(text, pieces)).toMatchObject({ values: parsed, broken: [] });
    }),
    { numRuns: 1_000 },
  );
});

test('records whose texts and members look like the seams between records are not cut there', () => {
  const tricky = fc.constantFrom('},{"eventVersion":', '}],{"Records":[', '"', '\\', '}', '{"eventVersion":"1.08"}', 'x');
  const record = fc.record({
    eventVersion: fc.constantFrom('1.08', 1),
    text: fc.array(tricky).map((parts) => parts.join('')),
    nested: fc.array(fc.record({ eventVersion: tricky })),
  });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), sizes, (values, pieces) => {
      const parsed: unknown = JSON.parse(JSON.stringify(values));
      expect(split(JSON.stringify({ Records: values }), pieces)).toMatchObject({ values: parsed, broken: [] });
    }),
    { numRuns: 1_000 },
  );
});

test('no bytes make it throw anything but that they cannot be split', () => {
  const bytes = fc
    .array(fc.constantFrom(...'{}[]",:\\ \nax1', '"Records":[', '{"eventVersion":'), { maxLength: 40 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(bytes, sizes, (text, pieces) => {
      const inPieces = split(text, pieces);
      expect(inPieces).toEqual(split(text));
    }),
    { numRuns: 2_000 },
  );
});
