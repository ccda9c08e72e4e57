import type { PolicyDocument } from '../policy-document.ts';
import type { AttachedPolicy } from './attached-policy.ts';

export interface RoleFacets {
  readonly role: RoleProperties;
  readonly policies: Iterable<AttachedPolicy>;
  readonly boundary: PolicyDocument | undefined;
  readonly trustPolicy: PolicyDocument;
}

export interface RoleProperties {
  /** `/aws-service-role/…` for service-linked roles, `/aws-reserved/sso.amazonaws.com/…` for Identity Center. */
  readonly path: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | undefined;
}
