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

/** A statement of a policy that allows to read. */
export interface ReadStatement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What a policy says to allow these actions, each on everything unless that would give out more than configuration. */
export function readStatements(actions: readonly string[], partition: string): readonly ReadStatement[] {
  const whole = actions.filter((action) => narrowed[action] === undefined);
  const inPart = actions.flatMap((action) => {
    const resources = narrowed[action]?.map((resource) => `arn:${partition}:${resource}`);
    return resources ? [{ sid: 'ReadSome', actions: [action], resources }] : [];
  });
  return [...(whole.length === 0 ? [] : [{ sid: 'Read', actions: whole, resources: ['*'] }]), ...inPart];
}

/**
 * What of an action is needed where it would give out more: GET of whatever API Gateway has includes the values of API keys.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html
 */
const narrowed: Readonly<Record<string, readonly string[]>> = {
  'apigateway:GET': ['/restapis', '/restapis/*/stages', '/apis', '/apis/*/stages'].map((path) => `apigateway:*::${path}`),
};

function distinct(operations: readonly Operation[]): readonly Operation[] {
  return [...new Map(operations.map((operation) => [`${operation.service}:${operation.operation}`, operation])).values()];
}
