import type { PolicyCondition } from '../../inventory/policy-document.ts';
import { isPositive, mayHoldWhenAbsent, toFixedStart } from './trust-conditions.ts';

/** Claims that say whose token it is, and what a value must begin with to name one owner; `\n` stands where a value without wildcard ends. */
type TenancyClaims = Readonly<Record<string, RegExp>>;

const ANY_FIXED = /\n$/;
const OWNER_SECOND = /^[^:]+:[^:/\n]+[:/\n]|\n$/;
const GITHUB_ID = /^[^/\n]+\n$/;

/**
 * Issuers that sign tokens for everybody who signs up, so that a role which trusts one must say whose tokens it wants: "Identity-provider
 * controls for shared OIDC providers" in the IAM User Guide, and the issuers that IAM itself knows without a provider ("AWS OIDC federation
 * keys"). GitHub's claims: its "OpenID Connect reference". An owner may choose which claims make up `sub`, but not what they say.
 */
const SHARED_ISSUERS: Readonly<Record<string, TenancyClaims>> = {
  'accounts.google.com': { aud: ANY_FIXED, oaud: ANY_FIXED, sub: ANY_FIXED },
  'agent.buildkite.com': { sub: /^organization:[^:\n]+:|\n$/ },
  'api.pulumi.com/oidc': { aud: ANY_FIXED, sub: /:org:[^:\n]+:|\n$/ },
  'app.terraform.io': { sub: /^organization:[^:\n]+:|\n$/ },
  'gitlab.com': { sub: /^project_path:[^:/\n]+\/|\n$/ },
  'graph.facebook.com': { app_id: ANY_FIXED, id: ANY_FIXED },
  'oidc-configuration.audit-log.githubusercontent.com': { sub: ANY_FIXED },
  'oidc.codefresh.io': { sub: /^account:[^:\n]+:|\n$/ },
  'oidc.vercel.com': { aud: ANY_FIXED, sub: /^owner:[^:\n]+:|\n$/ },
  'proidc.upbound.io': { sub: OWNER_SECOND },
  'sandboxes.cloud': { aud: ANY_FIXED },
  'scalr.io': { sub: /^account:[^:\n]+:|\n$/ },
  'studio.datachain.ai/api': { sub: /^credentials:[^:/\n]+\/|\n$/ },
  'token.actions.githubusercontent.com': {
    sub: /(?:^|:)(?:repo|repository|repository_owner|repository_id|repository_owner_id|enterprise|enterprise_id|job_workflow_ref):[^:/\n]+[:/\n]/,
    job_workflow_ref: /^[^/\n]+\//,
    repository: /^[^/\n]+\//,
    repository_owner: GITHUB_ID,
    repository_id: GITHUB_ID,
    repository_owner_id: GITHUB_ID,
    enterprise: GITHUB_ID,
    enterprise_id: GITHUB_ID,
  },
  'tokens.cloud.shisho.dev': { sub: OWNER_SECOND },
  'vstoken.actions.githubusercontent.com': { sub: OWNER_SECOND },
  'www.amazon.com': { app_id: ANY_FIXED, user_id: ANY_FIXED },
};

/** Every token has them, so that `IfExists` and `ForAllValues` change nothing. */
const IN_EVERY_TOKEN = new Set(['aud', 'sub']);

/** True for an issuer whose tokens are everybody's. Other issuers, such as an EKS cluster's, belong to whoever registered them. */
export function isSharedIssuer(issuer: string): boolean {
  return Object.hasOwn(SHARED_ISSUERS, issuer);
}

/** True if the condition lets in only tokens that a shared issuer made for one owner. */
export function namesTokenOwner(condition: PolicyCondition, issuer: string): boolean {
  const claim = condition.key.slice(issuer.length + 1);
  const claims = SHARED_ISSUERS[issuer];
  if (claims === undefined || condition.key !== `${issuer}:${claim}` || !Object.hasOwn(claims, claim)) return false;
  const pattern = claims[claim];
  if (pattern === undefined || !isPositive(condition) || (mayHoldWhenAbsent(condition) && !IN_EVERY_TOKEN.has(claim))) return false;
  return condition.values.length > 0 && condition.values.every((value) => pattern.test(toFixedStart(value, condition)));
}
