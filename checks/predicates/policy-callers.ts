import type { PolicyCondition, PolicyStatement, Principals } from '../../inventory/policy-document.ts';
import { admitOnlyNamedCallers, spareOnlyNamedCallers } from './conditions.ts';
import { outsiderNamed } from './outsiders.ts';
import { mayHoldWhenAbsent, namedAccounts, namesCallers, toSparing } from './trust-conditions.ts';
import type { Home } from './trust-needs.ts';

/** Somebody whom a statement of a resource's policy is about, other than the resource's own account. */
export type PolicyCaller =
  | { readonly kind: 'everyone'; readonly who: string }
  | { readonly kind: 'account' | 'service'; readonly who: string; readonly id: string };

const EVERYONE: PolicyCaller = { kind: 'everyone', who: 'everyone' };

/** Keys of single services that say the same as a global one: the default policies of KMS and SNS have them. */
const SAME_AS: Readonly<Record<string, string>> = { 'kms:calleraccount': 'aws:principalaccount', 'aws:sourceowner': 'aws:sourceaccount' };

/** The people whom an Allow lets in by its principals and conditions; services stand in `servicesLetIn`. */
export function callersLetIn(statement: PolicyStatement, home: Home): readonly PolicyCaller[] {
  const conditions = statement.conditions.map(toGlobalKey);
  if (conditions.some((condition) => namesCallers(condition) || isWithinNetwork(condition))) return [];
  const limits = conditions.flatMap((condition) => namedAccounts(condition) ?? []);
  const limited = conditions.some((condition) => namedAccounts(condition) !== undefined);
  if (isForEveryone(statement)) {
    if (limited) return accountsAmong(limits, home);
    const delegates = conditions.map(accountsDelegatedTo).find((accounts) => accounts !== undefined);
    if (delegates) return accountsAmong(delegates, home);
    return admitOnlyNamedCallers(conditions) ? [] : [EVERYONE];
  }
  const { aws = [], canonicalUser = [] } = statement.principals ?? {};
  const named = [...accountsAmong(aws, home), ...canonicalUser.map(toCanonicalUser)];
  return limited ? named.filter((caller) => caller.kind !== 'account' || mayBeOneOf(limits, caller.id, home)) : named;
}

/**
 * Whose access points may let people into a bucket, where an Allow for everybody leaves it to them: "Delegating access control to access points" in
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
const ACCESS_POINT_KEYS: Readonly<Record<string, string>> = {
  's3:dataaccesspointaccount': 'aws:sourceaccount',
  's3:dataaccesspointarn': 'aws:sourcearn',
};

function accountsDelegatedTo(condition: PolicyCondition): readonly string[] | undefined {
  const key = ACCESS_POINT_KEYS[condition.key];
  return key === undefined ? undefined : namedAccounts({ ...condition, key });
}

/** Services that a statement lets in without saying for whom they may act. */
export function servicesLetIn({ principals, conditions }: PolicyStatement): readonly PolicyCaller[] {
  const services = principals?.service ?? [];
  if (services.length === 0 || conditions.map(toGlobalKey).some(namesSource)) return [];
  return services.map((id) => ({ kind: 'service', who: id, id }));
}

function namesSource(condition: PolicyCondition): boolean {
  return namedAccounts(condition) !== undefined || namesCallers(condition) || admitOnlyNamedCallers([condition]);
}

/** Those whom the denials leave of the callers. A denial of everybody leaves whomever it names as spared. */
export function lessDenied(callers: readonly PolicyCaller[], denies: readonly PolicyStatement[], home: Home): readonly PolicyCaller[] {
  return denies.reduce((left, deny) => left.flatMap((caller) => leftBy(deny, caller, home)), callers);
}

function leftBy(deny: PolicyStatement, caller: PolicyCaller, home: Home): readonly PolicyCaller[] {
  const conditions = deny.conditions.map(toGlobalKey);
  switch (caller.kind) {
    case 'everyone':
      if (!isForEveryone(deny) || !spareOnlyNamedCallers(conditions)) return [caller];
      return accountsAmong([...(deny.notPrincipals?.aws ?? []), ...conditions.flatMap(accountsSpared)], home);
    case 'account':
      return isForAccount(deny, caller.id, home) && conditions.every((condition) => sparesNone(condition, caller.id, home)) ? [] : [caller];
    case 'service':
      return deny.principals?.service.includes(caller.id) === true && conditions.length === 0 ? [] : [caller];
  }
}

/** True if the condition of a Deny lets nobody of the account escape but who is of an organization that it names. */
function sparesNone(condition: PolicyCondition, account: string, home: Home): boolean {
  const sparing = toSparing(condition);
  if (sparing === undefined) return false;
  const spared = namedAccounts(sparing);
  return namesCallers(sparing) || (spared !== undefined && !mayBeOneOf(spared, account, home));
}

/** Whose a canonical id is nobody can tell, but that it is another account's. */
function mayBeOneOf(accounts: readonly string[], account: string, { accountId }: Home): boolean {
  return isNumber(account) ? accounts.includes(account) : accounts.some((other) => other !== accountId);
}

function isNumber(account: string): boolean {
  return /^\d{12}$/.test(account);
}

function accountsSpared(condition: PolicyCondition): readonly string[] {
  const sparing = toSparing(condition);
  return (sparing && namedAccounts(sparing)) ?? [];
}

/** Identity providers that anybody can sign up with count as everyone; a provider of the account's own has an ARN. */
export function isForEveryone({ principals, notPrincipals }: PolicyStatement): boolean {
  if (notPrincipals) return !notPrincipals.aws.includes('*');
  return principals !== undefined && (namesEveryone(principals) || principals.federated.some((provider) => !provider.startsWith('arn:')));
}

function namesEveryone({ aws }: Principals): boolean {
  return aws.some((principal) => outsiderNamed(principal, NOBODY_KNOWN)?.kind === 'everyone');
}

const NOBODY_KNOWN: Home = { accountId: '', trustedAccounts: [] };

function isForAccount({ principals, notPrincipals }: PolicyStatement, account: string, { accountId }: Home): boolean {
  const isOf = (principal: string) => principal === '*' || principal === account || principal.endsWith(`:iam::${account}:root`);
  if (!notPrincipals) return principals?.aws.some(isOf) ?? false;
  const spares = (principal: string) =>
    principal === '*' || (isNumber(account) ? principal.includes(account) : !principal.includes(accountId));
  return notPrincipals.canonicalUser.length === 0 && !notPrincipals.aws.some(spares);
}

/** Trusted ones too: whether they are is for the reader of the verdict. */
function accountsAmong(names: readonly string[], { accountId }: Home): readonly PolicyCaller[] {
  const callers = names.flatMap((name): PolicyCaller[] => {
    const outsider = outsiderNamed(name, { accountId, trustedAccounts: [] });
    if (outsider === undefined) return [];
    return [outsider.kind === 'everyone' ? EVERYONE : { kind: 'account', who: outsider.who, id: outsider.who.replace(/^\w+ /, '') }];
  });
  return [...new Map(callers.map((caller) => [caller.who, caller])).values()];
}

/** S3 writes the ARN instead wherever it knows the account as one of IAM. */
function toCanonicalUser(id: string): PolicyCaller {
  return { kind: 'account', who: `canonical user ${id}`, id };
}

/**
 * A mount target is reached from its VPC alone, and the policy that the console of EFS writes has this condition: "The meaning of public" in
 * https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html
 */
function isWithinNetwork(condition: PolicyCondition): boolean {
  const { operator, key, values } = condition;
  return (
    key === 'elasticfilesystem:accessedviamounttarget' &&
    operator === 'bool' &&
    !mayHoldWhenAbsent(condition) &&
    values.every((value) => value.toLowerCase() === 'true')
  );
}

function toGlobalKey(condition: PolicyCondition): PolicyCondition {
  const key = SAME_AS[condition.key];
  return key === undefined ? condition : { ...condition, key };
}
