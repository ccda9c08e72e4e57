import type { Gap } from '../inventory/coverage.ts';
import { compareText } from './order.ts';

/** What could not be read for one reason, wherever it was met. */
export interface BlindSpot {
  readonly cause: Gap['cause'];
  /** One, or many that were refused in the very same places. */
  readonly operations: readonly string[];
  readonly permissions: readonly string[];
  /** How many, and the ids of a few. */
  readonly accounts: number;
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
}

export interface BlindSpots {
  readonly add: (accountId: string, gaps: readonly Gap[]) => void;
  /** Those in most accounts first. */
  readonly list: () => readonly BlindSpot[];
  /** How many are not in the list, because there were too many different ones. */
  readonly more: () => number;
}

/** So many operations refused in the same places are one cause, such as a region that a policy closes, and told as one. */
const TOGETHER = 4;
/** How many accounts are named rather than counted. */
export const NAMED = 3;
const LONGEST = 500;

/** Folds the gaps of any number of accounts into what is different among them. */
export function foldGaps(): BlindSpots {
  const known = new Map<string, BlindSpot>();
  const beyond = new Set<string>();
  return {
    add(accountId, gaps) {
      for (const spot of spotsIn(accountId, gaps)) {
        const key = `${spot.cause} ${spot.operations.join(' ')}`;
        const alike = known.get(key);
        if (alike || known.size < LONGEST) known.set(key, alike ? merge(alike, spot) : spot);
        else if (beyond.size < LONGEST) beyond.add(key);
      }
    },
    list: () => [...known.values()].sort((a, b) => b.accounts - a.accounts || compareText(a.operations.join(' '), b.operations.join(' '))),
    more: () => beyond.size,
  };
}

function spotsIn(accountId: string, gaps: readonly Gap[]): readonly BlindSpot[] {
  const perOperation = [...Map.groupBy(gaps, ({ operation, cause }) => `${cause} ${operation}`).values()].flatMap((alike) =>
    toSpot(accountId, alike),
  );
  const perPlace = Map.groupBy(perOperation, ({ cause, regions }) => `${cause} ${regions.join(' ')}`);
  return [...perPlace.values()].flatMap((spots) => (spots.length < TOGETHER ? spots : together(spots)));
}

function toSpot(accountId: string, alike: readonly Gap[]): readonly BlindSpot[] {
  const [first] = alike;
  if (!first) return [];
  const { cause, operation, permissions } = first;
  return [{ cause, operations: [operation], permissions, accounts: 1, accountIds: [accountId], regions: regionsOf(alike) }];
}

function together(spots: readonly BlindSpot[]): readonly BlindSpot[] {
  const [first] = spots;
  if (!first) return [];
  const all = (list: (spot: BlindSpot) => readonly string[]): string[] => [...new Set(spots.flatMap(list))].sort(compareText);
  return [{ ...first, operations: all(({ operations }) => operations), permissions: all(({ permissions }) => permissions) }];
}

function merge(a: BlindSpot, b: BlindSpot): BlindSpot {
  return {
    ...a,
    accounts: a.accounts + b.accounts,
    accountIds: [...a.accountIds, ...b.accountIds].slice(0, NAMED).sort(compareText),
    regions: [...new Set([...a.regions, ...b.regions])].sort(compareText),
  };
}

function regionsOf(gaps: readonly Gap[]): readonly string[] {
  return [...new Set(gaps.map(({ region }) => region))].sort(compareText);
}
