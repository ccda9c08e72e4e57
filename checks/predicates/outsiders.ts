import type { PolicyCondition, PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import type { Evidence } from '../check.ts';
import { admitOnlyNamedCallers, spareOnlyNamedCallers } from './conditions.ts';
import { patternCovers } from './patterns.ts';
import { statementEvidence } from './policy-statements.ts';
import { namedAccounts, namesCallers } from './trust-conditions.ts';
import type { Home } from './trust-needs.ts';
import { refuseToJudge } from './unread.ts';

const KINDS = ['everyone', 'account', 'organization'] as const;

/** Somebody whom neither the account nor those that its owners trust know. Worst kind first. */
export interface Outsider {
  readonly kind: (typeof KINDS)[number];
  /** `everyone`, `account 444455556666`, `organization o-a1b2c3d4e5`. */
  readonly who: string;
}

/** An outsider whom a statement of a policy lets in. */
export interface PolicyOutsider extends Outsider {
  readonly evidence: Evidence;
}

const EVERYONE: Outsider = { kind: 'everyone', who: 'everyone' };
const EVERYONE_BY_NAME = new Set(['*', 'all']);

/**
 * Whom a principal or the target of a share names, if that is an outsider: `*` and `all` are everyone. Nobody is: a service, what is of AWS itself
 * (`arn:aws:iam::cloudfront:user/…`), and the unique id of a principal that is gone. A name of no known form is taken for that of an outsider.
 */
export function outsiderNamed(name: string, home: Home): Outsider | undefined {
  if (EVERYONE_BY_NAME.has(name.toLowerCase())) return EVERYONE;
  const organization = /:organizations::\d*:(?:organization|ou)\/(.+)$/.exec(name)?.[1] ?? /^(?:o|ou)-[a-z0-9-]+$/.exec(name)?.[0];
  if (organization !== undefined) return { kind: 'organization', who: `organization ${organization}` };
  if (OF_NOBODY.test(name)) return undefined;
  const account = name.startsWith('arn:') ? (name.split(':')[4] ?? '') : name;
  if (/[*?]/.test(account)) return EVERYONE;
  const id = /^\d{1,12}$/.test(account) ? account.padStart(12, '0') : account.slice(0, LONGEST);
  return id === home.accountId || home.trustedAccounts.includes(id) ? undefined : { kind: 'account', who: `account ${id}` };
}

const OF_NOBODY = /^[a-z0-9.-]+\.(amazonaws\.com|amazon\.com|aws\.internal)(\.cn)?$|^arn:[^:]*:iam::[a-z]+:|^A[A-Z]{3}[A-Z0-9]{12,}$/;
const LONGEST = 40;

/** The worst among those whom names stand for. */
export function worstOutsider(names: readonly string[], home: Home): Outsider | undefined {
  const outsiders = names.flatMap((name) => outsiderNamed(name, home) ?? []);
  return KINDS.map((kind) => outsiders.find((outsider) => outsider.kind === kind)).find((found) => found !== undefined);
}

/**
 * The outsiders whom a resource's policy lets do anything, worst first. Conditions that only callers of the owners' choice can meet are respected, and a
 * Deny that surely shuts everyone else out of the same; services are let in, since whom they act for is another question.
 */
export function policyOutsiders(policy: PolicyDocument, home: Home): readonly PolicyOutsider[] {
  const denies = policy.statements.filter((statement) => statement.effect === 'Deny' && isForEveryone(statement));
  const allows = policy.statements.filter(({ effect }) => effect === 'Allow');
  if (allows.some(namesNobody)) refuseToJudge('malformed', 'cloudtrail:policy', 'a statement of a resource policy names no principal');
  return allows
    .flatMap((statement) => outsidersOf(statement, denies, home).map((one) => ({ ...one, evidence: statementEvidence(statement) })))
    .toSorted((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind));
}

/** Every statement of a resource's policy has a principal. */
function namesNobody({ principals, notPrincipals }: PolicyStatement): boolean {
  return notPrincipals === undefined && Object.values(principals ?? {}).every((names: readonly string[]) => names.length === 0);
}

function outsidersOf(statement: PolicyStatement, denies: readonly PolicyStatement[], home: Home): readonly Outsider[] {
  if (denies.some((deny) => takesAll(deny, statement) && spareOnlyNamedCallers(deny.conditions))) return [];
  if (isForEveryone(statement)) return outsidersAmongEveryone(statement, home);
  if (statement.conditions.some(namesCallers)) return [];
  return (statement.principals?.aws ?? []).flatMap((principal) => outsiderNamed(principal, home) ?? []);
}

/** Identity providers that anybody can sign up with count as everyone; a provider of the account's own has an ARN. */
function isForEveryone({ principals, notPrincipals }: PolicyStatement): boolean {
  if (notPrincipals) return !notPrincipals.aws.includes('*');
  return (
    principals !== undefined &&
    (principals.aws.some((principal) => outsiderNamed(principal, NOBODY_KNOWN)?.kind === 'everyone') ||
      principals.federated.some((provider) => !provider.startsWith('arn:')))
  );
}

const NOBODY_KNOWN: Home = { accountId: '', trustedAccounts: [] };

/** Keys of single services that say the same as a global one: the default policies of KMS and SNS have them. */
const SAME_AS: Readonly<Record<string, string>> = { 'kms:calleraccount': 'aws:principalaccount', 'aws:sourceowner': 'aws:sourceaccount' };

/** Where conditions name accounts, those are meant. */
function outsidersAmongEveryone({ conditions: written }: PolicyStatement, home: Home): readonly Outsider[] {
  if (written.some(isWithinNetwork)) return [];
  const conditions = written.map((condition) => ({ ...condition, key: SAME_AS[condition.key] ?? condition.key }));
  const accounts = conditions.map(namedAccounts).find((named) => named !== undefined);
  if (accounts) return accounts.flatMap((account) => outsiderNamed(account, home) ?? []);
  return admitOnlyNamedCallers(conditions) ? [] : [EVERYONE];
}

/**
 * A mount target is reached from its VPC alone, and the policy that the console of EFS writes has this condition: "The meaning of public" in
 * https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html
 */
function isWithinNetwork({ operator, ifExists, key, values }: PolicyCondition): boolean {
  return (
    key === 'elasticfilesystem:accessedviamounttarget' && operator === 'bool' && !ifExists && values.every((value) => value === 'true')
  );
}

function takesAll(deny: PolicyStatement, { actions = [], resources = ['*'] }: PolicyStatement): boolean {
  const covers = (patterns: readonly string[] | undefined, wanted: readonly string[]) =>
    wanted.length > 0 && wanted.every((one) => patterns?.some((pattern) => patternCovers(pattern.toLowerCase(), one.toLowerCase())));
  return covers(deny.actions, actions) && covers(deny.resources ?? (deny.notResources ? undefined : ['*']), resources);
}
