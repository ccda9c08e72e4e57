import type { AssumeRoleCommandOutput } from '@aws-sdk/client-sts';
import { required } from './broken-answer.ts';
import { type Operation, refusal } from './call.ts';
import { type Connections, createConnections, openSockets, type Sockets } from './connections.ts';
import { Unread } from './facet.ts';
import { Meter } from './pacing.ts';
import { type Caller, ownerOf, type Session, toSession } from './session.ts';

/** An account to be entered by assuming a role there. */
export interface Member {
  readonly accountId: string;
  readonly partition: string;
  /** Of the role in that account, with its path if it has one. */
  readonly roleName: string;
  /** What the role's trust policy wants to hear. */
  readonly externalId: string;
  /** By which CloudTrail in the account tells our calls apart; characters that STS does not take are replaced. */
  readonly sessionName: string;
  /** Where STS is asked, and that this process is in. Tokens of a regional endpoint are valid in every region, those of the global one are not. */
  readonly region: string;
}

/** Asked of STS for each account; to be allowed on the members' roles only. */
export const ASSUME_ROLE: Operation = { service: 'sts', operation: 'AssumeRole', permissions: ['sts:AssumeRole'] };

/** A function has minutes, not hours: it asks less patiently than a person's terminal. */
const MAX_ATTEMPTS = 4;
const REQUEST_TIMEOUT_MS = 10_000;
const SESSION_SECONDS = 3_600;

/**
 * Signs in to another account. All sessions of a process share sockets and the STS client; nothing else of a session outlives it.
 * @throws Unread when STS refuses or cannot be asked; Error when it lets us into another account than the one asked for
 */
export async function enterAccount(member: Member): Promise<Session> {
  const { accountId, region } = member;
  const { sockets, connections } = (hub ??= openHub());
  const { caller, credentials } = await assumeRole(connections, member);
  if (caller.accountId !== accountId)
    throw new Error(`STS let us into ${caller.accountId} as ${caller.callerArn}, instead of into ${accountId}`);
  const meter = new Meter();
  meter.count('sts:AssumeRole');
  const settings = { credentials, meter, maxAttempts: MAX_ATTEMPTS, requestTimeout: REQUEST_TIMEOUT_MS, sockets };
  return toSession(caller, region, createConnections(settings), meter);
}

interface Hub {
  readonly sockets: Sockets;
  readonly connections: Connections;
}

let hub: Hub | undefined;

function openHub(): Hub {
  const sockets = openSockets(REQUEST_TIMEOUT_MS);
  const settings = { credentials: undefined, meter: new Meter(), maxAttempts: MAX_ATTEMPTS, requestTimeout: REQUEST_TIMEOUT_MS, sockets };
  return { sockets, connections: createConnections(settings) };
}

interface Entered {
  readonly caller: Caller;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string };
}

async function assumeRole(connections: Connections, member: Member): Promise<Entered> {
  const { sdk, client } = await connections.sts(member.region);
  try {
    return toEntered(await client.send(new sdk.AssumeRoleCommand(toRequest(member))));
  } catch (error) {
    throw new Unread(refusal(ASSUME_ROLE, error));
  }
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function toRequest({ accountId, partition, roleName, externalId, sessionName }: Member) {
  return {
    RoleArn: `arn:${partition}:iam::${accountId}:role/${roleName}`,
    RoleSessionName: sessionName.replace(/[^\w+=,.@-]/g, '-').slice(0, 64),
    ExternalId: externalId,
    DurationSeconds: SESSION_SECONDS,
  };
}

function toEntered({ Credentials, AssumedRoleUser }: AssumeRoleCommandOutput): Entered {
  const callerArn = required(AssumedRoleUser?.Arn, 'AssumedRoleUser');
  const { AccessKeyId, SecretAccessKey, SessionToken } = required(Credentials, 'Credentials');
  return {
    caller: { ...ownerOf(callerArn), callerArn },
    credentials: {
      accessKeyId: required(AccessKeyId, 'AccessKeyId'),
      secretAccessKey: required(SecretAccessKey, 'SecretAccessKey'),
      sessionToken: required(SessionToken, 'SessionToken'),
    },
  };
}
