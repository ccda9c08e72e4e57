import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { Severity } from '../check.ts';
import { userAsked } from './callers.ts';

/** What happened to something that the root user signs in with, and how bad that is if nobody meant it. */
export interface RootCredentialChange {
  readonly what: string;
  readonly severity: Severity;
}

/** Of the sign-in service: nobody but the root user has these events. */
const SIGN_IN_CHANGES: Changes = {
  PasswordRecoveryRequested: { what: 'a new root password was asked for', severity: 'HIGH' },
  PasswordRecoveryCompleted: { what: 'the root password was recovered', severity: 'CRITICAL' },
  PasswordUpdated: { what: 'the root password was changed', severity: 'CRITICAL' },
  EmailUpdated: { what: 'the e-mail address of root was changed', severity: 'CRITICAL' },
};

/** Of AWS Account Management, from the management account. */
const EMAIL_CHANGES: Changes = {
  StartPrimaryEmailUpdate: { what: 'another e-mail address of root was asked for', severity: 'HIGH' },
  AcceptPrimaryEmailUpdate: { what: 'the e-mail address of root was changed', severity: 'CRITICAL' },
};

/** Of whichever user the call names, and of its caller if it names none. */
const IAM_CHANGES: Changes = {
  CreateAccessKey: { what: 'an access key of root was created', severity: 'CRITICAL' },
  UpdateAccessKey: { what: 'an access key of root was switched on or off', severity: 'CRITICAL' },
  DeleteAccessKey: { what: 'an access key of root was deleted', severity: 'LOW' },
  CreateLoginProfile: { what: 'root was given a password', severity: 'CRITICAL' },
  UpdateLoginProfile: { what: 'the root password was changed', severity: 'CRITICAL' },
  DeleteLoginProfile: { what: 'the root password was deleted', severity: 'LOW' },
  EnableMFADevice: { what: 'an MFA device of root was added', severity: 'MEDIUM' },
  DeactivateMFADevice: { what: 'an MFA device of root was removed', severity: 'CRITICAL' },
  UploadSigningCertificate: { what: 'a signing certificate of root was added', severity: 'CRITICAL' },
  DeleteSigningCertificate: { what: 'a signing certificate of root was deleted', severity: 'LOW' },
};

type Changes = Readonly<Record<string, RootCredentialChange>>;

const BY_SOURCE: Readonly<Record<string, Changes>> = {
  'signin.amazonaws.com': SIGN_IN_CHANGES,
  'account.amazonaws.com': EMAIL_CHANGES,
  'iam.amazonaws.com': IAM_CHANGES,
};

/** Events that change credentials of the root user, or may. */
export const ROOT_CREDENTIAL_EVENTS = Object.entries(BY_SOURCE).map(([source, changes]) => ({ source, names: Object.keys(changes) }));

/** Whoever can change what the root user signs in with is the root user from then on. */
export function rootCredentialChange(event: CloudTrailEvent): RootCredentialChange | undefined {
  const changes = BY_SOURCE[event.source] ?? {};
  const change = Object.hasOwn(changes, event.name) ? changes[event.name] : undefined;
  return change !== undefined && (changes !== IAM_CHANGES || concernsRoot(event)) ? change : undefined;
}

/** The console names the root user `AWS ROOT USER`; otherwise a call that names no user is about its caller. */
function concernsRoot({ request, actor }: CloudTrailEvent): boolean {
  const user = userAsked(request)?.toLowerCase();
  if (user === undefined) return actor.kind === 'root';
  return user === 'aws root user' || request.at('serialNumber').text?.endsWith(':mfa/root-account-mfa-device') === true;
}

/** A sign-in of the root user, or its step with the MFA device. */
export function isRootSignIn({ source, name, actor }: CloudTrailEvent): boolean {
  return actor.kind === 'root' && source === 'signin.amazonaws.com' && (name === 'ConsoleLogin' || name === 'CheckMfa');
}
