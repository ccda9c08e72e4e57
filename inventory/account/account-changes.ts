import { CLOUDTRAIL, EVENT_DATA_STORE_CHANGES, TRAIL_STATE_CHANGES } from '../cloudtrail/trail-changes.ts';
import { MONITORING_CHANGES } from '../cloudwatch/monitoring-changes.ts';
import { CONFIG, RECORDER_CHANGES } from '../config/recorder-changes.ts';
import type { ChangeEvents, IdPath } from '../events/changes.ts';
import { CREDENTIAL_CALLS, IAM } from '../iam/iam-events.ts';
import { ofRootUser } from '../iam/root-user.ts';
import { isSupportAccess } from '../iam/support-principals.ts';
import { MEMBERSHIP_CHANGES, ORGANIZATIONS } from '../organizations/organization-changes.ts';
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
  { source: ORGANIZATIONS, names: MEMBERSHIP_CHANGES, ids: 'account', facets: ['organization'] },
  { source: IAM, names: ['CreateSAMLProvider', 'DeleteSAMLProvider'], ids: 'account', facets: ['samlFederation'], indirect: true },
  {
    source: IAM,
    names: ['AttachGroupPolicy', 'AttachRolePolicy', 'AttachUserPolicy', 'DetachGroupPolicy', 'DetachRolePolicy', 'DetachUserPolicy'],
    ids: [{ at: 'request.policyArn', as: (arn, { accountId }) => (isSupportAccess(arn) ? accountId : undefined) }],
    facets: ['supportPrincipals'],
    indirect: true,
  },
  { source: S3, names: [...ACCOUNT_BLOCK_CHANGES], ids: 'account', facets: ['publicAccessBlock'] },
  { source: CLOUDTRAIL, names: [...TRAIL_STATE_CHANGES], ids: 'account', facets: ['trails', 'monitoring'], indirect: true },
  { source: CLOUDTRAIL, names: [...EVENT_DATA_STORE_CHANGES], ids: 'account', facets: ['eventDataStores'], indirect: true },
  { source: CONFIG, names: [...RECORDER_CHANGES], ids: 'account', facets: ['configRecorders'], indirect: true },
  ...MONITORING_CHANGES.map((changes) => ({ ...changes, ids: 'account', facets: ['monitoring'], indirect: true }) as const),
];
