import type { FunctionPolicy } from '../../inventory/lambda/function.ts';
import type { PolicyCondition, PolicyDocument, PolicyStatement, Principals } from '../../inventory/policy-document.ts';

export const NOBODY: Principals = { aws: [], service: [], federated: [], canonicalUser: [] };

export const ANYBODY: Principals = { ...NOBODY, aws: ['*'] };
export const OTHER_ACCOUNT: Principals = { ...NOBODY, aws: ['arn:aws:iam::444455556666:root'] };
export const OWN_ACCOUNT: Principals = { ...NOBODY, aws: ['arn:aws:iam::111122223333:root'] };

/** In an example: a service as principal. */
export function service(...names: readonly string[]): Principals {
  return { ...NOBODY, service: names };
}

/** In an example: a condition such as `only('stringequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5')`. */
export function only(operator: string, key: string, ...values: readonly string[]): PolicyCondition {
  return { operator, ifExists: false, key: key.toLowerCase(), values };
}

/** In an example: a statement that allows these principals something. */
export function letting(
  principals: Principals,
  actions: string | readonly string[],
  ...conditions: readonly PolicyCondition[]
): PolicyStatement {
  return { effect: 'Allow', principals, actions: [actions].flat(), conditions };
}

/** In an example: a policy of these statements. */
export function policyOf(...statements: readonly PolicyStatement[]): PolicyDocument {
  return { statements };
}

/** In an example: the policy of a function itself. */
export function functionPolicy(...statements: readonly PolicyStatement[]): FunctionPolicy {
  return { alias: undefined, policy: policyOf(...statements) };
}
