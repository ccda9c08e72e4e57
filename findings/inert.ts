const COLUMNS = 72;

/** Control characters, line breaks, and what turns or hides text: names are chosen by whoever makes a resource. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]+/gu;

/** Most text is, and to see that is far quicker than to look for what is not. */
const HARMLESS = /^[!-~]+(?: [!-~]+)*$/;

/** A stranger's text as part of one line: no control characters, no escapes, no bidirectional tricks, and not longer than `length`. */
export function toInert(text: string, length = 300): string {
  if (text.length <= length && HARMLESS.test(text)) return text;
  return cut(
    text
      .slice(0, length * 4)
      .toWellFormed()
      .replace(UNSEEN, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
    length,
    '…',
  );
}

/** The same with nothing but printable ASCII. */
export function toAscii(text: string, length: number): string {
  const ascii = toInert(text, text.length).replace(/[‐-―]/g, '-').replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/…/g, '...');
  return cut(ascii.replace(/[^ -~]/gu, '?'), length, '...');
}

/** Lines of at most 72 columns; a word that is longer stays whole. */
export function wrap(text: string, first = '', rest = ' '.repeat(first.length)): string[] {
  return fold(text, first, rest, '');
}

/** A command in lines of at most 72 columns that a shell reads as one. */
export function wrapCommand(command: string, indent: string): string[] {
  return fold(command, indent, `${indent}  `, ' \\');
}

function fold(text: string, first: string, rest: string, join: string): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const isEmpty = line.length === (lines.length === 0 ? first : rest).length;
    if (!isEmpty && line.length + 1 + word.length + join.length > COLUMNS) {
      lines.push(`${line}${join}`);
      line = `${rest}${word}`;
    } else {
      line += isEmpty ? word : ` ${word}`;
    }
  }
  return [...lines, line];
}

function cut(text: string, length: number, mark: string): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - mark.length)).toWellFormed()}${mark}`;
}
