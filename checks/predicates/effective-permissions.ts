import type { Unread } from '../../inventory/facet.ts';
import type { AttachedPolicy } from '../../inventory/iam/attached-policy.ts';
import type { PolicyCondition, PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import type { ResourceIdentity } from '../../inventory/resource.ts';
import type { Evidence } from '../check.ts';
import { conditionHolds } from './condition-operators.ts';
import { deniesWithoutMfa, type Obtainable, obtainable, unmetConditions } from './permission-conditions.ts';
import { conditionText, coversAction, coversResource, statementEvidence } from './policy-statements.ts';
import { iamContext } from './request-context.ts';
import { coveringSets, UNHEARD_OF, type Universe } from './statement-coverage.ts';
import { answerOf, knownOf } from './unread.ts';

/** A principal with all that gives it permissions or limits them. Service and resource control policies are not seen here. */
export interface PermissionHolder {
  readonly identity: Pick<ResourceIdentity, 'accountId' | 'partition'>;
  readonly policies: Iterable<AttachedPolicy>;
  readonly boundary: PolicyDocument | undefined;
}

/** That a principal is an administrator: the fact in words, and the statements that prove it. */
export interface AdminGrant {
  readonly reason: string;
  readonly evidence: Evidence;
}

/**
 * Whether a principal is an administrator, over all its policies together: if what they allow, within the permissions boundary, covers
 * every action on every resource, or all of `iam:*` in the account, by which it can give itself the rest. A Deny counts if it has no
 * condition; one with conditions is told (`unless`); one that still leaves a way to give permissions to a user, group, role or policy nobody thought of can be lifted by its own
 * subject, and so changes nothing. An Allow with a condition counts if the condition only asks for MFA, or for nothing; else it is left out.
 * Exact over all texts of the form of an action and an ARN, not only over those that AWS knows today: see `matchCombinations`.
 * Throws `Unread` where a policy or boundary that was not read could decide the other way.
 */
export function adminGrant(holder: PermissionHolder): AdminGrant | undefined {
  return grantOver(holder, (statement) => obtainable(statement, holder.identity.accountId) !== 'restricted');
}

/**
 * The same where a condition is not known to be met: an address, a tag, an hour. The evidence says under which conditions (`onlyIf`). Not where a condition cannot be met in
 * IAM, such as a region that it is not in: without IAM nobody is an administrator. For principals that `adminGrant` did not find to be one.
 */
export function conditionalAdminGrant(holder: PermissionHolder): AdminGrant | undefined {
  const policies = knownOf(() => holder.policies);
  const boundary = answerOf(() => holder.boundary);
  const documents = [...policies.known.map(({ document }) => document), ...(boundary.value ? [boundary.value] : [])];
  if (!documents.some(hasConditions) && !policies.unread && !boundary.unread) return undefined;
  const carries = iamContext(holder.identity);
  return grantOver(holder, ({ conditions }) => conditions.every((condition) => conditionHolds(condition, carries) !== 'no'));
}

/** Where there are no conditions, nothing depends on any. */
function hasConditions({ statements }: PolicyDocument): boolean {
  return statements.some(({ effect, conditions }) => effect === 'Allow' && conditions.length > 0);
}

function grantOver(holder: PermissionHolder, isUsable: (statement: PolicyStatement) => boolean): AdminGrant | undefined {
  const policies = knownOf(() => holder.policies);
  const boundary = answerOf(() => holder.boundary);
  const unread = policies.unread ?? boundary.unread;
  const judgeOver = (over: readonly AttachedPolicy[]) =>
    judge(toRules(over, boundary.value, holder.identity.accountId, isUsable), holder.identity);
  const worst = judgeOver(policies.unread ? [...policies.known, UNREAD_POLICY] : policies.known);
  if (worst === undefined || unread === undefined) return worst;
  throw undecided(unread, judgeOver(policies.known)?.reason);
}

/** A known grant is named: only a Deny or a boundary in what was not read can still take it away. */
export function undecided(unread: Unread, known: string | undefined): Error {
  if (known === undefined) return unread;
  const message = `${unread.reason.message}; what was read ${known}`;
  return Object.assign(new Error(message), { name: 'Unread', reason: { ...unread.reason, message } });
}

/** The worst that a policy which was not read may hold. */
export const UNREAD_POLICY: AttachedPolicy = {
  name: 'not read',
  via: 'direct',
  document: { statements: [{ effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] }] },
};

interface Rules {
  readonly grants: readonly Grant[];
  /** Of the boundary; `undefined` when there is none. */
  readonly limits: readonly PolicyStatement[] | undefined;
  readonly denies: readonly PolicyStatement[];
  /** Those with conditions that may deny all of IAM. */
  readonly deniedUnder: readonly PolicyStatement[];
}

interface Grant {
  readonly policy: AttachedPolicy;
  readonly statement: PolicyStatement;
  readonly needs: Obtainable;
  readonly unmet: readonly PolicyCondition[];
}

function toRules(
  policies: readonly AttachedPolicy[],
  boundary: PolicyDocument | undefined,
  accountId: string,
  isUsable: (statement: PolicyStatement) => boolean,
): Rules {
  const isUsableAllow = (statement: PolicyStatement) => statement.effect === 'Allow' && isUsable(statement);
  const grants = policies.flatMap((policy) =>
    policy.document.statements
      .filter(isUsableAllow)
      .map((statement) => ({ policy, statement, needs: obtainable(statement, accountId), unmet: unmetConditions(statement, accountId) })),
  );
  const denies = [...policies.map(({ document }) => document), ...(boundary ? [boundary] : [])].flatMap(({ statements }) =>
    statements.filter(({ effect }) => effect === 'Deny'),
  );
  return {
    grants,
    limits: boundary?.statements.filter(isUsableAllow),
    denies: denies.filter(({ conditions }) => conditions.length === 0),
    deniedUnder: denies.filter(({ conditions }) => conditions.length > 0).filter((deny) => coversAction(deny, `iam:${UNHEARD_OF}`)),
  };
}

function judge(rules: Rules, { accountId, partition }: PermissionHolder['identity']): AdminGrant | undefined {
  const iam = `arn:${partition}:iam::${accountId}:`;
  if (!allows(rules, `iam:${UNHEARD_OF}`, `${iam}${UNHEARD_OF}`) || !canGivePermissions(rules.denies, iam)) return undefined;
  const everything = proofOf(rules, { action: '+:+', resource: `arn:${partition}:?*:*:*:?*` });
  if (everything) return toGrant(everything, rules, rules.denies.length === 0 ? EVERYTHING : ALMOST_EVERYTHING);
  const allOfIam = proofOf(rules, { action: 'iam:+', resource: `${iam}?*` });
  return allOfIam && toGrant(allOfIam, rules, ALL_OF_IAM);
}

const EVERYTHING = 'allows every action on every resource';
const ALMOST_EVERYTHING = 'allows every action but some, and may lift those limits itself';
const ALL_OF_IAM = 'allows all of iam:*, so it can make itself administrator';

/** Actions that each suffice to hand out any permission, with the kind of resource that they need. */
const PERMISSION_GIVERS: Readonly<Record<string, string>> = {
  'iam:attachgrouppolicy': 'group',
  'iam:attachrolepolicy': 'role',
  'iam:attachuserpolicy': 'user',
  'iam:createpolicyversion': 'policy',
  'iam:putgrouppolicy': 'group',
  'iam:putrolepolicy': 'role',
  'iam:putuserpolicy': 'user',
};

function canGivePermissions(denies: readonly PolicyStatement[], iam: string): boolean {
  return Object.entries(PERMISSION_GIVERS).some(
    ([action, kind]) => !denies.some((deny) => coversAction(deny, action) && coversResource(deny, `${iam}${kind}/${UNHEARD_OF}`)),
  );
}

function allows({ grants, limits }: Rules, action: string, resource: string): boolean {
  const covers = (statement: PolicyStatement) => coversAction(statement, action) && coversResource(statement, resource);
  return grants.some(({ statement }) => covers(statement)) && (limits === undefined || limits.some(covers));
}

/** Grants that together cover the universe and none of which could be left out; `undefined` if all of them do not. One that suffices alone wins. */
function proofOf({ grants: unordered, limits }: Rules, universe: Universe): readonly Grant[] | undefined {
  if (
    limits &&
    !coverAll(
      limits.map((statement) => ({ statement })),
      universe,
    )
  )
    return undefined;
  const grants = unordered.toSorted(bySimplicity);
  const single = grants.find((grant) => coverAll([grant], universe));
  if (single) return [single];
  const sets = coveringSets(grants, universe);
  if (sets.some(({ size }) => size === 0)) return undefined;
  const needed = new Set(grants);
  for (const grant of grants.toReversed()) {
    needed.delete(grant);
    if (sets.some((set) => [...set].every((other) => !needed.has(other)))) needed.add(grant);
  }
  return grants.filter((grant) => needed.has(grant));
}

/** Those that ask for least first, then by name, so that the proof stays the same while the facts do. */
function bySimplicity(a: Grant, b: Grant): number {
  return a.unmet.length - b.unmet.length || (a.policy.name < b.policy.name ? -1 : Number(a.policy.name > b.policy.name));
}

function coverAll(owners: readonly { readonly statement: PolicyStatement }[], universe: Universe): boolean {
  return coveringSets(owners, universe).every(({ size }) => size > 0);
}

function toGrant(proof: readonly Grant[], rules: Rules, reason: string): AdminGrant {
  const grantedBy = proof.map(({ policy, statement }) => ({
    policy: policy.name,
    ...(policy.via === 'direct' ? {} : { group: policy.via.group }),
    statement: statementEvidence(statement),
  }));
  const limits = {
    ...listed(
      'onlyIf',
      proof.filter(({ needs }) => needs === 'restricted').flatMap(({ unmet }) => unmet),
    ),
    ...listed(
      'unless',
      rules.deniedUnder.filter((deny) => !deniesWithoutMfa(deny)).flatMap(({ conditions }) => conditions),
    ),
  };
  const evidence = { grantedBy, ...limits };
  if (rules.deniedUnder.some(deniesWithoutMfa)) return { reason, evidence: { ...evidence, mitigation: 'denied without MFA' } };
  if (proof.some(({ needs }) => needs === 'with-mfa')) return { reason, evidence: { ...evidence, mitigation: 'allowed only with MFA' } };
  return { reason, evidence };
}

function listed(name: 'onlyIf' | 'unless', conditions: readonly PolicyCondition[]): Evidence {
  return conditions.length === 0 ? {} : { [name]: [...new Set(conditions.map(conditionText))] };
}
