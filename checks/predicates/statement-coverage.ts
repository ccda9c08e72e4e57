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

/** True if every action of the universe is spoken of on every resource of it, by one statement or another; their effect does not count. */
export function coverAll(statements: readonly PolicyStatement[], universe: Universe): boolean {
  const action = universe.action.replaceAll('+', UNHEARD_OF);
  const resource = universe.resource.replaceAll(/\?\*|\*/g, UNHEARD_OF);
  if (!statements.some((statement) => coversAction(statement, action) && coversResource(statement, resource))) return false;
  const actionSets = matchCombinations(universe.action, statements.flatMap(actionPatterns));
  const resourceSets = matchCombinations(universe.resource, statements.flatMap(resourcePatterns));
  return actionSets.every((matched) => {
    const applying = statements.filter(({ actions, notActions }) => holds(actions, notActions, matched, lowerCase));
    return resourceSets.every((matchedToo) =>
      applying.some(({ resources, notResources }) => holds(resources, notResources, matchedToo, asWritten)),
    );
  });
}

function actionPatterns({ actions, notActions }: PolicyStatement): readonly string[] {
  return (actions ?? notActions ?? []).map(lowerCase);
}

function resourcePatterns({ resources, notResources }: PolicyStatement): readonly string[] {
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
