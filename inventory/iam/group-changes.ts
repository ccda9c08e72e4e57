import type { ChangeEvents } from '../events/changes.ts';
import type { GroupFacets } from './group.ts';
import { IAM } from './iam-events.ts';

const named = ['request.groupName'] as const;

export const groupChanges: readonly ChangeEvents<keyof GroupFacets>[] = [
  { source: IAM, names: ['CreateGroup'], ids: named },
  { source: IAM, names: ['DeleteGroup'], ids: named, deletes: true },
  { source: IAM, names: ['UpdateGroup'], ids: ['request.groupName', 'request.newGroupName'] },
  {
    source: IAM,
    names: ['PutGroupPolicy', 'DeleteGroupPolicy', 'AttachGroupPolicy', 'DetachGroupPolicy'],
    ids: named,
    facets: ['policies'],
  },
  { source: IAM, names: ['AddUserToGroup', 'RemoveUserFromGroup'], ids: named, facets: ['members'] },
  { source: IAM, names: ['UpdateUser', 'DeleteUser'], facets: ['members'], indirect: true },
  { source: IAM, names: ['CreatePolicyVersion', 'SetDefaultPolicyVersion'], facets: ['policies'], indirect: true },
];
