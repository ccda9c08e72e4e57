import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeJson, safeText } from '../../cli/render/safe-text.ts';
import { anyText } from './any-text.ts';

const STEERING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

describe('text from outside', () => {
  test.each([
    ['a colour', '\u001b[31mred\u001b[0m', 'red\ufffd'],
    ['a link', '\u001b]8;;http://evil.example\u0007click\u001b]8;;\u0007', 'click\ufffd'],
    ['a cut sequence', 'a\u001b', 'a\ufffd'],
    ['a C1 control', 'a\u009b31mb', 'ab\ufffd'],
    ['a line break', 'PASS\nFAIL', 'PASS FAIL'],
    ['a carriage return', 'bad\rgood', 'bad good'],
    ['a right-to-left override', 'user\u202egpj.exe', 'user\ufffdgpj.exe'],
    ['an invisible space', 'ad\u200bmin', 'ad\ufffdmin'],
    ['stacked marks', `a${'\u0301'.repeat(40)}`, 'a\u0301\u0301'],
    ['an emoji of several characters', '👩‍🚒 名前', '👩‍🚒 名前'],
  ])('%s is made inert', (_name, hostile, inert) => {
    expect(safeText(hostile)).toBe(inert);
  });

  test('nothing that steers a terminal survives', () => {
    fc.assert(fc.property(anyText, (text) => !STEERING.test(safeText(text))));
  });
});

describe('JSON', () => {
  test('keeps every value, and steers no terminal', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const json = safeJson({ [text]: text });
        expect(JSON.parse(json)).toEqual({ [text]: text });
        expect(json).not.toMatch(STEERING);
      }),
    );
  });
});
