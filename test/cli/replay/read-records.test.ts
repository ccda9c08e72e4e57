import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { listInputs } from '../../../cli/replay/inputs.ts';
import { readRecords } from '../../../cli/replay/read-records.ts';
import { emptyFolder } from '../fake-world.ts';

async function* stdin(...chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* chunks;
}

interface Read {
  readonly records: unknown[];
  readonly troubles: string[];
}

async function readFile(name: string, contents: string | Buffer, input = stdin()): Promise<Read> {
  const folder = emptyFolder();
  if (name !== '-') writeFileSync(join(folder, name), contents);
  const read: Read = { records: [], troubles: [] };
  for (const one of listInputs([name], folder, () => undefined).inputs)
    await readRecords(one, input, {
      onRecord: (record) => void read.records.push(record),
      onTrouble: (where, message) => void read.troubles.push(`${where}: ${message}`),
      onPause: async () => undefined,
    });
  return read;
}

const records = [
  { eventVersion: '1.08', eventName: 'a' },
  { eventVersion: '1.08', eventName: 'b', text: 'x\n}' },
];
const lines = records.map((record) => JSON.stringify(record)).join('\n');
const envelope = { 'detail-type': 'AWS API Call via CloudTrail', detail: records[0] };

describe('records are read from', () => {
  test.each<[string, string, string | Buffer, unknown[]]>([
    ["a log file in CloudTrail's form", 'a.json', JSON.stringify({ Records: records }), records],
    ['the same, packed', 'a.json.gz', gzipSync(JSON.stringify({ Records: records })), records],
    ['the same, packed under a name that does not say so', 'a.txt', gzipSync(JSON.stringify({ Records: records })), records],
    ['the same, under a name that says it is packed', 'a.json.gz', JSON.stringify({ Records: records }), records],
    ['files packed one behind another', 'a.gz', Buffer.concat([gzipSync(`${lines}\n`), gzipSync(lines)]), [...records, ...records]],
    ['a list', 'a.json', JSON.stringify(records), records],
    ['a single record', 'a.json', JSON.stringify(records[0]), records.slice(0, 1)],
    ['a single record over many lines', 'a.json', JSON.stringify(records[0], undefined, 2), records.slice(0, 1)],
    ['an envelope of EventBridge', 'a.json', JSON.stringify(envelope), [envelope]],
    ['records behind other members', 'a.json', JSON.stringify({ more: 1, Records: records }), records],
    ['NDJSON', 'a.ndjson', `${lines}\n`, records],
    ['NDJSON under another name', 'a.json', `\uFEFF${lines}`, records],
    ['NDJSON with empty lines, of Windows', 'a.log', `\r\n${lines.replaceAll('\n', '\r\n\r\n')}\r\n`, records],
    ['NDJSON, packed', 'a.jsonl.gz', gzipSync(lines), records],
    ['lines that are files', 'a.ndjson', `${JSON.stringify({ Records: records })}\n${JSON.stringify(records)}`, [...records, ...records]],
    ['nothing', 'a.json', '', []],
  ])('%s', async (_, name, contents, expected) => {
    expect(await readFile(name, contents)).toEqual({ records: expected, troubles: [] });
  });

  test('stdin, packed or not, in whatever pieces', async () => {
    const bytes = gzipSync(JSON.stringify({ Records: records }));
    const pieces = Array.from({ length: bytes.length }, (_, at) => bytes.subarray(at, at + 1));
    expect(await readFile('-', '', stdin(bytes.subarray(0, 9), bytes.subarray(9)))).toEqual({ records, troubles: [] });
    expect(await readFile('-', '', stdin(bytes.subarray(0, 2), ...pieces.slice(2)))).toEqual({ records, troubles: [] });
    expect(await readFile('-', '', stdin(Buffer.from(lines)))).toEqual({ records, troubles: [] });
    expect(await readFile('-', '', stdin())).toEqual({ records: [], troubles: [] });
  });

  test('files larger than a piece that is read at once', async () => {
    const many = Array.from({ length: 9_000 }, (_, index) => ({ eventVersion: '1.08', index, text: 'é'.repeat(index % 300) }));
    for (const contents of [JSON.stringify({ Records: many }), gzipSync(JSON.stringify({ Records: many }, undefined, 1))])
      expect(await readFile('a.json', contents)).toEqual({ records: many, troubles: [] });
    expect(await readFile('a.ndjson', many.map((each) => JSON.stringify(each)).join('\n'))).toEqual({ records: many, troubles: [] });
  });

  test('packed files too large to unpack at once', { timeout: 60_000 }, async () => {
    const text = 'x'.repeat(1024 * 1024);
    const many = Array.from({ length: 70 }, (_, index) => ({ eventVersion: '1.08', index, text }));
    const { records: read, troubles } = await readFile('a.json', gzipSync(JSON.stringify({ Records: many })));
    expect({ read: read.length, troubles }).toEqual({ read: 70, troubles: [] });
  });
});

describe('what is broken is told, and the rest is read', () => {
  const [first = {}, second = {}] = records;
  const whole = gzipSync(JSON.stringify({ Records: records }));

  test.each<[string, string, string | Buffer, unknown[], string[]]>([
    ['a line', 'a.ndjson', `${JSON.stringify(first)}\n{"a":\n${JSON.stringify(second)}`, records, ['line 2: is no JSON']],
    ['the last line', 'a.ndjson', `${JSON.stringify(first)}\n{"a":`, [first], ['line 2: is no JSON']],
    ['a line that is no record', 'a.ndjson', `${lines}\n5`, records, ['line 3: is no record']],
    ['an element', 'a.json', `[${JSON.stringify(first)},{"a":x}]`, [first], ['what begins at byte 42: is no JSON']],
    ['an element that is no record', 'a.json', '[null,[],{"a":1}]', [{ a: 1 }], ['byte 2: is no record']],
    [
      'a file that was cut off',
      'a.json',
      JSON.stringify({ Records: records }).slice(0, -20),
      [first],
      [': it ends in the middle of what begins at byte 53; nothing after it could be judged'],
    ],
    ['a file that is no JSON', 'a.json', 'hello', [], [': there is no JSON at byte 1; nothing after it could be judged']],
    ['a file that was packed and cut off', 'a.json.gz', whole.subarray(0, -4), records, [': its gzip data ends too early']],
    [
      'a file that was packed and spoilt',
      'a.json.gz',
      Buffer.concat([whole.subarray(0, -6), Buffer.from('abcdef')]),
      [],
      [': it cannot be read (Z_DATA_ERROR)'],
    ],
  ])('%s', async (_, name, contents, expected, troubles) => {
    expect(await readFile(name, contents)).toEqual({ records: expected, troubles });
  });
});

describe('a folder', () => {
  const files = ['b/2.json', 'b/1.json.gz', 'a.log', 'c.txt', 'z/111122223333_CloudTrail-Digest_eu-west-1_x.json.gz', 'B.jsonl'];

  function folder(): string {
    const made = emptyFolder();
    for (const file of files) {
      mkdirSync(join(made, file, '..'), { recursive: true });
      writeFileSync(join(made, file), '{}');
    }
    return made;
  }

  test('is gone through by name, and what holds no records by its name is counted', () => {
    const { inputs, passedOver } = listInputs(['.'], folder(), () => undefined);
    expect([...inputs].map(({ shown }) => shown)).toEqual(['B.jsonl', 'a.log', 'b/1.json.gz', 'b/2.json']);
    expect(passedOver()).toBe(2);
  });

  test('named beside its own files is read as it was asked', () => {
    const shown = [...listInputs(['c.txt', 'b', 'a.log'], folder(), () => undefined).inputs].map((input) => input.shown);
    expect(shown).toEqual(['c.txt', 'b/1.json.gz', 'b/2.json', 'a.log']);
  });

  test('that is not there is told before anything is read', () => {
    expect(() => listInputs(['b', 'nope'], folder(), () => undefined)).toThrow('cannot read nope (ENOENT)');
  });
});
