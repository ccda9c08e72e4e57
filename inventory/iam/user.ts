import type { MFADevice, UserDetail } from '@aws-sdk/client-iam';
import type { ReportedAccessKey } from '../account/account.ts';
import { malformed } from '../broken-answer.ts';
import { Listed } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import type { AttachedPolicy } from './attached-policy.ts';
import { type Authorization, boundaryOf, type Entity, readAuthorization, toIdentity, toPolicies } from './authorization.ts';
import { getAccountAuthorizationDetails, listMfaDevices } from './calls.ts';
import { credentialReportCalls, readCredentialReport, toUserCredentials } from './credential-report.ts';

export interface UserFacets {
  readonly credentials: UserCredentials;
  /** Asked live per user, only where the credential report says that there is none: the report may be four hours old. */
  readonly mfaDevices: Iterable<MfaDevice>;
  /** All identity policies that apply: attached to the user, inline, and through groups. */
  readonly policies: Iterable<AttachedPolicy>;
  /** `undefined` when the user has no permissions boundary. */
  readonly boundary: PolicyDocument | undefined;
  readonly groups: readonly string[];
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
  changes: [],
  list: {
    calls: [getAccountAuthorizationDetails],
    async read(place) {
      const authorization = await readAuthorization(place);
      return authorization.users.map((user) => ({ ...user, authorization }));
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
      read: async ({ name }, place) => toListed(await listMfaDevices(place, { userName: name }), toMfaDevice),
    },
    policies: { calls: [], read: policiesOf },
    boundary: { calls: [], read: ({ authorization, detail }) => boundaryOf(authorization, detail.PermissionsBoundary) },
    groups: { calls: [], read: ({ detail }) => detail.GroupList ?? [] },
  },
});

function policiesOf({ authorization, detail }: ListedUser): Listed<AttachedPolicy> {
  const own = toPolicies(authorization, 'direct', detail.UserPolicyList, detail.AttachedManagedPolicies);
  const groups = toListed(detail.GroupList ?? [], authorization.group);
  const inherited = groups.known.map((group) =>
    toPolicies(authorization, { group: group.name }, group.detail.GroupPolicyList, group.detail.AttachedManagedPolicies),
  );
  return joined([own, ...inherited, new Listed<AttachedPolicy>([], groups.unread)]);
}

/** A serial number is an ARN whose resource tells the kind, and a bare number for a hardware token (MFADevice, IAM API reference). */
function toMfaDevice({ SerialNumber = '' }: MFADevice): MfaDevice {
  if (SerialNumber !== '' && !SerialNumber.startsWith('arn:')) return { kind: 'hardware' };
  const kind = KINDS.get(SerialNumber.split(':')[5]?.split('/')[0] ?? '');
  if (kind === undefined) throw malformed('iam:ListMFADevices', 'a device is of an unknown kind');
  return { kind };
}

const KINDS: ReadonlyMap<string, MfaDevice['kind']> = new Map([
  ['mfa', 'virtual'],
  ['u2f', 'fido'],
  ['sms-mfa', 'sms'],
]);
