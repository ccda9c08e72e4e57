import type { AnyCheck } from '../checks/check.ts';
import type { Operation } from '../inventory/call.ts';
import type { ResourceSource } from '../inventory/reader.ts';

/** Every operation that a check may cause: listing its resource types, and reading the facets it needs. */
export function operationsFor(check: AnyCheck, sources: readonly ResourceSource[]): readonly Operation[] {
  const judged = sources.filter((source) => check.resourceTypes.includes(source.type));
  const operations = judged.flatMap((source) => [...source.listCalls, ...check.needs.flatMap((facet) => source.facetCalls[facet] ?? [])]);
  return [...new Map(operations.map((operation) => [`${operation.service}:${operation.operation}`, operation])).values()];
}

/** The IAM actions that these checks need, sorted: exactly what the audit role must allow. */
export function permissionsFor(checks: readonly AnyCheck[], sources: readonly ResourceSource[]): readonly string[] {
  const actions = checks.flatMap((check) => operationsFor(check, sources).flatMap(({ permissions }) => permissions));
  return [...new Set(actions)].sort();
}
