import type { PolicyCondition, PolicyStatement } from '../../inventory/policy-document.ts';
import { type DecidingPolicies, type Decision, decide, type PolicyRequest } from './evaluate-policy.ts';
import { coversAction } from './policy-statements.ts';
import { UNHEARD_OF } from './statement-coverage.ts';

/** What a caller can make a request carry under a key: `any` text or nothing, one of these, or `undefined` where that is not the caller's to choose. */
export type Choice = (key: string) => 'any' | readonly (readonly string[] | 'absent')[] | undefined;

/** Ways of choosing that are tried: policies name few keys that callers choose. */
const MAX_TRIES = 128;

/** Decides a request as the caller would put it who wants it allowed: where conditions are on what callers choose, they choose what suits them. */
export function decideAtBest(policies: DecidingPolicies, request: PolicyRequest, choice: Choice): Decision {
  let best = decide(policies, request);
  if (best.outcome !== 'sometimes') return best;
  const statements = [...policies.identity, ...(policies.boundary ?? []), ...(policies.resource ?? [])];
  for (const chosen of choicesFor(statements, request, choice)) {
    const decision = decide(policies, { ...request, carries: (key) => chosen.get(key) ?? request.carries(key) });
    if (decision.outcome === 'always') return decision;
    if (decision.outcome === 'sometimes' && openCount(decision) < openCount(best)) best = decision;
  }
  return best;
}

function openCount(decision: Decision): number {
  return decision.outcome === 'sometimes' ? decision.onlyIf.length + decision.unless.length : 0;
}

type Values = readonly string[] | 'absent';
type Chosen = ReadonlyMap<string, Values>;

function choicesFor(statements: readonly PolicyStatement[], request: PolicyRequest, choice: Choice): readonly Chosen[] {
  let chosen: Chosen[] = [new Map()];
  for (const [key, values] of optionsFor(statements, request, choice)) {
    if (chosen.length * values.length > MAX_TRIES) break;
    chosen = chosen.flatMap((some) => values.map((value) => new Map([...some, [key, value]])));
  }
  return chosen;
}

/** By key, what is worth trying: what conditions ask for, something else, and nothing. */
function optionsFor(statements: readonly PolicyStatement[], { action, carries }: PolicyRequest, choice: Choice) {
  const conditions = statements.filter((statement) => coversAction(statement, action)).flatMap((statement) => statement.conditions);
  const open = conditions.filter(({ key }) => carries(key) === undefined && choice(key) !== undefined);
  return [...Map.groupBy(open, ({ key }) => key)].map(([key, on]): readonly [string, readonly Values[]] => {
    const offered = choice(key);
    if (offered !== 'any') return [key, offered ?? []];
    return [key, ['absent', [UNHEARD_OF], ...on.flatMap(exampleValues).map((value) => [value])]];
  });
}

/** A text that each value of the condition matches. */
function exampleValues({ values }: PolicyCondition): readonly string[] {
  return values.map((value) =>
    value
      .replaceAll(/\$\{[^}]*\}/g, '')
      .replaceAll('*', '')
      .replaceAll('?', 'x'),
  );
}
