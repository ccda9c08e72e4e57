import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeText } from '../../cli/render/safe-text.ts';
import { toTable } from '../../cli/render/table.ts';
import { shortenEnd, shortenMiddle, widthOf, wrap } from '../../cli/render/width.ts';
import { anyText } from './any-text.ts';

const COLUMNS = [
  { head: 'Resource', min: 10, overflow: 'middle' },
  { head: 'Region', min: 6, overflow: 'end' },
  { head: 'Reason', min: 12, overflow: 'wrap' },
] as const;

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/payments-production/50dc6c495c0c9188';
const rows = [
  [{ text: 'sg-0abc' }, { text: 'eu-west-1' }, { text: 'SSH (22) open to the internet' }],
  [{ text: ARN }, { text: 'ap-southeast-2' }, { text: '全世界に公開されているバケット 🪣🪣🪣 from 0.0.0.0/0' }],
];
const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;

describe.each([60, 80, 120])('a table on %i columns', (width) => {
  test('fits', () => {
    for (const line of toTable(COLUMNS, rows, { width, indent: 2, head: (text) => text }).split('\n')) {
      expect(widthOf(line)).toBeLessThanOrEqual(width);
    }
  });

  test('is the same with colours, once they are taken away', () => {
    const painted = rows.map((row) => row.map((cell) => ({ ...cell, paint: bold })));
    const stripped = stripVTControlCharacters(toTable(COLUMNS, painted, { width }));
    expect(stripped.split('\n').map((line) => line.trimEnd())).toEqual(toTable(COLUMNS, rows, { width }).split('\n'));
  });

  test('fits whatever the names are', () => {
    const cell = fc.oneof(anyText, fc.constant(ARN)).map((text) => ({ text }));
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(table, (cells) => {
        for (const line of toTable(COLUMNS, cells, { width }).split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

test('a table reads like this', () => {
  expect(`\n${toTable(COLUMNS, rows, { width: 60, head: (text) => text })}\n`).toMatchInlineSnapshot(`
    "
    Resource               Region          Reason
    sg-0abc                eu-west-1       SSH (22) open to the
                                           internet
    arn:aws:e…c495c0c9188  ap-southeast-2  全世界に公開されてい
                                           るバケット 🪣🪣🪣
                                           from 0.0.0.0/0
    "
  `);
});

describe('a last column that may stand beneath', () => {
  const columns = [COLUMNS[0], COLUMNS[1], { head: 'Reason', min: 36, overflow: 'wrap', under: true }] as const;
  const named = [
    [{ text: 'staging (sg-b49a7ed7144554550)' }, { text: 'eu-west-1' }, { text: 'TCP 22, TCP 8080 open to the internet, not attached' }],
  ];

  test('does so where it would be too narrow, and shortens nothing', () => {
    expect(`\n${toTable(columns, named, { width: 60, head: (text) => text })}\n`).toMatchInlineSnapshot(`
      "
      Resource                        Region
      staging (sg-b49a7ed7144554550)  eu-west-1
        TCP 22, TCP 8080 open to the internet, not attached
      "
    `);
  });

  test('stands beside where there is room', () => {
    expect(`\n${toTable(columns, named, { width: 80 })}\n`).toMatchInlineSnapshot(`
      "
      staging (sg-b49a7ed7144554550)  eu-west-1  TCP 22, TCP 8080 open to the
                                                 internet, not attached
      "
    `);
    expect(toTable(columns, named, { width: 120 }).split('\n')).toHaveLength(1);
  });

  test.each([60, 80, 120])('fits on %i columns whatever the names are', (width) => {
    const cell = fc.oneof(anyText, fc.constant(ARN)).map((text) => ({ text }));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 }), (cells) => {
        for (const line of toTable(columns, cells, { width }).split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('shortening', () => {
  test('keeps both ends of an ARN', () => {
    expect(shortenMiddle(ARN, 40)).toBe('arn:aws:elasticlo…ction/50dc6c495c0c9188');
  });

  test('never cuts a wide character in two', () => {
    expect(shortenEnd('名前名前', 6)).toBe('名前…');
    expect(shortenMiddle('名前名前名前', 6)).toBe('名…前');
  });

  test('any text fits any width, and stays whole where it fits', () => {
    fc.assert(
      fc.property(anyText.map(safeText), fc.integer({ min: 2, max: 40 }), (text, width) => {
        expect(widthOf(shortenEnd(text, width))).toBeLessThanOrEqual(width);
        expect(widthOf(shortenMiddle(text, width))).toBeLessThanOrEqual(width);
        if (widthOf(text) <= width) expect([shortenEnd(text, width), shortenMiddle(text, width)]).toEqual([text, text]);
      }),
    );
  });
});

test('an id is broken between its parts', () => {
  expect(wrap('ec2-security-group-admin-ports-closed', 17)).toEqual(['ec2-security-', 'group-admin-', 'ports-closed']);
  expect(wrap('see abcdefghij', 4)).toEqual(['see', 'abcd', 'efgh', 'ij']);
});

test('wrapping loses nothing but the spaces that it breaks at', () => {
  fc.assert(
    fc.property(anyText.map(safeText), fc.integer({ min: 2, max: 40 }), (text, width) => {
      expect(wrap(text, width).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }),
  );
});
