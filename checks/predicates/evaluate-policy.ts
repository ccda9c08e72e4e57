import type { PolicyStatement } from '../../inventory/policy-document.ts';
import { conditionHolds } from './condition-operators.ts';
import { namingOf, type RequestPrincipal } from './policy-principals.ts';
import { conditionText, coversAction } from './policy-statements.ts';
import { type Carries, fillIn, literal } from './policy-variables.ts';
import { allTrue, anyTrue, opposite, type Truth } from './truth.ts';
import { matchesWildcard } from './wildcard.ts';

/** One call to AWS, as far as it is known. */
export interface PolicyRequest {
  /** Lower case: `iam:passrole`. */
  readonly action: string;
  /** ARN of what it is asked of; none for the trust policy of a role, whose statements name no resource. */
  readonly resource?: string;
  /** Whose request it is; needed for policies of resources. */
  readonly principal?: RequestPrincipal;
  readonly carries: Carries;
}

/** The policies that decide about a request. Service and resource control policies are not seen here. */
export interface DecidingPolicies {
  /** Of the principal and of its groups. */
  readonly identity: readonly PolicyStatement[];
  /** The permissions boundary; `undefined` when there is none. */
  readonly boundary?: readonly PolicyStatement[] | undefined;
  /** Of the resource; `undefined` when it has none. */
  readonly resource?: readonly PolicyStatement[] | undefined;
  /** `must-allow`: a role's trust policy, a key's policy, or anything of another account. `may-allow`: the usual resource of the principal's own account. */
  readonly resourcePolicy?: 'may-allow' | 'must-allow' | 'foreign';
}

/** Whether a request is allowed: `always`, `never`, or `sometimes`, with the conditions of which that depends. */
export type Decision =
  | { readonly outcome: 'always' }
  | { readonly outcome: 'never'; readonly denied: boolean }
  | { readonly outcome: 'sometimes'; readonly onlyIf: readonly string[]; readonly unless: readonly string[] };

/**
 * Decides a request as https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html does: an explicit Deny anywhere wins; then the identity's
 * policies must allow it within the boundary, or a resource of the same account must name the principal itself. Where what is not known of the request
 * decides, the answer is `sometimes`: `always` and `never` hold whatever it is.
 */
export function decide(policies: DecidingPolicies, request: PolicyRequest): Decision {
  const { identity, boundary = [], resource = [] } = policies;
  const denies = [...identity, ...boundary, ...resource].filter(({ effect }) => effect === 'Deny');
  const denied = anyTrue(denies, (statement) => applies(statement, request));
  if (denied === 'yes') return { outcome: 'never', denied: true };
  const allowed = isAllowed(policies, request);
  if (allowed === 'no') return { outcome: 'never', denied: false };
  if (allowed === 'yes' && denied === 'no') return { outcome: 'always' };
  const open = (statements: readonly PolicyStatement[]) => conditionsLeftOpen(statements, request);
  return {
    outcome: 'sometimes',
    onlyIf: allowed === 'yes' ? [] : open([...identity, ...boundary, ...resource].filter(({ effect }) => effect === 'Allow')),
    unless: open(denies),
  };
}

function isAllowed({ identity, boundary, resource, resourcePolicy = 'may-allow' }: DecidingPolicies, request: PolicyRequest): Truth {
  const within = boundary ? allowedBy(boundary, request) : 'yes';
  const byIdentity = both(allowedBy(identity, request), within);
  if (resource === undefined) return byIdentity;
  const naming = (wanted: 'itself' | 'account') =>
    anyTrue(resource, (statement) => (namingOf(statement, request.principal ?? {}) === wanted ? allowedBy([statement], request) : 'no'));
  if (resourcePolicy === 'foreign') return both(either(naming('itself'), naming('account')), byIdentity);
  // A boundary limits what a resource's policy gives to a role, but not what it gives to a user.
  const direct = both(naming('itself'), request.principal?.arn?.includes(':role/') ? within : 'yes');
  return either(direct, resourcePolicy === 'must-allow' ? both(naming('account'), byIdentity) : byIdentity);
}

function allowedBy(statements: readonly PolicyStatement[], request: PolicyRequest): Truth {
  return anyTrue(statements, (statement) => (statement.effect === 'Allow' ? applies(statement, request) : 'no'));
}

/** Whether a statement speaks of the request: its principal, action, resource and all its conditions. */
export function applies(statement: PolicyStatement, request: PolicyRequest): Truth {
  if (namingOf(statement, request.principal ?? {}) === 'not' || !coversAction(statement, request.action)) return 'no';
  const about = isAbout(statement, request);
  if (about === 'no') return 'no';
  return both(
    about,
    allTrue(statement.conditions, (condition) => conditionHolds(condition, request.carries)),
  );
}

function isAbout({ resources, notResources }: PolicyStatement, { resource, carries }: PolicyRequest): Truth {
  if (resource === undefined) return 'yes';
  const matches = (pattern: string): Truth => {
    const filled = fillIn(pattern, carries);
    if (filled === undefined || !matchesWildcard(filled.pattern, literal(resource))) return 'no';
    return filled.sure ? 'yes' : 'unknown';
  };
  if (resources) return anyTrue(resources, matches);
  return notResources ? opposite(anyTrue(notResources, matches)) : 'yes';
}

/** Conditions that decide and of which it is not known whether they hold. */
function conditionsLeftOpen(statements: readonly PolicyStatement[], request: PolicyRequest): readonly string[] {
  const open = statements.filter((statement) => applies(statement, request) === 'unknown');
  const texts = open.flatMap(({ conditions, resources = [], notResources = [] }) => {
    const unclear = conditions.filter((condition) => conditionHolds(condition, request.carries) === 'unknown').map(conditionText);
    return unclear.length > 0 ? unclear : [...resources, ...notResources].filter((pattern) => pattern.includes('${')).map(toVariableText);
  });
  return [...new Set(texts)];
}

function toVariableText(pattern: string): string {
  return `the resource is ${pattern}`;
}

function both(one: Truth, other: Truth): Truth {
  return allTrue([one, other], (truth) => truth);
}

function either(one: Truth, other: Truth): Truth {
  return anyTrue([one, other], (truth) => truth);
}
