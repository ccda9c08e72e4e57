import type { ChangeEvents } from '../events/changes.ts';
import { IAM } from './iam-events.ts';
import type { RoleFacets } from './role.ts';

const named = ['request.roleName'] as const;

export const roleChanges: readonly ChangeEvents<keyof RoleFacets>[] = [
  { source: IAM, names: ['CreateRole', 'CreateServiceLinkedRole', 'AcquireRole'], ids: ['request.roleName', 'response.role.roleName'] },
  { source: IAM, names: ['DeleteRole', 'DeleteServiceLinkedRole'], ids: named, deletes: true },
  {
    source: IAM,
    names: ['PutRolePolicy', 'DeleteRolePolicy', 'AttachRolePolicy', 'DetachRolePolicy'],
    ids: named,
    facets: ['policies'],
  },
  { source: IAM, names: ['PutRolePermissionsBoundary', 'DeleteRolePermissionsBoundary'], ids: named, facets: ['boundary'] },
  { source: IAM, names: ['UpdateAssumeRolePolicy'], ids: named, facets: ['trustPolicy'] },
  {
    source: IAM,
    names: ['UpdateRole', 'UpdateRoleDescription', 'TagRole', 'UntagRole', 'AddRoleToInstanceProfile', 'RemoveRoleFromInstanceProfile'],
    ids: named,
    facets: [],
  },
  { source: IAM, names: ['CreatePolicyVersion', 'SetDefaultPolicyVersion'], facets: ['policies', 'boundary'], indirect: true },
];
