import { trustOpenings } from '../../../checks/predicates/trust.ts';
import type { PolicyCondition, PolicyStatement, Principals } from '../../../inventory/policy-document.ts';

export const OWN = '111122223333';
export const PARTNER = '444455556666';
export const GITHUB = 'token.actions.githubusercontent.com';
export const COGNITO = 'cognito-identity.amazonaws.com';

export const ANYBODY = 'anybody with an AWS account may assume it';
export const ANY_USER = 'users of any identity provider may assume it';
export const NO_EXTERNAL_ID = `account ${PARTNER} may assume it without an external id`;
export const ANY_REPOSITORY = `anybody's token of ${GITHUB} may assume it`;
export const ANY_POOL = "anybody's Cognito identity pool may assume it";
export const VISITORS = 'visitors of a Cognito identity pool who did not sign in may assume it';

export function condition(operator: string, key: string, value: string, more: Partial<PolicyCondition> = {}): PolicyCondition {
  return { operator, ifExists: false, key, values: [value], ...more };
}

export function principals(some: Partial<Principals>): Principals {
  return { aws: [], service: [], federated: [], canonicalUser: [], ...some };
}

export function allow(
  who: Partial<Principals>,
  conditions: readonly PolicyCondition[] = [],
  actions: readonly string[] = ['sts:AssumeRole'],
): PolicyStatement {
  return { effect: 'Allow', principals: principals(who), actions, conditions };
}

export function deny(who: Partial<Principals>, conditions: readonly PolicyCondition[] = []): PolicyStatement {
  return { ...allow(who, conditions), effect: 'Deny' };
}

/** Issuers that IAM knows by itself have no provider in the account. */
export function web(issuer: string, conditions: readonly PolicyCondition[]): PolicyStatement {
  const builtIn = issuer === COGNITO || issuer === 'accounts.google.com';
  const federated = [builtIn ? issuer : `arn:aws:iam::${OWN}:oidc-provider/${issuer}`];
  return allow({ federated }, conditions, ['sts:AssumeRoleWithWebIdentity']);
}

export function reasons(statements: readonly PolicyStatement[]): readonly string[] {
  return trustOpenings({ statements }, { accountId: OWN, trustedAccounts: [] }).map(({ reason }) => reason);
}
