import stringWidth from 'string-width';

const PLAIN = /^[\x20-\x7e]*$/;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns that a text takes on a terminal: two for a wide character, none for a combining one. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** The text, or as much of its beginning as fits, ending in `…`. */
export function shortenEnd(text: string, width: number): string {
  return widthOf(text) <= width ? text : `${firstOf(graphemes(text), width - 1)}…`;
}

/** The text, or its beginning and end around `…`: an ARN tells most at its ends. */
export function shortenMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width <= 1) return '…';
  const parts = graphemes(text);
  const tail = lastOf(parts, Math.ceil((width - 1) * 0.55));
  return `${firstOf(parts, width - 1 - widthOf(tail))}…${tail}`;
}

/** The text in lines of at most `width` columns, broken at spaces where there are any, else between the parts of an id. */
export function wrap(text: string, width: number): readonly string[] {
  return joined(
    text.split(' ').flatMap((word) => pieces(word, width)),
    width,
  );
}

/** The same, but a word that does not fit stays whole: what is copied must not be cut. */
export function wrapWhole(text: string, width: number): readonly string[] {
  return joined(text.split(' '), width);
}

function joined(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  return lines;
}

/** Where an id or a path may be broken: after what joins its parts. */
const JOINTS = /(?<=[-_/:=,.])/u;

/** A word cut into pieces that fit: between its parts, or where a single part is too long, anywhere. */
function pieces(word: string, width: number): readonly string[] {
  if (widthOf(word) <= width) return [word];
  const parts = word.split(JOINTS).flatMap((part) => (widthOf(part) <= width ? [part] : graphemes(part)));
  const cut: string[] = [];
  let piece = '';
  for (const part of parts) {
    if (piece !== '' && widthOf(piece + part) > width) {
      cut.push(piece);
      piece = '';
    }
    piece += part;
  }
  return [...cut, piece];
}

function graphemes(text: string): readonly string[] {
  return PLAIN.test(text) ? [...text] : [...segmenter.segment(text)].map(({ segment }) => segment);
}

function firstOf(parts: readonly string[], width: number): string {
  let taken = '';
  for (const part of parts) {
    if (widthOf(taken + part) > width) break;
    taken += part;
  }
  return taken;
}

function lastOf(parts: readonly string[], width: number): string {
  let taken = '';
  for (const part of parts.toReversed()) {
    if (widthOf(part + taken) > width) break;
    taken = part + taken;
  }
  return taken;
}
