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
  /** Of one column, the last: where it would get less than it likes and less than its `min`, its cells stand beneath their rows. */
  readonly under?: true;
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
const UNDER_INDENT = 2;

/** A table without lines, fitted into the frame's width; every cell is made inert. */
export function toTable(columns: readonly Column[], rows: readonly (readonly Cell[])[], frame: Frame): string {
  if (rows.length === 0) return '';
  const { head, indent = 0 } = frame;
  const inert = rows.map((row) => row.map((cell) => ({ ...cell, text: safeText(cell.text) })));
  const width = frame.width - indent;
  const beside = hasRoom(columns, inert, width) ? columns : columns.slice(0, -1);
  const widths = widthsOf(beside, inert, width);
  const heading = head === undefined ? [] : toLines(beside, toHeading(beside, head), widths);
  const body = inert.flatMap((row) => [
    ...toLines(beside, row, widths),
    ...row.slice(beside.length).flatMap((cell) => beneath(cell, width)),
  ]);
  return [...heading, ...body].map((line) => `${' '.repeat(indent)}${line}`.trimEnd()).join('\n');
}

function toHeading(columns: readonly Column[], paint: Paint): readonly Cell[] {
  return columns.map(({ head }) => ({ text: head, paint }));
}

/** False where the last column had better stand beneath. */
function hasRoom(columns: readonly Column[], rows: readonly (readonly Cell[])[], width: number): boolean {
  const last = columns.at(-1);
  if (!last?.under) return true;
  const likes = naturalWidths(columns, rows);
  const wanted = Math.min(likes.at(-1) ?? 0, last.min);
  return totalOf(likes.slice(0, -1)) + GAP + wanted <= width;
}

function beneath({ text, paint = plain }: Cell, width: number): readonly string[] {
  if (text === '') return [];
  return wrap(text, width - UNDER_INDENT).map((line) => `${' '.repeat(UNDER_INDENT)}${paint(line)}`);
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

function naturalWidths(columns: readonly Column[], rows: readonly (readonly Cell[])[]): number[] {
  return columns.map((column, index) => {
    const natural = rows.reduce((widest, row) => Math.max(widest, widthOf(row[index]?.text ?? '')), widthOf(column.head));
    return Math.min(NATURAL_LIMIT, natural);
  });
}

function totalOf(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, GAP * (widths.length - 1));
}

/** Widths of the columns: as wide as they like, then a last one that could stand beneath gives way, then the widest, until all fit. */
function widthsOf(columns: readonly Column[], rows: readonly (readonly Cell[])[], width: number): readonly number[] {
  const widths = naturalWidths(columns, rows);
  const last = columns.length - 1;
  if (columns[last]?.under) widths[last] = Math.min(widths[last] ?? 0, width - totalOf(widths.slice(0, -1)) - GAP);
  let excess = totalOf(widths) - width;
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
