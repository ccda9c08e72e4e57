import { CLOUDTRAIL, TRAIL_STATE_CHANGES } from '../cloudtrail/trail-changes.ts';
import type { ChangeEvents, IdPath } from '../events/changes.ts';
import { CREDENTIAL_CALLS, IAM } from '../iam/iam-events.ts';
import { ofRootUser } from '../iam/root-user.ts';
import { ACCOUNT_BLOCK_CHANGES, S3 } from '../s3/bucket-changes.ts';
import type { AccountFacets } from './account.ts';

const ACCOUNT = 'account.amazonaws.com';
const SIGNIN = 'signin.amazonaws.com';
/** The caller's own account, unless the organization's management account acts for another. */
const addressed: readonly IdPath[] = [
  { at: 'request.accountId', as: (id, { accountId }) => (id === accountId ? id : undefined) },
  { at: 'identity.type', as: (_type, { request, accountId }) => (request.at('accountId').exists ? undefined : accountId) },
];

export const accountChanges: readonly ChangeEvents<keyof AccountFacets>[] = [
  {
    source: IAM,
    names: [...CREDENTIAL_CALLS, 'UploadSigningCertificate', 'UpdateSigningCertificate', 'DeleteSigningCertificate'],
    ids: ofRootUser,
    facets: ['summary', 'rootCredentials', 'rootEvents'],
  },
  {
    source: IAM,
    names: ['EnableMFADevice', 'DeactivateMFADevice'],
    ids: ofRootUser,
    facets: ['summary', 'rootCredentials', 'virtualMfaDevices', 'rootEvents'],
  },
  {
    source: IAM,
    names: ['EnableMFADevice', 'DeactivateMFADevice', 'CreateVirtualMFADevice', 'DeleteVirtualMFADevice'],
    ids: 'account',
    facets: ['virtualMfaDevices'],
    indirect: true,
  },
  {
    source: SIGNIN,
    names: ['ConsoleLogin', 'PasswordUpdated', 'PasswordRecoveryCompleted'],
    ids: ofRootUser,
    facets: ['summary', 'rootCredentials', 'rootEvents'],
  },
  { source: IAM, names: ['UpdateAccountPasswordPolicy', 'DeleteAccountPasswordPolicy'], ids: 'account', facets: ['passwordPolicy'] },
  {
    source: ACCOUNT,
    names: ['PutAlternateContact', 'DeleteAlternateContact', 'PutContactInformation'],
    ids: addressed,
    facets: ['contacts'],
  },
  { source: S3, names: [...ACCOUNT_BLOCK_CHANGES], ids: 'account', facets: ['publicAccessBlock'] },
  { source: CLOUDTRAIL, names: [...TRAIL_STATE_CHANGES], ids: 'account', facets: ['trails'], indirect: true },
];
