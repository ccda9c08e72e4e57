import type { PolicyCondition, PolicyStatement } from '../../inventory/policy-document.ts';
import type { Evidence } from '../check.ts';
import { matchesWildcard } from './wildcard.ts';

/** True if the statement speaks of the action, given in lower case. A statement without actions speaks of none. */
export function coversAction({ actions, notActions }: PolicyStatement, action: string): boolean {
  if (actions) return actions.some((pattern) => matchesAction(pattern, action));
  return notActions !== undefined && !notActions.some((pattern) => matchesAction(pattern, action));
}

/** True if an identity policy's statement speaks of the resource. */
export function coversResource({ resources, notResources }: PolicyStatement, resource: string): boolean {
  if (resources) return resources.some((pattern) => matchesWildcard(pattern, resource));
  return notResources !== undefined && !notResources.some((pattern) => matchesWildcard(pattern, resource));
}

/** Most patterns name another service: the first character says so sooner than an expression. */
function matchesAction(pattern: string, action: string): boolean {
  const first = pattern[0];
  if (first !== '*' && first !== '?' && first?.toLowerCase() !== action[0]) return false;
  return matchesWildcard(pattern.toLowerCase(), action);
}

/** A statement in the words of its policy, as evidence. External ids are left out: who knows one may be let in. */
export function statementEvidence(statement: PolicyStatement): Evidence {
  const { sid, effect, actions, notActions, resources, notResources, conditions } = statement;
  return {
    ...(sid ? { sid } : {}),
    effect,
    ...(actions ? { action: actions } : {}),
    ...(notActions ? { notAction: notActions } : {}),
    ...(resources ? { resource: resources } : {}),
    ...(notResources ? { notResource: notResources } : {}),
    ...(conditions.length > 0 ? { condition: conditions.map(conditionText) } : {}),
  };
}

/** The statement's Sid, or `statement 2` for the second. */
export function statementLabel({ sid }: PolicyStatement, index: number): string {
  return sid || `statement ${index + 1}`;
}

/** `stringequals aws:principalorgid o-a1b2c3d4e5`, without external ids. */
export function conditionText({ operator, qualifier, ifExists, key, values }: PolicyCondition): string {
  const asked = `${qualifier ? `${qualifier}:` : ''}${operator}${ifExists ? 'ifexists' : ''} ${key}`;
  return key === 'sts:externalid' ? asked : `${asked} ${values.join(' or ')}`;
}
