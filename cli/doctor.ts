import type { AnyCheck } from '../checks/check.ts';
import { isUnread } from '../checks/predicates/logic.ts';
import { operationsFor } from '../findings/permissions.ts';
import type { Gap } from '../inventory/coverage.ts';
import type { Resource, ResourceSource } from '../inventory/reader.ts';
import type { Scope } from '../inventory/resource.ts';
import type { Session } from '../inventory/session.ts';

/** What became of one operation that checks need. */
export interface Examined {
  /** `service:Operation` */
  readonly operation: string;
  readonly permissions: readonly string[];
  /** `untried`: nothing in the account gave cause to ask. `failed`: refused for another reason than permissions. */
  readonly outcome: 'allowed' | 'denied' | 'failed' | 'untried';
  readonly regions: readonly string[];
  readonly messages: readonly string[];
  /** Ids of the checks that need it. */
  readonly checks: readonly string[];
}

/** How many resources of a type, in each scope, are asked for their facets: enough to try every call, few enough to be quick. */
const SAMPLE = 5;

/** Asks AWS everything that the checks could want to know, of a few resources of each type. What is refused stands in the session's coverage. */
export async function tryCalls(
  session: Session,
  scopes: readonly Scope[],
  sources: readonly ResourceSource[],
  checks: readonly AnyCheck[],
): Promise<void> {
  const pairs = scopes.flatMap((scope) =>
    sources.filter((source) => (source.scope === 'global') === (scope.region === 'global')).map((source) => ({ scope, source })),
  );
  await Promise.all(pairs.map(({ scope, source }) => trySource(session, scope, source, neededFacets(source, checks))));
}

function neededFacets({ type, facetCalls }: ResourceSource, checks: readonly AnyCheck[]): readonly string[] {
  const needed = checks.filter(({ resourceTypes }) => resourceTypes.includes(type)).flatMap(({ needs }) => needs);
  return Object.keys(facetCalls).filter((facet) => needed.includes(facet));
}

async function trySource(session: Session, scope: Scope, source: ResourceSource, facets: readonly string[]): Promise<void> {
  for (const resource of await listed(session, scope, source)) await Promise.all(facets.map((facet) => resource.facet(facet)));
}

async function listed(session: Session, scope: Scope, source: ResourceSource): Promise<readonly Resource[]> {
  try {
    return (await source.list(session, scope)).known.slice(0, SAMPLE);
  } catch (error) {
    if (isUnread(error)) return [];
    throw error;
  }
}

/** Says of each operation that these checks need what became of it. */
export function examine(
  checks: readonly AnyCheck[],
  sources: readonly ResourceSource[],
  asked: ReadonlyMap<string, number>,
  gaps: readonly Gap[],
): readonly Examined[] {
  const operations = new Map<string, { permissions: readonly string[]; checks: string[] }>();
  for (const check of checks) {
    for (const { service, operation, permissions } of operationsFor(check, sources)) {
      const name = `${service}:${operation}`;
      const known = operations.get(name) ?? { permissions, checks: [] };
      operations.set(name, known);
      known.checks.push(check.id);
    }
  }
  return [...operations]
    .map(([operation, needed]) => toExamined(operation, needed, asked, gaps))
    .sort((a, b) => (a.operation < b.operation ? -1 : 1));
}

function toExamined(
  operation: string,
  needed: { readonly permissions: readonly string[]; readonly checks: readonly string[] },
  asked: ReadonlyMap<string, number>,
  gaps: readonly Gap[],
): Examined {
  const own = gaps.filter((gap) => gap.operation === operation && gap.cause !== 'no-data');
  const denied = own.filter(({ cause }) => cause === 'denied');
  const told = denied.length > 0 ? denied : own;
  const outcome = denied.length > 0 ? 'denied' : own.length > 0 ? 'failed' : (asked.get(operation) ?? 0) > 0 ? 'allowed' : 'untried';
  const regions = [...new Set(told.map(({ region }) => region))].sort();
  return { operation, ...needed, outcome, regions, messages: [...new Set(told.map(({ message }) => message))] };
}
