import type { AccessKeyMetadata } from '@aws-sdk/client-iam';
import type { AccountSummary, ReportedAccessKey, RootCredentials } from '../account/account.ts';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Unread } from '../facet.ts';
import { noData } from '../no-data.ts';
import { attempt, opened } from '../partial.ts';
import {
  getAccessKeyLastUsed,
  getCredentialReport,
  getLoginProfile,
  getPasswordLastUsed,
  listAccessKeys,
  listMfaDevices,
} from './calls.ts';
import { parsedReport, toUserCredentials } from './credential-report.ts';
import { toMfaDevices } from './mfa-device.ts';
import type { UserCredentials } from './user.ts';

/** Calls that the credentials of one user need, when the report is too old to tell them. */
export const liveCredentialCalls = [
  getPasswordLastUsed,
  getLoginProfile,
  listAccessKeys,
  getAccessKeyLastUsed,
  listMfaDevices,
  getCredentialReport,
];

/**
 * A user's credentials as they are now: the report may be four hours old, and an event has just changed them. What was refused throws `Unread` by itself
 * when it is touched, and so does when the password was changed: only the report tells that.
 */
export async function readLiveCredentials(place: Place, userName: string, createdAt: string): Promise<UserCredentials> {
  const [passwordEnabled, passwordLastUsed, mfaActive, accessKeys] = await Promise.all([
    attempt(() => getLoginProfile(place, { userName })),
    attempt(() => getPasswordLastUsed(place, { userName })),
    attempt(() => hasMfaDevice(place, userName)),
    attempt(() => readKeys(place, userName)),
  ]);
  return {
    reportGeneratedAt: new Date().toISOString(),
    createdAt,
    get passwordEnabled() {
      return opened(passwordEnabled);
    },
    get passwordLastUsedAt() {
      return opened(passwordEnabled) ? opened(passwordLastUsed)?.toISOString() : undefined;
    },
    get passwordChangedAt() {
      if (opened(passwordEnabled)) throw onlyReported('when the password was changed');
      return undefined;
    },
    get mfaActive() {
      return opened(mfaActive);
    },
    get accessKeys() {
      return opened(accessKeys);
    },
  };
}

/** Root's credentials as far as the live summary tells them; what only the report could tell throws `Unread`. */
export function toLiveRootCredentials(summary: AccountSummary): RootCredentials {
  return {
    reportGeneratedAt: new Date().toISOString(),
    get passwordEnabled() {
      if (summary.rootPasswordPresent === undefined) throw onlyReported('whether root has a password');
      return summary.rootPasswordPresent;
    },
    get passwordLastUsedAt(): string | undefined {
      throw onlyReported('when root last signed in');
    },
    mfaActive: summary.rootMfaEnabled,
    get accessKeys() {
      if (summary.rootAccessKeysPresent) throw onlyReported("which of root's access keys are active");
      return [];
    },
    get activeCertificates() {
      if (summary.rootSigningCertificatesPresent) throw onlyReported("how many of root's certificates are active");
      return 0;
    },
  };
}

function onlyReported(what: string): Unread {
  return noData('iam:GetCredentialReport', `${what} is only in the credential report, which may be older than the event`);
}

/** Text messages do not count, as in the report. */
async function hasMfaDevice(place: Place, userName: string): Promise<boolean> {
  for (const { kind } of toMfaDevices(await listMfaDevices(place, { userName }))) if (kind !== 'sms') return true;
  return false;
}

interface LiveKey extends Omit<ReportedAccessKey, 'slot'> {
  readonly rotatedAt: string;
}

async function readKeys(place: Place, userName: string): Promise<readonly ReportedAccessKey[]> {
  const listed = [...(await listAccessKeys(place, { userName }))];
  if (listed.length === 0) return [];
  const [keys, reported] = await Promise.all([
    Promise.all(listed.map((key) => readKey(place, key))),
    attempt(() => reportedKeys(place, userName)),
  ]);
  return inSlots(keys, reported.read ? reported.value : []);
}

async function readKey(place: Place, { AccessKeyId, Status, CreateDate }: AccessKeyMetadata): Promise<LiveKey> {
  if (AccessKeyId === undefined || Status === undefined || CreateDate === undefined) {
    throw malformed('iam:ListAccessKeys', 'a key is incomplete');
  }
  const lastUsed = await getAccessKeyLastUsed(place, { accessKeyId: AccessKeyId });
  return { active: Status === 'Active', rotatedAt: CreateDate.toISOString(), lastUsedAt: lastUsed?.toISOString() };
}

/** As the report has them that there is: a new one would not tell more. */
async function reportedKeys(place: Place, userName: string): Promise<readonly ReportedAccessKey[]> {
  return toUserCredentials(parsedReport(await getCredentialReport(place)), userName).accessKeys;
}

/** Only the report numbers the keys: one that it knows keeps its number, so that nothing seems to change; others take what is free, the older one first. */
function inSlots(keys: readonly LiveKey[], reported: readonly ReportedAccessKey[]): readonly ReportedAccessKey[] {
  const slotOf = new Map(
    keys.map((key) => [key, reported.find(({ rotatedAt }) => rotatedAt !== undefined && isSameSecond(rotatedAt, key.rotatedAt))?.slot]),
  );
  const free = ([1, 2] as const).filter((slot) => ![...slotOf.values()].includes(slot));
  const byAge = keys.toSorted((one, other) => (one.rotatedAt < other.rotatedAt ? -1 : 1));
  return byAge.map((key) => ({ slot: slotOf.get(key) ?? free.shift() ?? 2, ...key })).toSorted((one, other) => one.slot - other.slot);
}

function isSameSecond(one: string, other: string): boolean {
  return one.slice(0, 19) === other.slice(0, 19);
}
