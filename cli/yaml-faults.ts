import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type * as z from 'zod';
import { didYouMean } from './nearest.ts';

/** Something wrong in a YAML text, and where. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type Path = readonly (string | number)[];

/** The value of a YAML text if it fits the schema; else its faults, first in the text first. `keysAt` gives the words that may stand at a path. */
export function parseYaml<Value>(
  text: string,
  schema: z.ZodType<Value>,
  keysAt: (path: Path) => readonly string[],
): { readonly value: Value } | { readonly faults: readonly [Fault, ...Fault[]] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const toFault = (offset: number, message: string): Fault => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, message };
  };
  const [broken] = [...document.errors, ...document.warnings];
  if (broken) return { faults: [toFault(broken.pos[0], `not valid YAML: ${broken.message.split('\n')[0]}`)] };
  let plain: unknown;
  try {
    plain = document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { faults: [toFault(0, `not valid YAML: ${error.message}`)] };
  }
  const parsed = schema.safeParse(plain ?? {});
  if (parsed.success) return { value: parsed.data };
  const [first, ...rest] = parsed.error.issues
    .flatMap((issue) => faultsOf(issue, document, keysAt))
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, message }) => toFault(offset, message));
  if (!first) throw parsed.error;
  return { faults: [first, ...rest] };
}

interface Located {
  readonly offset: number;
  readonly message: string;
}

function faultsOf(issue: z.core.$ZodIssue, document: Document, keysAt: (path: Path) => readonly string[]): readonly Located[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ offset: offsetOfKey(document, path, key), message: unknownKey(path, key, keysAt(path)) }));
  const node = nodeAt(document, path);
  const found = isScalar(node) ? JSON.stringify(node.value) : undefined;
  const hint =
    isScalar(node) && typeof node.value === 'string' && issue.code === 'invalid_value'
      ? didYouMean(node.value, issue.values.map(String))
      : '';
  const but = found === undefined ? '' : `, found ${found.length > 60 ? `${found.slice(0, 59)}…` : found}`;
  return [{ offset: node?.range?.[0] ?? 0, message: `${toKey(path)}: expected ${issue.message}${but}${hint}` }];
}

function unknownKey(path: Path, key: string, known: readonly string[]): string {
  const what = path.at(-1) === 'checks' ? 'check' : path.at(-1) === 'params' ? 'param' : 'key';
  const hint = didYouMean(key, known) || (known.length > 0 && known.length <= 8 ? `; expected ${known.join(', ')}` : '');
  const none = known.length === 0 ? '; there are none to set' : '';
  return `unknown ${what} "${key}"${path.length === 0 ? '' : ` in ${toKey(path)}`}${hint}${none}`;
}

function toKey(path: Path): string {
  if (path.length === 0) return 'the file';
  return path.reduce<string>((key, step) => (typeof step === 'number' ? `${key}[${step}]` : key === '' ? step : `${key}.${step}`), '');
}

function nodeAt(document: Document, path: Path): Node | undefined {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) ? node : undefined;
}

function offsetOfKey(document: Document, path: Path, key: string): number {
  const node = nodeAt(document, path);
  if (!isMap(node)) return 0;
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return (isNode(pair?.key) ? pair.key.range?.[0] : undefined) ?? node.range?.[0] ?? 0;
}
