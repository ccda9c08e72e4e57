import type { Paint } from './palette.ts';
import { safeText } from './safe-text.ts';
import { shortenEnd, shortenMiddle, widthOf, wrap } from './width.ts';

export interface Column {
  readonly head: string;
  /** Columns below which it is not narrowed, however long its cells. */
  readonly min: number;
  /** What becomes of a cell that does not fit. */
  readonly overflow: 'middle' | 'end' | 'wrap';
  readonly align?: 'left' | 'right';
}

/** Text that may come from anywhere, and how it is painted. */
export interface Cell {
  readonly text: string;
  readonly paint?: Paint;
}

export interface Frame {
  readonly width: number;
  readonly indent?: number;
  /** Paints the head; without it there is none. */
  readonly head?: Paint;
}

const GAP = 2;
const NATURAL_LIMIT = 400;
/** A table without lines, fitted into the frame's width; every cell is made inert. */
export function toTable(columns: readonly Column[], rows: readonly (readonly Cell[])[], frame: Frame): string {
  if (rows.length === 0) return '';
  const { head, indent = 0 } = frame;
  const inert = rows.map((row) => row.map((cell) => ({ ...cell, text: safeText(cell.text) })));
  const widths = widthsOf(columns, inert, frame.width - indent);
  const heading = head === undefined ? [] : [columns.map((column) => ({ text: column.head, paint: head }))];
  return [...heading, ...inert]
    .flatMap((row) => toLines(columns, row, widths))
    .map((line) => `${' '.repeat(indent)}${line}`.trimEnd())
    .join('\n');
}

/** A row, as high as its highest cell. */
function toLines(columns: readonly Column[], row: readonly Cell[], widths: readonly number[]): readonly string[] {
  const cells = columns.map((column, index) => {
    const { text, paint = plain } = row[index] ?? { text: '' };
    const width = widths[index] ?? 0;
    return linesOf(column, text, width).map((line) => toCell(column, line, width, paint));
  });
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, at) =>
    cells.map((lines, index) => lines[at] ?? ' '.repeat(widths[index] ?? 0)).join(' '.repeat(GAP)),
  );
}

const plain: Paint = (text) => text;

function toCell({ align }: Column, line: string, width: number, paint: Paint): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(line)));
  const painted = line === '' ? '' : paint(line);
  return align === 'right' ? `${space}${painted}` : `${painted}${space}`;
}

function linesOf({ overflow }: Column, text: string, width: number): readonly string[] {
  switch (overflow) {
    case 'middle':
      return [shortenMiddle(text, width)];
    case 'end':
      return [shortenEnd(text, width)];
    case 'wrap':
      return wrap(text, width);
    default:
      return overflow satisfies never;
  }
}

/** Widths of the columns: as wide as they like, then the widest give way until all fit. */
function widthsOf(columns: readonly Column[], rows: readonly (readonly Cell[])[], width: number): readonly number[] {
  const widths = columns.map((column, index) => {
    const natural = rows.reduce((widest, row) => Math.max(widest, widthOf(row[index]?.text ?? '')), widthOf(column.head));
    return Math.min(NATURAL_LIMIT, natural);
  });
  let excess = widths.reduce((sum, each) => sum + each, GAP * (columns.length - 1)) - width;
  while (excess > 0) {
    const widest = indexOfWidest(columns, widths);
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function indexOfWidest(columns: readonly Column[], widths: readonly number[]): number | undefined {
  let found: number | undefined;
  for (const [index, width] of widths.entries()) {
    if (width > (columns[index]?.min ?? 0) && (found === undefined || width > (widths[found] ?? 0))) found = index;
  }
  return found;
}
