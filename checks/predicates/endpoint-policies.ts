import type { PolicyCondition, PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import { type Failure, fail } from '../check.ts';
import { spareOnlyNamedCallers } from './conditions.ts';
import { patternCovers } from './patterns.ts';
import { isForEveryone } from './policy-callers.ts';
import { statementEvidence } from './policy-statements.ts';
import { type AccountAdmittance, type Admittance, judgeResourcePolicy } from './resource-policy-verdict.ts';
import { isPositive, mayHoldWhenAbsent, toFixedStart, toSparing } from './trust-conditions.ts';
import type { Home } from './trust-needs.ts';

/** Whom the policy of a VPC endpoint lets carry data to, or fetch it from, whatever account. */
export interface EndpointOpenings {
  /** Whoever has credentials of any account. */
  readonly everyone: readonly Admittance[];
  /** Credentials of accounts that are named and not trusted. */
  readonly strangers: readonly AccountAdmittance[];
}

/**
 * What is wide open by the policy of an endpoint. A statement is narrow when it names the callers (as principals, or by `aws:PrincipalOrgID` and its like), or the resources: by
 * their ARNs, or by `aws:ResourceOrgID` and its like; or when a Deny leaves only such. That requests come from the network says nothing: all do.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html and https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
 */
export function endpointOpenings(policy: PolicyDocument, home: Home): EndpointOpenings {
  const written = new Map(policy.statements.map((statement) => [withoutNetwork(statement), statement]));
  const fences = policy.statements.filter(isFence);
  const { everyone, accounts } = judgeResourcePolicy({ statements: [...written.keys()] }, { home, operation: 'ec2:DescribeVpcEndpoints' });
  const isWide = ({ statement }: Admittance) => !namesResources(statement) && !fences.some((fence) => coversAll(fence, statement));
  const asWritten = <One extends Admittance>(one: One): One => ({
    ...one,
    evidence: statementEvidence(written.get(one.statement) ?? one.statement),
  });
  return {
    everyone: everyone.filter(isWide).map(asWritten),
    strangers: accounts.filter((one) => !one.trusted && isWide(one)).map(asWritten),
  };
}

const OTHERWISE = { severity: 'LOW', because: 'little can be carried away by this service' } as const;
const CONDITIONS = { severity: 'LOW', because: 'not everybody can meet its conditions' } as const;
const NAMED = { severity: 'LOW', because: 'it names who is meant; accounts of your own go into trustedAccounts' } as const;

/** The failure of an endpoint by its policy, if that is wide. `dataServices`: names of services, after the region, by which data can be carried away. */
export function failByEndpointPolicy(
  policy: PolicyDocument,
  serviceName: string,
  home: Home,
  dataServices: readonly string[],
): Failure | undefined {
  const { everyone, strangers } = endpointOpenings(policy, home);
  const worst = everyone.find(({ conditions }) => conditions.length === 0) ?? everyone[0] ?? strangers[0];
  if (!worst) return undefined;
  const service = /(?:^|\.)com\.amazonaws\.[^.]+\.(.+)$/.exec(serviceName)?.[1] ?? serviceName;
  const narrowed = everyone.length === 0 ? NAMED : worst.conditions.length > 0 ? CONDITIONS : undefined;
  return fail(
    `its policy lets ${worst.who} reach whatever is in ${service}, whoever owns it`,
    { service: serviceName, ...worst.evidence },
    dataServices.includes(service) ? narrowed : OTHERWISE,
  );
}

const NETWORK_KEYS = new Set([
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
]);

/** An Allow without what every request through the endpoint meets; of a Deny that rests on it, nothing that could be counted on. */
function withoutNetwork(statement: PolicyStatement): PolicyStatement {
  const conditions = statement.conditions.filter(({ key }) => !NETWORK_KEYS.has(key));
  if (conditions.length === statement.conditions.length || statement.effect === 'Allow') return { ...statement, conditions };
  return { effect: 'Deny', principals: { aws: ['*'], service: [], federated: [], canonicalUser: [] }, actions: [], conditions: [] };
}

const RESOURCE_KEYS = new Set(['aws:resourceaccount', 'aws:resourceorgid', 'aws:resourceorgpaths', 's3:resourceaccount']);

function namesResources({ resources, conditions }: PolicyStatement): boolean {
  return conditions.some(limitsResources) || (resources !== undefined && resources.length > 0 && resources.every(isNamed));
}

/** Fixed values only: a variable may stand for the caller's own account, whichever that is. */
function limitsResources(condition: PolicyCondition): boolean {
  const { key, values } = condition;
  if (!RESOURCE_KEYS.has(key) || !isPositive(condition) || mayHoldWhenAbsent(condition) || values.length === 0) return false;
  return values.every((value) => /^(?:\d{12}\n|o-[a-z0-9]+[/\n])/.test(toFixedStart(value, condition)));
}

/** An ARN with an account, or, where there is none as in those of buckets, with the beginning of a name. */
function isNamed(resource: string): boolean {
  const [, , service = '', , account = '', ...rest] = resource.split(':');
  if (account !== '') return /^\d{12}$/.test(account);
  return /^[a-z0-9-]+$/.test(service) && /^[^*?$]/.test(rest.join(':'));
}

/** A Deny that spares only callers or resources that it names. */
function isFence(statement: PolicyStatement): boolean {
  const { effect, conditions } = statement;
  if (effect !== 'Deny' || conditions.length === 0 || !isForEveryone(statement) || statement.notPrincipals) return false;
  return conditions.every((condition) => {
    const sparing = toSparing(condition);
    return (sparing !== undefined && limitsResources(sparing)) || (!NETWORK_KEYS.has(condition.key) && spareOnlyNamedCallers([condition]));
  });
}

/** True if the Deny speaks of every action and resource of which the Allow does. */
function coversAll(deny: PolicyStatement, allow: PolicyStatement): boolean {
  return (
    (allow.actions ?? ['*']).every((action) =>
      deny.actions?.some((pattern) => patternCovers(pattern.toLowerCase(), action.toLowerCase())),
    ) &&
    (deny.resources === undefined
      ? deny.notResources === undefined
      : (allow.resources ?? ['*']).every((resource) => deny.resources?.some((pattern) => patternCovers(pattern, resource))))
  );
}
