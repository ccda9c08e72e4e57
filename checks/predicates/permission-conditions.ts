import type { PolicyCondition, PolicyStatement } from '../../inventory/policy-document.ts';

/** When a statement that allows something does so: always, or only in a session that was opened with MFA; `restricted` is anything else. */
export type Obtainable = 'always' | 'with-mfa' | 'restricted';

/** Keys that every signed request has: "AWS global condition context keys" in the IAM User Guide. */
const ALWAYS_PRESENT = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:useragent',
  'aws:userid',
]);

/** What the conditions of an Allow ask of a principal of this account who wants to use it. */
export function obtainable(statement: PolicyStatement, accountId: string): Obtainable {
  const left = unmetConditions(statement, accountId);
  if (left.length === 0) return 'always';
  return left.every(asksForMfa) ? 'with-mfa' : 'restricted';
}

/** What a statement asks for beyond what any caller can bring about: TLS, any address, any name. */
export function unmetConditions({ conditions }: PolicyStatement, accountId: string): readonly PolicyCondition[] {
  return conditions.filter((condition) => !isMetAtWill(condition, accountId));
}

/** True for the usual statement that denies everything to sessions without MFA: plain `Bool` would spare access keys, whose requests lack the key. */
export function deniesWithoutMfa({ conditions }: PolicyStatement): boolean {
  const [condition, ...others] = conditions;
  if (condition === undefined || others.length > 0) return false;
  const { operator, ifExists, key, values } = condition;
  if (operator === 'bool') return ifExists && key === 'aws:multifactorauthpresent' && areAll(values, 'false');
  return operator === 'null' && key === 'aws:multifactorauthage' && areAll(values, 'true');
}

/** `BoolIfExists … true` asks for nothing in an Allow: requests signed with an access key lack the key. */
function asksForMfa({ operator, ifExists, key, values }: PolicyCondition): boolean {
  if (key === 'aws:multifactorauthpresent') return operator === 'bool' && !ifExists && isAmong('true', values);
  if (key !== 'aws:multifactorauthage') return false;
  return operator === 'null' ? isAmong('false', values) : operator.startsWith('numericlessthan') && !ifExists;
}

/** True if the principal needs nothing from anybody to meet the condition. */
function isMetAtWill({ operator, qualifier, ifExists, key, values }: PolicyCondition, accountId: string): boolean {
  switch (operator) {
    case 'bool':
      if (key === 'aws:multifactorauthpresent') return ifExists || qualifier === 'ForAllValues';
      return (key === 'aws:securetransport' && isAmong('true', values)) || (key === 'aws:viaawsservice' && isAmong('false', values));
    case 'ipaddress':
      return key === 'aws:sourceip' && values.some((value) => value === '0.0.0.0/0' || value === '::/0');
    case 'stringequals':
    case 'stringequalsignorecase':
      return isOwnAccount(key, values, accountId);
    case 'stringlike':
    case 'arnlike':
    case 'arnequals':
      if (isOwnAccount(key, values, accountId)) return true;
      return values.some((value) => /^\*+$/.test(value)) && (ifExists || qualifier === 'ForAllValues' || ALWAYS_PRESENT.has(key));
    default:
      return false;
  }
}

/** Who asks for what is its own: by number, or by the policy variables for the caller's account and organization. */
function isOwnAccount(key: string, values: readonly string[], accountId: string): boolean {
  const own = key === 'aws:principalaccount' || key === 'aws:resourceaccount' ? [accountId, `\${aws:principalaccount}`] : [];
  if (key === 'aws:resourceorgid') own.push(`\${aws:principalorgid}`);
  return values.some((value) => own.includes(value.toLowerCase()));
}

function isAmong(wanted: string, values: readonly string[]): boolean {
  return values.some((value) => value.toLowerCase() === wanted);
}

function areAll(values: readonly string[], expected: string): boolean {
  return values.length > 0 && values.every((value) => value.toLowerCase() === expected);
}
