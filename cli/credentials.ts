import type { AwsCredentialIdentity } from '@smithy/types';
import { classifyAwsError, isCredentialsError, isNetworkError, messageOf } from '../inventory/aws-errors.ts';
import { openSession, type Session } from '../inventory/session.ts';
import { Complaint } from './complaint.ts';
import { EXIT } from './exit-codes.ts';

/** Whose eyes to look through. Without any of it: what the SDK's default chain finds. */
export interface Identity {
  readonly profile: string | undefined;
  readonly roleArn: string | undefined;
  readonly externalId: string | undefined;
  /** Where to ask who we are, if not in us-east-1: GovCloud and China have their own. */
  readonly region: string | undefined;
}

export type CredentialSource = () => Promise<AwsCredentialIdentity>;

/** Signed in: the account that is looked at, and the credentials we came with, which own the store and the topic. */
export interface SignedIn {
  readonly session: Session;
  readonly own: CredentialSource;
}

/** The SDK warns on the console when both a profile and keys are set; our stderr has one line or none. */
const SILENT = { trace: () => undefined, debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The SDK's default chain, or a profile; asked once for all clients. */
export function ownCredentials(profile: string | undefined): CredentialSource {
  return remembered(async () => {
    const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
    return fromNodeProviderChain({ logger: SILENT, ...(profile === undefined ? {} : { profile }) })();
  });
}

/** Signs in. @throws Complaint when AWS does not let us in or cannot be reached */
export async function signIn(identity: Identity): Promise<SignedIn> {
  const { profile, roleArn, region } = identity;
  const own = ownCredentials(profile);
  const credentials = roleArn === undefined ? own : assumedRole(own, { ...identity, roleArn });
  try {
    return { session: await openSession({ credentials, region }), own };
  } catch (error) {
    throw new Complaint(EXIT.noAccess, explain(error, identity), { cause: error });
  }
}

function assumedRole(
  own: CredentialSource,
  { roleArn, externalId, region = 'us-east-1' }: Identity & { readonly roleArn: string },
): CredentialSource {
  return remembered(async () => {
    const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
    const params = { RoleArn: roleArn, ExternalId: externalId, RoleSessionName: 'cloud-posture', DurationSeconds: 3600 };
    return fromTemporaryCredentials({ params, masterCredentials: own, clientConfig: { region } })();
  });
}

const RENEW_BEFORE_MS = 5 * 60_000;

/** Asks the source once for all clients of a scan, and again only when what it gave is about to expire. */
export function remembered(source: CredentialSource, now: () => number = Date.now): CredentialSource {
  let asked: Promise<AwsCredentialIdentity> | undefined;
  let expires = Number.POSITIVE_INFINITY;
  return () => {
    if (asked && now() < expires - RENEW_BEFORE_MS) return asked;
    expires = Number.POSITIVE_INFINITY;
    const asking = source().then((credentials) => {
      expires = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
      return credentials;
    });
    asking.catch(() => {
      if (asked === asking) asked = undefined;
    });
    return (asked = asking);
  };
}

/** What kept us out, and what to do about it. Errors that AWS did not send are passed on. */
export function explain(error: unknown, { profile, roleArn }: Identity): string {
  if (!(error instanceof Error)) throw error;
  const said = messageOf(error);
  if ('code' in error && error.code === 'ERR_INVALID_URL') return 'AWS_ENDPOINT_URL is not a URL; write it like http://localhost:4566';
  if (isNetworkError(error)) return `AWS STS cannot be reached (${said}); check the network, the proxy and AWS_ENDPOINT_URL`;
  if (/could not (load|resolve|be found)/i.test(error.message) && profile !== undefined)
    return `there are no credentials for the profile "${profile}"; "aws configure list-profiles" lists those there are`;
  if (/multi-factor|mfa/i.test(said))
    return `the profile wants an MFA code (${said}); sign in first, for example with "aws sts get-session-token"`;
  if (/expired/i.test(`${error.name} ${said}`))
    return `the credentials have expired (${said}); sign in again, for example with "aws sso login"`;
  if (/CredentialsProviderError|TokenProviderError/.test(error.name))
    return `no AWS credentials (${said}); use --profile, set AWS_PROFILE, or run "aws configure" or "aws sso login"`;
  if (roleArn !== undefined && classifyAwsError(error) === 'denied')
    return `may not assume ${roleArn} (${said}); check the role's trust policy and --external-id`;
  if (isCredentialsError(error))
    return `AWS does not accept the credentials (${said}); check them, and set AWS_REGION for GovCloud or China`;
  if (classifyAwsError(error) === undefined) throw error;
  return `AWS did not let us in (${said}); check the credentials`;
}
