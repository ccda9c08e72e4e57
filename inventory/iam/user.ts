import type { UserDetail, VirtualMFADevice } from '@aws-sdk/client-iam';
import type { ReportedAccessKey } from '../account/account.ts';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { oncePer } from '../ec2/once-per.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import type { AttachedPolicy } from './attached-policy.ts';
import { AUTHORIZATION, type Authorization, boundaryOf, type Entity, readAuthorization, toIdentity } from './authorization.ts';
import { getAccountAuthorizationDetails, listMfaDevices, listVirtualMfaDevices } from './calls.ts';
import { credentialReportCalls, readCredentialReport, toUserCredentials } from './credential-report.ts';
import { liveCredentialCalls, readLiveCredentials } from './live-credentials.ts';
import { toMfaDevices, toVirtualMfaDevice } from './mfa-device.ts';
import { type AccountPrincipal, policiesOfUser, principalsOf } from './principals.ts';
import { userChanges } from './user-changes.ts';

export interface UserFacets {
  readonly credentials: UserCredentials;
  /** Asked live per user, only where the credential report says that there is none: the report may be four hours old. */
  readonly mfaDevices: Iterable<MfaDevice>;
  /** Serial numbers of the user's virtual MFA devices, from the one list of the account's. */
  readonly virtualMfaDevices: Iterable<string>;
  /** All identity policies that apply: attached to the user, inline, and through groups. */
  readonly policies: Iterable<AttachedPolicy>;
  /** `undefined` when the user has no permissions boundary. */
  readonly boundary: PolicyDocument | undefined;
  readonly groups: readonly string[];
  /** All users, groups and roles of the account, itself among them: whose permissions it may come to have. */
  readonly principals: Iterable<AccountPrincipal>;
}

/** The user's row of the credential report. Times are ISO 8601, UTC. */
export interface UserCredentials {
  readonly reportGeneratedAt: string;
  readonly createdAt: string;
  readonly passwordEnabled: boolean;
  readonly passwordLastUsedAt: string | undefined;
  readonly passwordChangedAt: string | undefined;
  readonly mfaActive: boolean;
  readonly accessKeys: readonly ReportedAccessKey[];
}

export interface MfaDevice {
  readonly kind: 'virtual' | 'fido' | 'hardware' | 'sms';
}

interface ListedUser extends Entity<UserDetail> {
  readonly authorization: Authorization;
}

export const users = defineReader<'AWS::IAM::User', ListedUser>({
  type: 'AWS::IAM::User',
  scope: 'global',
  changes: userChanges,
  list: { calls: [getAccountAuthorizationDetails], read: listUsers },
  only: {
    calls: [getAccountAuthorizationDetails],
    read: listUsers,
    facets: {
      credentials: {
        calls: liveCredentialCalls,
        read: ({ name, detail }, place) => readLiveCredentials(place, name, createdAtOf(detail)),
      },
    },
  },
  identify: toIdentity,
  facets: {
    credentials: {
      calls: credentialReportCalls,
      read: async ({ name, detail }, place) => toUserCredentials(await readCredentialReport(place), name, detail.CreateDate),
      asOf: ({ reportGeneratedAt }) => reportGeneratedAt,
    },
    mfaDevices: {
      calls: [listMfaDevices],
      read: async ({ name }, place) => toMfaDevices(await listMfaDevices(place, { userName: name })),
    },
    virtualMfaDevices: { calls: [listVirtualMfaDevices], read: ({ arn }, place) => virtualDevicesOf(arn, place) },
    policies: { calls: [], read: ({ authorization, detail }) => policiesOfUser(authorization, detail) },
    boundary: { calls: [], read: ({ authorization, detail }) => boundaryOf(authorization, detail.PermissionsBoundary) },
    groups: { calls: [], read: ({ detail }) => detail.GroupList ?? [] },
    principals: { calls: [], read: ({ authorization }) => principalsOf(authorization) },
  },
});

async function listUsers(place: Place): Promise<Listed<ListedUser>> {
  const authorization = await readAuthorization(place);
  return authorization.users.map((user) => ({ ...user, authorization }));
}

function createdAtOf({ CreateDate }: UserDetail): string {
  if (CreateDate === undefined) throw malformed(AUTHORIZATION, 'a user has no creation date');
  return CreateDate.toISOString();
}

const virtualDevices = oncePer((devices: Listed<VirtualMFADevice>) => toListed(devices, toVirtualMfaDevice));

/** A device whose owner is not told may be this user's. */
async function virtualDevicesOf(user: string, place: Place): Promise<Listed<string>> {
  const devices = virtualDevices(await listVirtualMfaDevices(place));
  return devices.filter(({ userArn }) => userArn === user).map(({ serialNumber }) => serialNumber);
}
