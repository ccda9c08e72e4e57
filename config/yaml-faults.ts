import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type * as z from 'zod';
import { keysAt } from './keys.ts';
import { didYouMean } from './nearest.ts';
import type { Fault } from './wrong-config.ts';

type Path = readonly (string | number)[];

/**
 * The value of a YAML text if it fits the schema; else its faults, first in the text first. An issue's message is what was expected in its place;
 * one whose `params` name a `sibling`, the key or index of a place beside it, says how the two contradict each other, and is told at the later of them;
 * `near` in `params` are words that may have been meant.
 */
export function parseYaml<Value>(
  text: string,
  schema: z.ZodType<Value>,
): { readonly value: Value } | { readonly faults: readonly [Fault, ...Fault[]] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const written: Written = { document, schema, placeOf: (offset) => placeOf(lines, Math.min(offset, text.length)) };
  const [broken] = [...document.errors, ...document.warnings];
  if (broken) return { faults: [{ ...written.placeOf(broken.pos[0]), key: '', message: notYaml(broken.message) }] };
  let plain: unknown;
  try {
    plain = document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { faults: [{ ...written.placeOf(0), key: '', message: notYaml(error.message) }] };
  }
  const parsed = schema.safeParse(plain ?? {});
  if (parsed.success) return { value: parsed.data };
  const [first, ...rest] = withoutConsequences(parsed.error.issues)
    .flatMap((issue) => faultsOf(issue, written))
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, key, message }) => ({ ...written.placeOf(offset), key, message: toVisible(message) }));
  if (!first) throw parsed.error;
  return { faults: [first, ...rest] };
}

/** Tells where in a YAML text a key or an element of a list begins. Lines and columns begin with 1. */
export function positionsIn(text: string): (path: Path) => Pick<Fault, 'line' | 'column'> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  return (path) => placeOf(lines, Math.min(offsetOfPair(document, path), text.length));
}

/** What is wrong with a mapping as a whole follows from its unknown keys, if it has some. */
function withoutConsequences(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const muddled = new Set(issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => path.join('/')));
  return issues.filter(({ code, path }) => code === 'unrecognized_keys' || !muddled.has(path.join('/')));
}

interface Written {
  readonly document: Document;
  readonly schema: z.ZodType;
  readonly placeOf: (offset: number) => Pick<Fault, 'line' | 'column'>;
}

/** The counter knows no line before the first character was read. */
function placeOf(lines: LineCounter, offset: number): Pick<Fault, 'line' | 'column'> {
  const { line, col } = lines.linePos(offset);
  return line === 0 ? { line: 1, column: 1 } : { line, column: col };
}

function notYaml(message: string): string {
  return `not valid YAML: ${toVisible(message.split('\n')[0] ?? '')}`;
}

/** A key may hold anything, `!!binary` even control characters: a message stays one line that a terminal can show. */
function toVisible(message: string): string {
  return message.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

interface Located {
  readonly offset: number;
  readonly key: string;
  readonly message: string;
}

function faultsOf(issue: z.core.$ZodIssue, written: Written): readonly Located[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, written));
  const sibling: unknown = issue.code === 'custom' ? issue.params?.sibling : undefined;
  if (typeof sibling !== 'string' && typeof sibling !== 'number') return [unexpected(path, issue, written)];
  return [contradiction(path, [...path.slice(0, -1), sibling], issue.message, written)];
}

function unknownKey(path: Path, key: string, { document, schema }: Written): Located {
  const known = keysAt(schema, path);
  const what = path.at(-1) === 'checks' ? 'check' : path.at(-1) === 'params' ? 'param' : 'key';
  const hint = didYouMean(key, known) || (known.length > 0 && known.length <= 16 ? `; expected ${known.join(', ')}` : '');
  const none = known.length === 0 ? '; there are none to set' : '';
  const where = path.length === 0 ? '' : ` in ${toKey(path)}`;
  return {
    offset: offsetOfKey(document, path, key),
    key: toKey([...path, key]),
    message: `unknown ${what} "${key}"${where}${hint}${none}`,
  };
}

function unexpected(path: Path, issue: z.core.$ZodIssue, { document }: Written): Located {
  const node = nodeAt(document, path);
  const key = toKey(path);
  const offset = offsetOf(document, path);
  if (node === undefined && path.length > 0) return { offset, key, message: `${key}: is missing; expected ${issue.message}` };
  const found = isScalar(node) ? JSON.stringify(node.value) : undefined;
  const hint = isScalar(node) && typeof node.value === 'string' ? didYouMean(node.value, nearWordsOf(issue)) : '';
  const but = found === undefined ? '' : `, found ${found.length > 60 ? `${found.slice(0, 59)}…` : found}`;
  return { offset, key, message: `${key || 'the file'}: expected ${issue.message}${but}${hint}` };
}

function nearWordsOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  const near: unknown = issue.code === 'custom' ? issue.params?.near : undefined;
  return Array.isArray(near) ? near.map(String) : [];
}

function contradiction(one: Path, other: Path, message: string, { document, placeOf }: Written): Located {
  const [a, b] = [one, other]
    .map((path) => ({ key: toKey(path), offset: offsetOfPair(document, path) }))
    .sort((x, y) => x.offset - y.offset);
  if (!a || !b) throw new Error('a contradiction needs two places');
  const { line, column } = placeOf(a.offset);
  return { offset: b.offset, key: b.key, message: `${b.key}: ${message} ${a.key} (${line}:${column})` };
}

/** `checks.a-check.params.days`, `accounts[0]`; empty for the whole. */
function toKey(path: Path): string {
  return path.reduce<string>((key, step) => (typeof step === 'number' ? `${key}[${step}]` : key === '' ? step : `${key}.${step}`), '');
}

function nodeAt(document: Document, path: Path): Node | undefined {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) ? node : undefined;
}

/** Where a node begins; what is missing or behind an alias is told where its nearest surroundings begin. */
function offsetOf(document: Document, path: Path): number {
  const start = nodeAt(document, path)?.range?.[0];
  return start ?? (path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1)));
}

/** Where the key of a pair begins, or an element of a list. */
function offsetOfPair(document: Document, path: Path): number {
  const last = path.at(-1);
  return typeof last === 'string' ? offsetOfKey(document, path.slice(0, -1), last) : offsetOf(document, path);
}

function offsetOfKey(document: Document, path: Path, key: string): number {
  const node = nodeAt(document, path);
  if (!isMap(node)) return offsetOf(document, path);
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return (isNode(pair?.key) ? pair.key.range?.[0] : undefined) ?? offsetOf(document, path);
}
