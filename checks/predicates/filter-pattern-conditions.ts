import type { Condition, FilterPattern, Glob, NumericTest, Selector } from './filter-pattern.ts';
import { globLanguage, holds, type Language, regexLanguage } from './filter-pattern-language.ts';
import { TooMany, witnessesOf } from './filter-pattern-witnesses.ts';

/** What a selector leads to. `branch`: an object or a list. */
export type Leaf = undefined | null | boolean | number | string | typeof BRANCH;
export const BRANCH = Symbol('branch');

/** How `!=` is read of a property that is not there, or null: AWS does not say, so that both readings count. */
export type Reading = 'absent differs' | 'absent differs from nothing';
export const READINGS: readonly Reading[] = ['absent differs from nothing', 'absent differs'];

/** A condition of a pattern, with the selector by which it is known. */
export type Sole = Extract<FilterPattern, { kind: 'condition' }>;

export function isMet(condition: Condition, leaf: Leaf, reading: Reading): boolean {
  switch (condition.test) {
    case 'not exists':
      return leaf === undefined;
    case 'is null':
      return leaf === null;
    case 'is true':
      return leaf === true;
    case 'is false':
      return leaf === false;
    default:
      return isCompared(condition, leaf, reading);
  }
}

type Comparison = Extract<Condition, { test: NumericTest }>;

function isCompared(comparison: Comparison, leaf: Leaf, reading: Reading): boolean {
  if (leaf === BRANCH || typeof leaf === 'boolean') return false;
  if (leaf === undefined || leaf === null) return comparison.test === '!=' && reading === 'absent differs';
  if ('number' in comparison && typeof leaf === 'number') return ORDER[comparison.test](leaf, comparison.number);
  if (comparison.test === '=') return isEqual(comparison, leaf);
  return comparison.test === '!=' && !isEqual(comparison, leaf);
}

const ORDER: Readonly<Record<NumericTest, (one: number, other: number) => boolean>> = {
  '=': (one, other) => one === other,
  '!=': (one, other) => one !== other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};

/** A number is a text only to the wildcard that stands alone. */
function isEqual(comparison: Comparison, leaf: string | number): boolean {
  if ('text' in comparison) return typeof leaf === 'string' ? isLike(comparison.text, leaf) : isAnything(comparison.text);
  const language = languageOf(comparison);
  return typeof leaf === 'string' && language !== undefined && holds(language, leaf);
}

/** The same as `holds` with its language, only faster. */
function isLike({ text, anyBefore, anyAfter }: Glob, leaf: string): boolean {
  if (anyBefore && anyAfter) return leaf.includes(text);
  if (anyBefore) return leaf.endsWith(text);
  return anyAfter ? leaf.startsWith(text) : leaf === text;
}

function isAnything({ text, anyBefore, anyAfter }: Glob): boolean {
  return text === '' && (anyBefore || anyAfter);
}

const languages = new WeakMap<Condition, Language>();

/** @throws TooMany for a regular expression that is not understood: nothing can be told of it */
function languageOf(condition: Condition): Language | undefined {
  const known = languages.get(condition);
  if (known) return known;
  const language = toLanguage(condition);
  if (language) languages.set(condition, language);
  return language;
}

function toLanguage(condition: Condition): Language | undefined {
  if ('text' in condition) return globLanguage(condition.text);
  if ('number' in condition) return globLanguage({ text: String(condition.number), anyBefore: false, anyAfter: false });
  if (!('regex' in condition)) return undefined;
  const language = regexLanguage(condition.regex);
  if (language === undefined) throw new TooMany();
  return language;
}

/**
 * What a selector may lead to, one of each kind that these conditions can tell apart.
 * @throws TooMany
 */
export function leavesFor(conditions: readonly Condition[]): readonly Leaf[] {
  const texts = witnessesOf(conditions.map(languageOf).filter((language) => language !== undefined));
  return [...texts, undefined, null, true, false, BRANCH, ...numbersFor(conditions)];
}

/** Each number that is named, one beside it on either side, and one between each two. */
function numbersFor(conditions: readonly Condition[]): readonly number[] {
  const named = [...new Set(conditions.flatMap((condition) => ('number' in condition ? condition.number : [])))].sort((a, b) => a - b);
  const [least = 0] = named;
  const between = named.map((number, index) => (number + (named[index + 1] ?? number + 2)) / 2);
  return [least - 1, ...named, ...between];
}

/** The conditions of a pattern, in its order. */
export function conditionsOf(pattern: FilterPattern): readonly Sole[] {
  return pattern.kind === 'condition' ? [pattern] : pattern.of.flatMap(conditionsOf);
}

/** As it is written: `$.users[0].id`. */
export function toText(selector: Selector): string {
  return selector.reduce<string>((text, step) => text + (typeof step === 'number' ? `[${step}]` : `.${step}`), '$');
}
