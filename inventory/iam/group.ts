import type { GroupDetail } from '@aws-sdk/client-iam';
import { defineReader } from '../reader.ts';
import type { AttachedPolicy } from './attached-policy.ts';
import { type Authorization, type Entity, readAuthorization, toIdentity } from './authorization.ts';
import { getAccountAuthorizationDetails } from './calls.ts';
import { groupChanges } from './group-changes.ts';
import { type AccountPrincipal, policiesOfGroup, principalsOf } from './principals.ts';

export interface GroupFacets {
  readonly policies: Iterable<AttachedPolicy>;
  /** Groups cannot have one; named so that users, groups and roles are judged by one check. */
  readonly boundary: undefined;
  /** Names of the users in the group. */
  readonly members: Iterable<string>;
  /** All users, groups and roles of the account, itself among them: whose permissions it may come to have. */
  readonly principals: Iterable<AccountPrincipal>;
}

interface ListedGroup extends Entity<GroupDetail> {
  readonly authorization: Authorization;
}

export const groups = defineReader<'AWS::IAM::Group', ListedGroup>({
  type: 'AWS::IAM::Group',
  scope: 'global',
  changes: groupChanges,
  list: {
    calls: [getAccountAuthorizationDetails],
    async read(place) {
      const authorization = await readAuthorization(place);
      return authorization.groups.map((group) => ({ ...group, authorization }));
    },
  },
  identify: toIdentity,
  facets: {
    policies: { calls: [], read: ({ authorization, detail }) => policiesOfGroup(authorization, detail) },
    boundary: { calls: [], read: () => undefined },
    principals: { calls: [], read: ({ authorization }) => principalsOf(authorization) },
    members: {
      calls: [],
      read: ({ authorization, name }) =>
        authorization.users.filter((user) => user.detail.GroupList?.includes(name) === true).map((user) => user.name),
    },
  },
});
