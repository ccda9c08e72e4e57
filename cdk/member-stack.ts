import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AuditRole, type AuditRoleProps } from './audit-role.ts';

export interface MemberStackProps extends StackProps, AuditRoleProps {}

/** What every audited account has, the hub's own too: the audit role. */
export class MemberStack extends Stack {
  constructor(scope: Construct, id: string, { roleName, hubAccount, externalId, ...props }: MemberStackProps) {
    super(scope, id, { description: 'cloud-posture: the role by which this account is audited', ...props });
    new AuditRole(this, 'Audit', { roleName, hubAccount, externalId });
  }
}
