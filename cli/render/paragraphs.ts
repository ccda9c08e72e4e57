import type { Paint } from './palette.ts';
import { safeText } from './safe-text.ts';
import { widthOf, wrap, wrapWhole } from './width.ts';

const plain: Paint = (text) => text;

/** Text on as many lines as it takes, each with the indent. */
export function paragraph(text: string, width: number, indent = 0, paint: Paint = plain): string {
  return wrap(safeText(text), width - indent)
    .map((line) => `${' '.repeat(indent)}${paint(line)}`)
    .join('\n');
}

/** A word and the text that belongs to it, whose further lines stand under its first. */
export function labelled(
  label: string,
  text: string,
  { width, at, indent = 0 }: { width: number; at: number; indent?: number },
  paint: Paint = plain,
): string {
  const lines = wrap(safeText(text), width - indent - at);
  return lines
    .map(
      (line, index) =>
        `${' '.repeat(indent)}${index === 0 ? `${label}${' '.repeat(Math.max(1, at - widthOf(label)))}` : ' '.repeat(at)}${paint(line)}`,
    )
    .join('\n');
}

/** A shell command: where it must be broken, the line ends in a backslash, so that it can still be copied. */
export function command(line: string, width: number, indent: number, paint: Paint): string {
  const lines = wrapWhole(safeText(line), width - indent - 4);
  return lines
    .map((part, index) => `${' '.repeat(indent + (index === 0 ? 0 : 2))}${paint(part)}${index < lines.length - 1 ? ' \\' : ''}`)
    .join('\n');
}
