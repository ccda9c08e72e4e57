import type { PolicyCondition } from '../../inventory/policy-document.ts';
import { isNarrowAddressRange } from './source-address.ts';

/** Whether a value picks out callers that its author knew, so that nobody else can have it. */
type Names = (value: string, operator: string) => boolean;

/**
 * The condition keys that can make a grant to everybody non-public, and the values that do: "The meaning of public" in the Amazon S3
 * User Guide, and the keys of the same kind in "AWS global condition context keys" of the IAM User Guide. Keys that any caller can
 * satisfy (`aws:Referer`, `aws:SecureTransport`, `aws:PrincipalTag/…`), that describe the bucket itself (`aws:ResourceAccount`) or that
 * hold private addresses of any VPC (`aws:VpcSourceIp`) are left out: they never restrict.
 */
const NAMING_KEYS: Readonly<Record<string, Names>> = {
  'aws:principalaccount': isFixed,
  'aws:principalarn': hasFixedAccount,
  'aws:principalisawsservice': (value) => value.toLowerCase() === 'true',
  'aws:principalorgid': isFixed,
  'aws:principalorgpaths': hasFixedOrganization,
  'aws:principalservicename': isFixed,
  'aws:principalservicenameslist': isFixed,
  'aws:sourceaccount': isFixed,
  'aws:sourcearn': hasFixedAccount,
  'aws:sourceip': isNarrowAddressRange,
  'aws:sourceorgid': isFixed,
  'aws:sourceorgpaths': hasFixedOrganization,
  'aws:sourceowner': isFixed,
  'aws:sourcevpc': isFixed,
  'aws:sourcevpcarn': hasFixedAccount,
  'aws:sourcevpce': isFixed,
  'aws:userid': hasFixedUniqueId,
  'aws:vpceaccount': isFixed,
  'aws:vpceorgid': isFixed,
  'aws:vpceorgpaths': hasFixedOrganization,
  's3:dataaccesspointaccount': isFixed,
  's3:dataaccesspointarn': hasFixedAccount,
  's3:x-amz-server-side-encryption-aws-kms-key-id': isFixed,
};

/** Every request has it, anonymous ones too, so that `IfExists` changes nothing. Even `aws:SourceIp` is absent from requests over VPC endpoints. */
const ALWAYS_PRESENT = 'aws:principalaccount';

const MATCHING = new Set(['arnequals', 'arnlike', 'bool', 'ipaddress', 'stringequals', 'stringequalsignorecase', 'stringlike']);
const DIFFERING = new Set(['arnnotequals', 'arnnotlike', 'notipaddress', 'stringnotequals', 'stringnotequalsignorecase', 'stringnotlike']);

/** True if only callers that an Allow's conditions name can meet all of them; the rest of the world, anonymous or not, cannot. */
export function admitOnlyNamedCallers(conditions: readonly PolicyCondition[]): boolean {
  const required = new Set(conditions.filter(requiresPresence).map(({ key }) => key));
  return conditions.some(
    (condition) =>
      MATCHING.has(condition.operator) &&
      namesCallers(condition) &&
      (!holdsWhenAbsent(condition) || required.has(condition.key) || condition.key === ALWAYS_PRESENT),
  );
}

/** True if a Deny's conditions let nobody escape but callers that they name; always true when there are none. */
export function spareOnlyNamedCallers(conditions: readonly PolicyCondition[]): boolean {
  return conditions.every((condition) => (isDiffering(condition) ? namesCallers(condition) : deniesAllButServices(condition)));
}

/** `StringNotEquals` and its like hold when the key is absent; `ForAnyValue` never does then. */
function isDiffering({ operator, qualifier }: PolicyCondition): boolean {
  return DIFFERING.has(operator) && qualifier !== 'ForAnyValue';
}

/** Anonymous requests lack the key, so a plain `Bool` would let them escape. */
function deniesAllButServices(condition: PolicyCondition): boolean {
  const { key, operator, values } = condition;
  return key === 'aws:principalisawsservice' && operator === 'bool' && holdsWhenAbsent(condition) && all(values, isFalse);
}

function namesCallers({ key, values, operator }: PolicyCondition): boolean {
  const names = Object.hasOwn(NAMING_KEYS, key) ? NAMING_KEYS[key] : undefined;
  return names !== undefined && all(values, (value) => names(value, operator));
}

/** "IfExists condition operators" and "ForAllValues" in the IAM User Guide: both are true of a key that the request lacks. */
function holdsWhenAbsent({ ifExists, qualifier }: PolicyCondition): boolean {
  return ifExists || qualifier === 'ForAllValues';
}

function requiresPresence({ operator, values }: PolicyCondition): boolean {
  return operator === 'null' && all(values, isFalse);
}

function all(values: readonly string[], question: (value: string) => boolean): boolean {
  return values.length > 0 && values.every(question);
}

function isFalse(value: string): boolean {
  return value.toLowerCase() === 'false';
}

/** No wildcard, no policy variable, and not what anonymous requests carry. */
function isFixed(value: string): boolean {
  return value !== '' && value.toLowerCase() !== 'anonymous' && !/[*?]|\$\{/.test(value);
}

/**
 * A wildcard may follow the account, and may stand for the region. Further to the left only the Arn operators, which compare part by
 * part, may have one: a String operator's `*` runs over colons, and paths of IAM names may hold colons and a copied account id.
 */
function hasFixedAccount(value: string, operator: string): boolean {
  if (isFixed(value)) return true;
  const parts = value.split(':');
  const fixedParts = parts[2] === 'iam' || parts[2] === 'sts' ? 4 : 3;
  return /^\d{12}$/.test(parts[4] ?? '') && (operator.startsWith('arn') || isFixed(parts.slice(0, fixedParts).join(':')));
}

/** `o-a1b2c3d4e5/*`: an organization's id is unique, so whatever follows it stays inside. */
function hasFixedOrganization(value: string): boolean {
  return isFixed(value) || /^o-[a-z0-9]+\//.test(value);
}

/** `AROA…:session*`: the unique id stands before the colon. */
function hasFixedUniqueId(value: string): boolean {
  return isFixed(value) || /^A[A-Z]{3}[A-Z0-9]{12,}:/.test(value);
}
