import type { GroupDetail, RoleDetail, UserDetail } from '@aws-sdk/client-iam';
import { oncePer } from '../ec2/once-per.ts';
import type { Listed } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { GLOBAL, type ResourceIdentity } from '../resource.ts';
import type { AttachedPolicy } from './attached-policy.ts';
import { AUTHORIZATION, type Authorization, boundaryOf, type Entity, toPolicies } from './authorization.ts';

/** A user, group or role of the account, as far as it matters to another who may come to act as it. */
export interface AccountPrincipal {
  readonly identity: ResourceIdentity;
  readonly policies: Iterable<AttachedPolicy>;
  /** Throws `Unread` when it was not read. */
  readonly boundary: PolicyDocument | undefined;
  /** Of a role; nobody assumes users and groups. Throws `Unread` when it was not read. */
  readonly trustPolicy: PolicyDocument | undefined;
}

/** All users, groups and roles of the account: the same list for each of them. */
export const principalsOf = oncePer((authorization: Authorization): Listed<AccountPrincipal> => {
  const { users, groups, roles } = authorization;
  return joined([
    users.map((user) => toPrincipal('AWS::IAM::User', user, policiesOfUser(authorization, user.detail), authorization)),
    groups.map((group) => toPrincipal('AWS::IAM::Group', group, policiesOfGroup(authorization, group.detail), authorization)),
    roles.map((role) => toPrincipal('AWS::IAM::Role', role, policiesOfRole(authorization, role.detail), authorization)),
  ]);
});

/** Groups have neither. */
type Holder = Pick<RoleDetail, 'Arn' | 'AssumeRolePolicyDocument' | 'PermissionsBoundary'>;

function toPrincipal(
  type: ResourceIdentity['type'],
  { arn, name, tags, detail }: Entity<Holder>,
  policies: Listed<AttachedPolicy>,
  authorization: Authorization,
): AccountPrincipal {
  const [, partition = 'aws', , , accountId = ''] = arn.split(':');
  return {
    identity: { type, arn, id: name, accountId, region: GLOBAL, partition, tags },
    policies,
    get boundary() {
      return boundaryOf(authorization, detail.PermissionsBoundary);
    },
    get trustPolicy() {
      return type === 'AWS::IAM::Role' ? trustOf(detail) : undefined;
    },
  };
}

/** Attached to the user, inline, and through groups. */
export function policiesOfUser(authorization: Authorization, detail: UserDetail): Listed<AttachedPolicy> {
  const own = toPolicies(authorization, 'direct', detail.UserPolicyList, detail.AttachedManagedPolicies);
  const groups = toListed(detail.GroupList ?? [], authorization.group);
  const inherited = groups.known.map((group) =>
    toPolicies(authorization, { group: group.name }, group.detail.GroupPolicyList, group.detail.AttachedManagedPolicies),
  );
  return joined([own, ...inherited], groups.unread);
}

export function policiesOfGroup(authorization: Authorization, detail: GroupDetail): Listed<AttachedPolicy> {
  return toPolicies(authorization, 'direct', detail.GroupPolicyList, detail.AttachedManagedPolicies);
}

export function policiesOfRole(authorization: Authorization, detail: RoleDetail): Listed<AttachedPolicy> {
  return toPolicies(authorization, 'direct', detail.RolePolicyList, detail.AttachedManagedPolicies);
}

/** Who may assume a role. Throws `Unread` for a document that is missing or malformed. */
export function trustOf({ AssumeRolePolicyDocument = '' }: Holder): PolicyDocument {
  return toPolicyDocument(AssumeRolePolicyDocument, AUTHORIZATION);
}
