import { stripVTControlCharacters } from 'node:util';

const HOSTILE = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]+/gu;
/** Longer than anything worth a line; Node's stripping takes time by the square of the length. */
const LONGEST = 4_000;
const STACKED_MARKS = /(\p{M}{2})\p{M}+/gu;

/**
 * Text from outside, made inert for a terminal on one line: no escape sequences, no control or invisible characters, nothing that turns the writing direction.
 * What is taken away leaves a mark, so that two names that differ only in it do not look alike.
 */
export function safeText(text: string): string {
  const bounded = text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
  const plain = stripVTControlCharacters(bounded);
  return `${plain}${plain === bounded ? '' : '\ufffd'}`
    .replace(/[\t\n\r]+/g, ' ')
    .replace(HOSTILE, '\ufffd')
    .replace(STACKED_MARKS, '$1');
}

/** Most JSON is, and to see that is far quicker than to look for what is not. */
const HARMLESS = /^[\n\x20-\x7e]*$/;

/** JSON in which every character that could steer a terminal stands escaped; the value is the same. */
export function safeJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, undefined, indent);
  return HARMLESS.test(json)
    ? json
    : json.replace(/[\u007f-\u009f\p{Zl}\p{Zp}\p{Cf}]/gu, (character) =>
        Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''),
      );
}
