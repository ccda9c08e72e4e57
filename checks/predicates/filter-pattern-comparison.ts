import type { FilterPattern, Selector } from './filter-pattern.ts';
import { BRANCH, conditionsOf, isMet, type Leaf, leavesFor, READINGS, type Reading, toText } from './filter-pattern-conditions.ts';
import { TooMany } from './filter-pattern-witnesses.ts';
import { once, rememberedOf } from './remembered.ts';

/** Whether a set of patterns matches every event that another one matches. `missed`: an event that it does not match, by selector. */
export type Coverage =
  | { readonly covers: 'yes' }
  | { readonly covers: 'no'; readonly missed: Readonly<Record<string, string>> }
  | { readonly covers: 'unsure' };

const MOST_STEPS = 200_000;

/**
 * Whether the patterns together match at least every event that the required one matches; by going through all events that the conditions of these patterns can
 * tell apart, so that how they are written does not count. Unsure where it depends on what AWS does not say of `!=`, or where there is too much to go through.
 */
export function coverage(required: FilterPattern, given: readonly FilterPattern[]): Coverage {
  return given.length === 0 ? coverageByNone(required) : compare(required, given);
}

/** Most accounts have no pattern at all. */
const coverageByNone = rememberedOf((required: FilterPattern) => compare(required, []));

function compare(required: FilterPattern, given: readonly FilterPattern[]): Coverage {
  try {
    const unwanted: FilterPattern = { kind: 'or', of: given };
    const properties = propertiesOf([required, unwanted]);
    const missed = READINGS.map((reading) =>
      firstEvent({ wanted: required, unwanted, reading, stepsLeft: MOST_STEPS }, new Map(), properties),
    );
    const [first] = missed;
    if (missed.every((event) => event === undefined)) return { covers: 'yes' };
    return first === undefined || missed.includes(undefined) ? { covers: 'unsure' } : { covers: 'no', missed: toEvidence(first) };
  } catch (error) {
    if (error instanceof TooMany) return { covers: 'unsure' };
    throw error;
  }
}

interface Property {
  readonly name: string;
  readonly selector: Selector;
  /** Found out when they are first asked for: often nobody comes to it. */
  readonly leaves: () => readonly Leaf[];
}

type Event = ReadonlyMap<string, { readonly selector: Selector; readonly leaf: Leaf }>;

/** What is looked for: an event that the one pattern matches, and the other does not. */
interface Search {
  readonly wanted: FilterPattern;
  readonly unwanted: FilterPattern;
  readonly reading: Reading;
  stepsLeft: number;
}

/** Property by property, and no further where what is said of the event decides already. */
function firstEvent(search: Search, event: Event, left: readonly Property[]): Event | undefined {
  search.stepsLeft -= 1;
  if (search.stepsLeft < 0) throw new TooMany();
  const isWanted = matched(search.wanted, event, search.reading);
  const isUnwanted = isWanted !== false && matched(search.unwanted, event, search.reading);
  if (isWanted === false || isUnwanted === true) return undefined;
  if (isWanted && isUnwanted === false) return event;
  const [property, ...others] = left;
  for (const leaf of property?.leaves() ?? []) {
    const found =
      property && fits(event, property.selector, leaf) ? firstEvent(search, withLeaf(event, property, leaf), others) : undefined;
    if (found) return found;
  }
  return undefined;
}

function withLeaf(event: Event, { name, selector }: Property, leaf: Leaf): Event {
  return new Map(event).set(name, { selector, leaf });
}

function propertiesOf(patterns: readonly FilterPattern[]): readonly Property[] {
  const conditions = Map.groupBy(patterns.flatMap(conditionsOf), ({ selector }) => toText(selector));
  return [...conditions].map(([name, all]) => ({ name, selector: all[0]?.selector ?? [], leaves: once(() => leavesFor(all)) }));
}

/** `undefined` while it depends on properties of which nothing is said yet. */
function matched(pattern: FilterPattern, event: Event, reading: Reading): boolean | undefined {
  if (pattern.kind === 'condition') {
    const property = event.get(toText(pattern.selector));
    return property && isMet(pattern, property.leaf, reading);
  }
  const deciding = pattern.kind === 'or';
  const answers = pattern.of.map((part) => matched(part, event, reading));
  if (answers.includes(deciding)) return deciding;
  return answers.includes(undefined) ? undefined : !deciding;
}

/** What has properties is an object, what has elements a list, and nothing is both; what is neither has none. */
function fits(event: Event, selector: Selector, leaf: Leaf): boolean {
  const all = [...event.values(), { selector, leaf }];
  const steps = new Map<string, string>();
  for (const { selector: path, leaf: value } of all) {
    if (value === undefined) continue;
    for (const [depth, step] of path.entries()) {
      const parent = toText(path.slice(0, depth));
      const kind = typeof step;
      if ((steps.get(parent) ?? kind) !== kind) return false;
      steps.set(parent, kind);
    }
  }
  return all.every(({ selector: path, leaf: value }) => value === BRANCH || !steps.has(toText(path)));
}

function toEvidence(event: Event): Readonly<Record<string, string>> {
  const told = [...event].map(([name, { leaf }]) => [name, leaf === BRANCH ? 'an object' : (JSON.stringify(leaf) ?? 'absent')] as const);
  return Object.fromEntries(told);
}
