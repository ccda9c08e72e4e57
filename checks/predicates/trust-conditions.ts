import type { PolicyCondition } from '../../inventory/policy-document.ts';

const POSITIVE = new Set(['arnequals', 'arnlike', 'stringequals', 'stringequalsignorecase', 'stringlike']);
const WITH_WILDCARDS = new Set(['arnequals', 'arnlike', 'stringlike']);
const OPPOSITES: Readonly<Record<string, string>> = {
  arnnotequals: 'arnequals',
  arnnotlike: 'arnlike',
  stringnotequals: 'stringequals',
  stringnotequalsignorecase: 'stringequalsignorecase',
  stringnotlike: 'stringlike',
};

/** True if the condition asks for one of its values. */
export function isPositive({ operator }: PolicyCondition): boolean {
  return POSITIVE.has(operator);
}

/** "IfExists" and "ForAllValues" in the IAM User Guide: both hold when the request lacks the key, as a stranger's does. */
export function mayHoldWhenAbsent({ ifExists, qualifier }: PolicyCondition): boolean {
  return ifExists || qualifier === 'ForAllValues';
}

/** What a value says before its first wildcard; a value without one ends with a line feed. Only Like and Arn operators know wildcards. */
export function toFixedStart(value: string, { operator }: PolicyCondition): string {
  const wildcard = WITH_WILDCARDS.has(operator) ? value.search(/[*?]/) : -1;
  return wildcard === -1 ? `${value}\n` : value.slice(0, wildcard);
}

/**
 * What everybody meets whom a Deny with only this condition spares; `undefined` where that cannot be said. A negated operator also holds,
 * and so denies, when the key is absent ("Condition operators" in the IAM User Guide), except after ForAnyValue.
 */
export function toSparing(condition: PolicyCondition): PolicyCondition | undefined {
  const { operator, qualifier, key, values } = condition;
  const opposite = OPPOSITES[operator];
  if (qualifier === 'ForAnyValue') return undefined;
  if (opposite !== undefined) return { operator: opposite, ifExists: false, key, values };
  if (operator !== 'bool' || !condition.ifExists) return undefined;
  return { operator, ifExists: false, key, values: values.map((value) => (value.toLowerCase() === 'true' ? 'false' : 'true')) };
}

/** Policy variables for what the role itself belongs to. */
const OWN_ORGANIZATION = /^\$\{aws:resourceorgid\}\n$/i;
const OWN_ACCOUNT = /^\$\{aws:resourceaccount\}$/i;

const ORGANIZATION_KEYS = new Set(['aws:principalorgid', 'aws:principalorgpaths', 'aws:sourceorgid', 'aws:sourceorgpaths']);

/** True if only callers of organizations, services or resources that the condition names can meet it. Accounts: see `namedAccounts`. */
export function namesCallers(condition: PolicyCondition): boolean {
  const { operator, key, values } = condition;
  if (mayHoldWhenAbsent(condition) || values.length === 0) return false;
  if (key === 'aws:principalisawsservice') return operator === 'bool' && values.every((value) => value.toLowerCase() === 'true');
  if (!isPositive(condition)) return false;
  const starts = values.map((value) => toFixedStart(value, condition));
  if (ORGANIZATION_KEYS.has(key)) return starts.every((start) => /^o-[a-z0-9]+[/\n]/.test(start) || OWN_ORGANIZATION.test(start));
  if (key === 'aws:sourcearn') return starts.every((start) => /^arn:[^:]+:s3:::.*\n$/.test(start));
  return key === 'aws:principalservicename' && starts.every((start) => start.endsWith('\n'));
}

/** True if the caller must know one fixed external id. */
export function asksForExternalId(condition: PolicyCondition): boolean {
  if (condition.key !== 'sts:externalid' || !isPositive(condition) || mayHoldWhenAbsent(condition)) return false;
  return condition.values.length > 0 && condition.values.every((value) => /^[^\n]+\n$/.test(toFixedStart(value, condition)));
}

/** Every signed request has them; `aws:SourceAccount` and `aws:SourceArn` come only with requests of AWS services. */
const CALLER_KEYS = new Set(['aws:principalaccount', 'aws:principalarn']);
const SOURCE_KEYS = new Set(['aws:sourceaccount', 'aws:sourcearn']);

/**
 * The accounts other than the role's own, where policy variables name that one, to which the condition limits callers, or on whose behalf
 * a service may call; `undefined` if it does not limit them.
 */
export function namedAccounts(condition: PolicyCondition): readonly string[] | undefined {
  const { key, values } = condition;
  if (!CALLER_KEYS.has(key) && !(SOURCE_KEYS.has(key) && !mayHoldWhenAbsent(condition))) return undefined;
  if (!isPositive(condition) || values.length === 0) return undefined;
  const accounts = values.filter((value) => !OWN_ACCOUNT.test(value)).map((value) => accountIn(value, condition));
  return accounts.includes(undefined) ? undefined : accounts.filter((account) => account !== undefined);
}

/** An Arn operator compares part by part; a `*` of StringLike would run over the colons, so the account must stand before the first one. */
function accountIn(value: string, { key, operator }: PolicyCondition): string | undefined {
  const text = operator === 'stringlike' ? value.replace(/[*?].*/s, '') : value;
  const account = key.endsWith('arn') ? /^[^:]*:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(text)?.[1] : text;
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}
