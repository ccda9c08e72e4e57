import type { PolicyCondition } from '../../inventory/policy-document.ts';
import { isSharedIssuer, namesTokenOwner } from './shared-issuers.ts';
import { asksForExternalId, isPositive, mayHoldWhenAbsent, namedAccounts, namesCallers } from './trust-conditions.ts';
import { matchesWildcard } from './wildcard.ts';

export type TrustSeverity = 'CRITICAL' | 'HIGH';

/** The account that a role belongs to, and others that its owners trust. */
export interface Home {
  readonly accountId: string;
  readonly trustedAccounts: readonly string[];
}

/** What must hold before somebody outside may assume a role, and what is wrong while it does not. */
export interface Need {
  readonly reason: string;
  readonly severity: TrustSeverity;
  /** Where the statement has conditions, if only ones that do not meet the need: they keep out those who do not know them. */
  readonly conditional?: TrustSeverity;
  readonly metBy: (condition: PolicyCondition) => boolean;
}

/** @param signed false where only web identities or SAML users may come */
export function anyoneNeeds({ accountId, trustedAccounts }: Home, signed: boolean): Need {
  const trusted = [accountId, ...trustedAccounts];
  return {
    reason: signed ? 'anybody with an AWS account may assume it' : 'users of any identity provider may assume it',
    severity: 'CRITICAL',
    conditional: 'HIGH',
    metBy(condition) {
      if (namesCallers(condition)) return true;
      const accounts = namedAccounts(condition);
      if (accounts) return accounts.every((account) => trusted.includes(account));
      return !signed && namesTokensOf(condition);
    },
  };
}

/** Keys that are no claims of an issuer, and those that anybody's own SAML provider or identity pool can fill in. */
const OF_ANY_ISSUER = /^(?:aws|sts|saml|cognito-identity\.amazonaws\.com):/;

/** A condition on a claim also says whose tokens are meant: no other issuer's have it. */
function namesTokensOf(condition: PolicyCondition): boolean {
  if (OF_ANY_ISSUER.test(condition.key)) return false;
  const issuer = condition.key.slice(0, condition.key.lastIndexOf(':'));
  if (isSharedIssuer(issuer)) return namesTokenOwner(condition, issuer);
  return isPositive(condition) && !mayHoldWhenAbsent(condition);
}

/**
 * Who can make a third party act for it needs the external id that only we gave that party: "The confused deputy problem" in the IAM User
 * Guide. Conditions that leave no caller of that account over need nothing more.
 */
export function foreignAccountNeeds(account: string): Need {
  return {
    reason: `account ${account} may assume it without an external id`,
    severity: 'HIGH',
    metBy: (condition) => asksForExternalId(condition) || namesCallers(condition) || namedAccounts(condition)?.includes(account) === false,
  };
}

/** What tokens of an OIDC issuer need; nothing for one that is not shared with strangers. */
export function providerNeeds(issuer: string): readonly Need[] {
  if (issuer === COGNITO) return COGNITO_NEEDS;
  if (!isSharedIssuer(issuer)) return [];
  return [
    {
      reason: `anybody's token of ${issuer} may assume it`,
      severity: 'CRITICAL',
      metBy: (condition) => namesTokenOwner(condition, issuer),
    },
  ];
}

const COGNITO = 'cognito-identity.amazonaws.com';

/** "Role trust and permissions" in the Amazon Cognito Developer Guide: `aud` is the identity pool, `amr` says whether somebody signed in. */
const COGNITO_NEEDS: readonly Need[] = [
  {
    reason: "anybody's Cognito identity pool may assume it",
    severity: 'CRITICAL',
    metBy: (condition) =>
      condition.key === `${COGNITO}:aud` && isPositive(condition) && !condition.values.some((value) => /[*?]/.test(value)),
  },
  {
    reason: 'visitors of a Cognito identity pool who did not sign in may assume it',
    severity: 'HIGH',
    metBy: ({ key, operator, qualifier, ifExists, values }) =>
      key === `${COGNITO}:amr` &&
      isPositive({ key, operator, ifExists, values }) &&
      qualifier !== 'ForAllValues' &&
      values.every((value) => !matchesWildcard(value, 'unauthenticated')),
  },
];
