import type { RoleDetail } from '@aws-sdk/client-iam';
import { malformed } from '../broken-answer.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import type { AttachedPolicy } from './attached-policy.ts';
import { AUTHORIZATION, type Authorization, boundaryOf, type Entity, readAuthorization, toIdentity } from './authorization.ts';
import { getAccountAuthorizationDetails } from './calls.ts';
import { type AccountPrincipal, policiesOfRole, principalsOf, trustOf } from './principals.ts';
import { roleChanges } from './role-changes.ts';

export interface RoleFacets {
  readonly role: RoleProperties;
  readonly policies: Iterable<AttachedPolicy>;
  readonly boundary: PolicyDocument | undefined;
  readonly trustPolicy: PolicyDocument;
  /** All users, groups and roles of the account, itself among them: whose permissions it may come to have. */
  readonly principals: Iterable<AccountPrincipal>;
}

export interface RoleProperties {
  /** `/aws-service-role/…` for service-linked roles, `/aws-reserved/sso.amazonaws.com/…` for Identity Center. */
  readonly path: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | undefined;
}

interface ListedRole extends Entity<RoleDetail> {
  readonly authorization: Authorization;
}

export const roles = defineReader<'AWS::IAM::Role', ListedRole>({
  type: 'AWS::IAM::Role',
  scope: 'global',
  changes: roleChanges,
  list: {
    calls: [getAccountAuthorizationDetails],
    async read(place) {
      const authorization = await readAuthorization(place);
      return authorization.roles.map((role) => ({ ...role, authorization }));
    },
  },
  identify: toIdentity,
  facets: {
    role: { calls: [], read: toProperties },
    policies: { calls: [], read: ({ authorization, detail }) => policiesOfRole(authorization, detail) },
    boundary: { calls: [], read: ({ authorization, detail }) => boundaryOf(authorization, detail.PermissionsBoundary) },
    trustPolicy: { calls: [], read: ({ detail }) => trustOf(detail) },
    principals: { calls: [], read: ({ authorization }) => principalsOf(authorization) },
  },
});

function toProperties({ path, detail }: ListedRole): RoleProperties {
  if (!detail.CreateDate) throw malformed(AUTHORIZATION, 'a role has no creation date');
  return { path, createdAt: detail.CreateDate.toISOString(), lastUsedAt: detail.RoleLastUsed?.LastUsedDate?.toISOString() };
}
