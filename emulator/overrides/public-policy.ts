import { isRecord } from '../request.ts';

/** Condition keys that, with fixed values, make a policy non-public (Amazon S3 User Guide, "The meaning of public"). */
const RESTRICTING =
  /^(aws:(principalorgid|principalorgpaths|principalarn|principalaccount|sourcearn|sourceaccount|sourceowner|sourcevpc|sourcevpce|sourceip|userid)|s3:dataaccesspoint(arn|account))$/;

/**
 * What GetBucketPolicyStatus says: an allowing statement for everybody, or for service principals alike, that no condition with fixed values restricts.
 * A model of AWS's evaluation for the policies that tests write, not a judge of real ones.
 */
export function isPublicPolicy(document: string, accountId: string): boolean {
  const policy: unknown = JSON.parse(document);
  const statements = isRecord(policy) ? [policy.Statement].flat() : [];
  return statements.some((statement) => isRecord(statement) && isPublicStatement(statement, accountId));
}

function isPublicStatement(statement: Readonly<Record<string, unknown>>, accountId: string): boolean {
  if (statement.Effect !== 'Allow') return false;
  const open = 'NotPrincipal' in statement || isEverybody(statement.Principal);
  return open && !isRestricted(statement.Condition, accountId);
}

function isEverybody(principal: unknown): boolean {
  if (principal === '*') return true;
  return isRecord(principal) && [principal.AWS].flat().some((one) => one === '*');
}

function isRestricted(condition: unknown, accountId: string): boolean {
  if (!isRecord(condition)) return false;
  return Object.entries(condition).some(
    ([operator, keys]) =>
      !/Not|IfExists|Null/.test(operator) &&
      isRecord(keys) &&
      Object.entries(keys).some(([key, values]) => RESTRICTING.test(key.toLowerCase()) && areFixed(key, [values].flat(), accountId)),
  );
}

function areFixed(key: string, values: readonly unknown[], accountId: string): boolean {
  return values.every((value) => {
    const text = String(value);
    if (key.toLowerCase() === 'aws:sourceip') return !isWideRange(text);
    return !/[*?]/.test(text) || text.includes(`:${accountId}:`);
  });
}

/** IPv4 ranges wider than /8 and IPv6 ranges wider than /32 are public. */
function isWideRange(cidr: string): boolean {
  const [address = '', length] = cidr.split('/');
  return length !== undefined && Number(length) < (address.includes(':') ? 32 : 8);
}
