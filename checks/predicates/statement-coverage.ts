import type { PolicyStatement } from '../../inventory/policy-document.ts';
import { matchCombinations } from './match-combinations.ts';
import { coversAction, coversResource } from './policy-statements.ts';

/** All actions and resources of a kind, each as a universe of `matchCombinations`. */
export interface Universe {
  readonly action: string;
  readonly resource: string;
}

/** A name that nobody gives to anything: only wildcards match it. */
export const UNHEARD_OF = '\u{e001}';

/**
 * For every action of the universe on every resource of it, the statements that speak of it, each such set once; one is empty where some
 * action on some resource is not spoken of. Effects and conditions do not count.
 */
export function coveringSets<Owner extends { readonly statement: PolicyStatement }>(
  owners: readonly Owner[],
  universe: Universe,
): readonly ReadonlySet<Owner>[] {
  if (!owners.some(({ statement }) => coversTheUnheardOf(statement, universe))) return [new Set()];
  const onAction = distinctSets(
    matchCombinations(universe.action, owners.flatMap(actionPatterns)),
    owners,
    ({ statement: { actions, notActions } }, matched) => holds(actions, notActions, matched, lowerCase),
  );
  const onResource = distinctSets(
    matchCombinations(universe.resource, owners.flatMap(resourcePatterns)),
    owners,
    ({ statement: { resources, notResources } }, matched) => holds(resources, notResources, matched, asWritten),
  );
  return distinctSets(
    onAction.flatMap((some) => onResource.map((others) => new Set([...some].filter((owner) => others.has(owner))))),
    owners,
    (owner, both) => both.has(owner),
  );
}

function distinctSets<Case, Owner>(cases: readonly Case[], owners: readonly Owner[], holdsIn: (owner: Owner, one: Case) => boolean) {
  const distinct = new Map<string, ReadonlySet<Owner>>();
  for (const one of cases) {
    const holding = owners.map((owner) => holdsIn(owner, one));
    const name = holding.map(Number).join('');
    if (!distinct.has(name)) distinct.set(name, new Set(owners.filter((_, index) => holding[index])));
  }
  return [...distinct.values()];
}

/** Most policies can be told from this alone. */
function coversTheUnheardOf(statement: PolicyStatement, universe: Universe): boolean {
  const action = universe.action.replaceAll('+', UNHEARD_OF);
  const resource = universe.resource.replaceAll(/\?\*|\*/g, UNHEARD_OF);
  return coversAction(statement, action) && coversResource(statement, resource);
}

function actionPatterns({ statement: { actions, notActions } }: { readonly statement: PolicyStatement }): readonly string[] {
  return (actions ?? notActions ?? []).map(lowerCase);
}

function resourcePatterns({ statement: { resources, notResources } }: { readonly statement: PolicyStatement }): readonly string[] {
  return resources ?? notResources ?? [];
}

function holds(
  patterns: readonly string[] | undefined,
  notPatterns: readonly string[] | undefined,
  matched: ReadonlySet<string>,
  normalise: (pattern: string) => string,
): boolean {
  if (patterns) return patterns.some((pattern) => matched.has(normalise(pattern)));
  return notPatterns !== undefined && !notPatterns.some((pattern) => matched.has(normalise(pattern)));
}

function lowerCase(pattern: string): string {
  return pattern.toLowerCase();
}

function asWritten(pattern: string): string {
  return pattern;
}
