import type { AnyCheck } from '../checks/check.ts';
import type { Operation } from '../inventory/call.ts';
import type { ResourceSource } from '../inventory/reader.ts';

/** Every operation that a check may cause in an audit: listing its resource types, and reading the facets it needs. */
export function operationsFor(check: AnyCheck, sources: readonly ResourceSource[]): readonly Operation[] {
  const judged = sources.filter((source) => check.resourceTypes.includes(source.type));
  return distinct(judged.flatMap((source) => [...source.listCalls, ...check.needs.flatMap((facet) => source.facetCalls[facet] ?? [])]));
}

/** Every operation that a check may cause when single resources are judged again: finding them, and reading the facets it needs. */
export function targetedOperationsFor(check: AnyCheck, sources: readonly ResourceSource[]): readonly Operation[] {
  const judged = sources.filter((source) => check.resourceTypes.includes(source.type));
  return distinct(
    judged.flatMap(({ onlyCalls, onlyFacetCalls, facetCalls }) => [
      ...onlyCalls,
      ...check.needs.flatMap((facet) => onlyFacetCalls?.[facet] ?? facetCalls[facet] ?? []),
    ]),
  );
}

/** The IAM actions that these checks need in audits and in reactions to events, sorted: exactly what the audit role must allow. */
export function permissionsFor(checks: readonly AnyCheck[], sources: readonly ResourceSource[]): readonly string[] {
  const operations = checks.flatMap((check) => [...operationsFor(check, sources), ...targetedOperationsFor(check, sources)]);
  return [...new Set(operations.flatMap(({ permissions }) => permissions))].sort();
}

function distinct(operations: readonly Operation[]): readonly Operation[] {
  return [...new Map(operations.map((operation) => [`${operation.service}:${operation.operation}`, operation])).values()];
}
