import type { PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import type { Evidence, Severity } from '../check.ts';
import { adminGrant } from './effective-permissions.ts';
import { obtainable } from './permission-conditions.ts';
import { coversAction, coversResource, statementEvidence } from './policy-statements.ts';
import { UNHEARD_OF } from './statement-coverage.ts';

/** What a policy gives its bearer that nobody should get unnoticed. */
export interface DangerousGrant {
  /** After `a policy that`: `allows every action on every resource`. */
  readonly reason: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
}

interface Home {
  readonly accountId: string;
  readonly partition: string;
}

/** Managed policies of AWS by which their bearer is administrator, or nearly. Job functions stand under a path. */
const MANAGED: Readonly<Record<string, Severity>> = {
  AdministratorAccess: 'HIGH',
  'AdministratorAccess-AWSElasticBeanstalk': 'MEDIUM',
  'AdministratorAccess-Amplify': 'MEDIUM',
  IAMFullAccess: 'HIGH',
  PowerUserAccess: 'MEDIUM',
};

/** How bad it is to be given the managed policy with this ARN; `undefined` for one that gives no more than its name says. */
export function managedAdminPolicy(arn: string): { readonly name: string; readonly severity: Severity } | undefined {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const severity = Object.hasOwn(MANAGED, name) ? MANAGED[name] : undefined;
  return severity && { name, severity };
}

/** Actions that each suffice to become administrator, on whatever there is of a kind: the kind, and how the reason calls it. */
const ESCALATIONS: Readonly<Record<string, readonly [kind: string, words: string]>> = {
  'iam:attachuserpolicy': ['user', 'attach any policy to any user'],
  'iam:attachrolepolicy': ['role', 'attach any policy to any role'],
  'iam:attachgrouppolicy': ['group', 'attach any policy to any group'],
  'iam:putuserpolicy': ['user', 'write policies of any user'],
  'iam:putrolepolicy': ['role', 'write policies of any role'],
  'iam:putgrouppolicy': ['group', 'write policies of any group'],
  'iam:createpolicyversion': ['policy', 'rewrite any policy'],
  'iam:updateassumerolepolicy': ['role', 'let anybody assume any role'],
  'iam:createaccesskey': ['user', 'make access keys of any user'],
  'iam:createloginprofile': ['user', 'give any user a password'],
  'iam:updateloginprofile': ['user', 'change the password of any user'],
};

/** What the policy allows by itself, without what else its bearer has: everything, what makes an administrator of its bearer, or every role. */
export function dangerousGrant(document: PolicyDocument, home: Home): DangerousGrant | undefined {
  const admin = adminGrant({ identity: home, policies: [{ name: 'policy', via: 'direct', document }], boundary: undefined });
  if (admin)
    return { reason: admin.reason, severity: 'HIGH', evidence: { allows: usableStatements(document, home).map(statementEvidence) } };
  for (const [action, [kind, words]] of Object.entries(ESCALATIONS)) {
    const statement = allowsOnAny(kind, document, action, home);
    if (statement) return { reason: `allows to ${words}`, severity: 'HIGH', evidence: { allows: [statementEvidence(statement)] } };
  }
  const assume = allowsOnAny('role', document, 'sts:assumerole', home);
  return assume && { reason: 'allows to assume every role', severity: 'MEDIUM', evidence: { allows: [statementEvidence(assume)] } };
}

function usableStatements({ statements }: PolicyDocument, { accountId }: Home): readonly PolicyStatement[] {
  return statements.filter((statement) => statement.effect === 'Allow' && obtainable(statement, accountId) !== 'restricted');
}

/** A statement that allows the action on a user, role… that nobody has heard of, if no other denies it. */
function allowsOnAny(kind: string, document: PolicyDocument, action: string, home: Home): PolicyStatement | undefined {
  const anything = `arn:${home.partition}:iam::${home.accountId}:${kind}/${UNHEARD_OF}`;
  const speaks = (statement: PolicyStatement) => coversAction(statement, action) && coversResource(statement, anything);
  const isDenied = document.statements.some(
    (statement) => statement.effect === 'Deny' && statement.conditions.length === 0 && speaks(statement),
  );
  return isDenied ? undefined : usableStatements(document, home).find(speaks);
}
