import fc from 'fast-check';

const HOSTILE = [
  '\u0000',
  '\n',
  '\r',
  '\t',
  '\u001b[31m',
  '\u001b]8;;x\u0007',
  '\u009b',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\u0301',
];
const WIDE = ['名', 'ｱ', '🪣', '👩‍🚒', '🇨🇭', '𖿠', 'ﷺ', 'é', '\u1112\u1161\u11ab'];

/** Text as strangers write it: plain, wide, combining, invisible, steering, and any other code point. */
export const anyText = fc.string({
  unit: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...'abcdefgh -:/.') },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
    { weight: 2, arbitrary: fc.constantFrom(...WIDE) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0x10_ff_ff }).map((point) => String.fromCodePoint(point)) },
  ),
  maxLength: 60,
});
