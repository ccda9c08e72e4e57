import { malformed } from '../broken-answer.ts';
import type { ChangeEvents, IdPath } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import { CREDENTIAL_CALLS, IAM } from './iam-events.ts';
import { isAboutRoot, namesUser, ROOT_NAME } from './root-user.ts';
import type { UserFacets } from './user.ts';

const named: readonly IdPath[] = [{ at: 'request.userName', as: (name) => (name === ROOT_NAME ? undefined : name) }];
/** Without a name it is about whoever calls. */
const namedOrCaller: readonly IdPath[] = [
  ...named,
  { at: 'response.accessKey.userName', as: (name, event) => (isAboutRoot(event) ? undefined : name) },
  { at: 'identity.type', as: callerUnlessNamed },
];

export const userChanges: readonly ChangeEvents<keyof UserFacets>[] = [
  { source: IAM, names: ['CreateUser'], ids: ['request.userName', 'response.user.userName'] },
  { source: IAM, names: ['DeleteUser'], ids: named, deletes: true },
  { source: IAM, names: ['UpdateUser'], ids: [...named, 'request.newUserName'] },
  {
    source: IAM,
    names: ['PutUserPolicy', 'DeleteUserPolicy', 'AttachUserPolicy', 'DetachUserPolicy'],
    ids: named,
    facets: ['policies'],
  },
  { source: IAM, names: ['PutUserPermissionsBoundary', 'DeleteUserPermissionsBoundary'], ids: named, facets: ['boundary'] },
  { source: IAM, names: ['AddUserToGroup', 'RemoveUserFromGroup'], ids: named, facets: ['groups', 'policies'] },
  {
    source: IAM,
    names: CREDENTIAL_CALLS,
    ids: namedOrCaller,
    facets: ['credentials'],
  },
  {
    source: IAM,
    names: ['EnableMFADevice', 'DeactivateMFADevice'],
    ids: namedOrCaller,
    facets: ['mfaDevices', 'virtualMfaDevices', 'credentials'],
  },
  {
    source: IAM,
    names: [
      'ResyncMFADevice',
      'UploadSSHPublicKey',
      'UpdateSSHPublicKey',
      'DeleteSSHPublicKey',
      'UploadSigningCertificate',
      'UpdateSigningCertificate',
      'DeleteSigningCertificate',
      'CreateServiceSpecificCredential',
      'UpdateServiceSpecificCredential',
      'ResetServiceSpecificCredential',
      'DeleteServiceSpecificCredential',
    ],
    ids: namedOrCaller,
    facets: [],
  },
  { source: IAM, names: ['TagUser', 'UntagUser'], ids: named, facets: [] },
  {
    source: IAM,
    names: ['PutGroupPolicy', 'DeleteGroupPolicy', 'AttachGroupPolicy', 'DetachGroupPolicy'],
    facets: ['policies'],
    indirect: true,
  },
  { source: IAM, names: ['UpdateGroup', 'DeleteGroup'], facets: ['groups', 'policies'], indirect: true },
  { source: IAM, names: ['CreatePolicyVersion', 'SetDefaultPolicyVersion'], facets: ['policies', 'boundary'], indirect: true },
];

/** @throws Unread when the event does not tell who calls */
function callerUnlessNamed(type: string, event: CloudTrailEvent): string | undefined {
  if (namesUser(event) || isAboutRoot(event)) return undefined;
  const name = type === 'IAMUser' ? (event.identity.at('userName').text ?? event.identity.at('arn').text?.split('/').at(-1)) : undefined;
  if (name === undefined) throw malformed(`cloudtrail:${event.name}`, 'neither a user nor the calling user is named');
  return name;
}
