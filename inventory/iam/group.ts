import type { GroupDetail } from '@aws-sdk/client-iam';
import { defineReader } from '../reader.ts';
import type { AttachedPolicy } from './attached-policy.ts';
import { type Authorization, type Entity, readAuthorization, toIdentity, toPolicies } from './authorization.ts';
import { getAccountAuthorizationDetails } from './calls.ts';
import { groupChanges } from './group-changes.ts';

export interface GroupFacets {
  readonly policies: Iterable<AttachedPolicy>;
  /** Groups cannot have one; named so that users, groups and roles are judged by one check. */
  readonly boundary: undefined;
  /** Names of the users in the group. */
  readonly members: Iterable<string>;
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
    policies: {
      calls: [],
      read: ({ authorization, detail }) => toPolicies(authorization, 'direct', detail.GroupPolicyList, detail.AttachedManagedPolicies),
    },
    boundary: { calls: [], read: () => undefined },
    members: {
      calls: [],
      read: ({ authorization, name }) =>
        authorization.users.filter((user) => user.detail.GroupList?.includes(name) === true).map((user) => user.name),
    },
  },
});
