import { Aws } from 'aws-cdk-lib';
import { AccountPrincipal, ManagedPolicy, PolicyDocument, PolicyStatement, PrincipalWithConditions, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checks } from '../checks/registry.ts';
import { permissionsFor, readStatements } from '../findings/permissions.ts';
import { LOOKUP_EVENTS } from '../inventory/cloudtrail/calls.ts';
import { describeRegions } from '../inventory/regions.ts';
import { sources } from '../inventory/registry.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { functionNamed, PREFIX } from './names.ts';

/** The IAM actions of the audit role: what the checks' readers ask, which regions there are, and who is behind what changed. Sorted. */
export function auditActions(): readonly string[] {
  return [...new Set([...permissionsFor(checks, sources), ...describeRegions.permissions, ...LOOKUP_EVENTS.permissions])].sort();
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const POLICY_CHARACTERS = 6_144;

export interface AuditRoleProps {
  readonly roleName: string;
  readonly hubAccount: string;
  readonly externalId: string;
}

/** The role by which an account is audited: it reads configuration and nothing else, and only those of the hub's functions that look into accounts may take it on. */
export class AuditRole extends Construct {
  constructor(scope: Construct, id: string, { roleName, hubAccount, externalId }: AuditRoleProps) {
    super(scope, id);
    const role = (name: string) => `arn:${Aws.PARTITION}:iam::${hubAccount}:role/${name}`;
    const assumedBy = new PrincipalWithConditions(new AccountPrincipal(hubAccount), {
      // Whether these roles are there yet does not matter here, as it would if they were principals.
      ArnEquals: { 'aws:PrincipalArn': [role(functionNamed('plan')), role(functionNamed('scan')), role(functionNamed('react'))] },
      StringEquals: { 'sts:ExternalId': externalId },
    });
    const narrowed = readStatements(auditActions(), Aws.PARTITION).flatMap(({ resources }) => resources.filter((part) => part !== '*'));
    const managedPolicies = toPolicies(auditActions(), POLICY_CHARACTERS).map((document, index) => {
      const policy = new ManagedPolicy(this, `Policy${index + 1}`, {
        managedPolicyName: `${PREFIX}-audit-${index + 1}`,
        // To change it would be to replace the policy, and there cannot be two of one name.
        description: 'Exactly what the audit reads',
        document,
      });
      acknowledgeWildcard(
        policy,
        '*',
        'An audit looks at all resources of an account. Every action reads configuration; none reads data or writes.',
      );
      for (const resource of narrowed) acknowledgeWildcard(policy, resource, 'Every API, whatever its id is, and its stages.');
      return policy;
    });
    new Role(this, 'Role', { roleName, description: 'Read by cloud-posture', assumedBy, managedPolicies });
  }
}

/** Policies of at most so many characters, in the order of the actions. */
export function toPolicies(actions: readonly string[], limit: number): readonly PolicyDocument[] {
  const groups: string[][] = [];
  for (const action of actions) {
    const last = groups.at(-1);
    if (last && sizeOf([...last, action]) <= limit) last.push(action);
    else groups.push([action]);
  }
  return groups.map(toDocument);
}

function sizeOf(actions: readonly string[]): number {
  return JSON.stringify(toDocument(actions).toJSON()).length;
}

function toDocument(actions: readonly string[]): PolicyDocument {
  const statements = readStatements(actions, Aws.PARTITION);
  return new PolicyDocument({
    statements: statements.map(
      ({ sid, actions, resources }) => new PolicyStatement({ sid, actions: [...actions], resources: [...resources] }),
    ),
  });
}
