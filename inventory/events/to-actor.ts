import type { Actor } from './actor.ts';
import { inertText } from './inert-text.ts';
import { type JsonObject, memberOf, onlyElement } from './member.ts';
import { toTool } from './to-tool.ts';

/** The longest ARN there is has a path of 512 characters. */
const LONGEST_ARN = 1_024;
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';
/** A role that Identity Center has made for a permission set: `AWSReservedSSO_<set>_<16 hexadecimal digits>`. */
const PERMISSION_SET = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;
/** With these as `invokedBy` a person has used the console: it calls other services in their name. */
const CONSOLE_ITSELF: ReadonlySet<string | undefined> = new Set(['signin.amazonaws.com', 'console.amazonaws.com', 'AWS Internal']);
const IDENTITY_CENTER_SOURCES: ReadonlySet<unknown> = new Set([
  'signin.amazonaws.com',
  'sso.amazonaws.com',
  'sso-directory.amazonaws.com',
  'sso-oauth.amazonaws.com',
  'identitystore.amazonaws.com',
]);

/** The texts of `userIdentity` that tell who it was, inert and bounded. */
interface Identity {
  readonly type: string | undefined;
  readonly arn: string | undefined;
  readonly accountId: string | undefined;
  readonly userName: string | undefined;
  readonly principalId: string | undefined;
  readonly identityProvider: string | undefined;
  readonly invokedBy: string | undefined;
  readonly issuerType: string | undefined;
  readonly issuerArn: string | undefined;
  readonly issuerName: string | undefined;
  readonly sourceIdentity: string | undefined;
  readonly onBehalfOf: string | undefined;
}

type Who = Pick<Actor, 'kind' | 'name'> & { readonly session?: string | undefined };

/**
 * Who did what a record tells. Never throws, whatever is broken: what makes no sense is left out, and the name says at least what kind it was.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function toActor(record: JsonObject): Actor {
  const identity = toIdentity(memberOf(record, 'userIdentity'));
  const who = toWho(identity, record);
  const isConsole = isPerson(who, identity) && CONSOLE_ITSELF.has(identity.invokedBy);
  const invokedBy = isConsole ? undefined : identity.invokedBy;
  const service = invokedBy ?? (who.kind === 'service' ? who.name : undefined);
  const userAgent = memberOf(record, 'userAgent');
  const byConsole = isConsole || isTrue(memberOf(record, 'sessionCredentialFromConsole'));
  return withoutAbsent({
    kind: who.kind,
    name: inertText(who.name) ?? who.kind,
    arn: identity.arn,
    accountId: identity.accountId,
    issuer: identity.issuerArn,
    session: who.session,
    sourceIdentity: identity.sourceIdentity,
    onBehalfOf: identity.onBehalfOf,
    from: inertText(memberOf(record, 'sourceIPAddress')),
    tool: toTool(typeof userAgent === 'string' ? userAgent : '', { console: byConsole, service }),
    invokedBy,
    mfa: usedMfa(record, identity),
    accessKeyId: inertText(memberOf(memberOf(record, 'userIdentity'), 'accessKeyId')),
  });
}

/** Whether it is the root user who is told of in `userIdentity`. */
export function isRoot(identity: unknown): boolean {
  const type = onlyElement(memberOf(identity, 'type'));
  if (type === 'Root' || type === 'AssumedRoot') return true;
  if (typeof type !== 'string') return isArnOfRoot(memberOf(identity, 'arn'));
  return type === 'AssumedRole' && memberOf(memberOf(memberOf(identity, 'sessionContext'), 'sessionIssuer'), 'type') === 'Root';
}

/** Where the type makes no sense, it is better to take somebody for root than root for somebody. */
function isArnOfRoot(arn: unknown): boolean {
  return typeof arn === 'string' && arn.endsWith(':root');
}

function toIdentity(identity: unknown): Identity {
  const session = memberOf(identity, 'sessionContext');
  const issuer = memberOf(session, 'sessionIssuer');
  const userName = inertText(memberOf(identity, 'userName'));
  const invokedBy = memberOf(identity, 'invokedBy');
  return {
    type: inertText(onlyElement(memberOf(identity, 'type'))),
    arn: inertText(memberOf(identity, 'arn'), LONGEST_ARN),
    accountId: inertText(memberOf(identity, 'accountId')),
    userName: userName === HIDDEN ? undefined : userName,
    principalId: inertText(memberOf(identity, 'principalId')),
    identityProvider: inertText(memberOf(identity, 'identityProvider')),
    invokedBy: typeof invokedBy === 'string' ? inertText(invokedBy) : undefined,
    issuerType: inertText(memberOf(issuer, 'type')),
    issuerArn: inertText(memberOf(issuer, 'arn'), LONGEST_ARN),
    issuerName: inertText(memberOf(issuer, 'userName')),
    sourceIdentity: inertText(memberOf(session, 'sourceIdentity') ?? memberOf(identity, 'sourceIdentity')),
    onBehalfOf: inertText(memberOf(memberOf(identity, 'onBehalfOf'), 'userId')),
  };
}

function toWho(identity: Identity, record: JsonObject): Who {
  if (isRoot(memberOf(record, 'userIdentity'))) return { kind: 'root', name: `root${ofAccount(identity)}` };
  switch (identity.type) {
    case 'IAMUser':
      return { kind: 'user', name: identity.userName ?? lastOf(identity.arn) ?? identity.principalId ?? `a user${ofAccount(identity)}` };
    case 'AssumedRole':
      return toSessionOfRole(identity);
    case 'FederatedUser':
      return toFederatedUser(identity);
    case 'SAMLUser':
    case 'WebIdentityUser':
    case 'Directory':
      return toOutsider(identity);
    case 'AWSAccount':
      return { kind: 'account', name: toAccountName(identity) };
    case 'IdentityCenterUser':
      return { kind: 'identity center', name: toUnnamed(identity, record) };
    case 'AWSService':
      return { kind: 'service', name: identity.invokedBy ?? inertText(memberOf(record, 'sourceIPAddress')) ?? 'an AWS service' };
    default:
      return toUntyped(identity, record);
  }
}

/** `ana@example.com as AdministratorAccess`; `i-0abc as web-server`. */
function toSessionOfRole(identity: Identity): Who {
  const [, ofArn, inArn] = identity.arn?.split('/') ?? [];
  const session = inertText(inArn) ?? afterColon(identity.principalId);
  const role = identity.issuerName ?? ofArn ?? lastOf(identity.issuerArn) ?? 'a role';
  const set = PERMISSION_SET.exec(role)?.[1];
  const person = identity.sourceIdentity ?? session ?? identity.onBehalfOf;
  return {
    kind: set === undefined ? 'role' : 'identity center',
    name: person === undefined ? (set ?? role) : named(person, set ?? role),
    session,
  };
}

function toFederatedUser(identity: Identity): Who {
  const session = inertText(lastOf(identity.arn)) ?? afterColon(identity.principalId);
  const issuer = identity.issuerType === 'Root' ? 'root' : (identity.issuerName ?? lastOf(identity.issuerArn));
  const name = session ?? identity.userName ?? `a federated user${ofAccount(identity)}`;
  return { kind: 'federated', name: issuer === undefined ? name : named(name, issuer), session };
}

/** Somebody whom another provider of identities vouches for: they have no role yet. */
function toOutsider(identity: Identity): Who {
  const name = identity.userName ?? afterColon(identity.principalId) ?? identity.principalId ?? 'somebody';
  const provider = lastOf(identity.identityProvider) ?? identity.identityProvider;
  return { kind: 'federated', name: provider === undefined ? name : `${shortened(name)} of ${shortened(provider)}` };
}

function toAccountName({ accountId, arn, principalId }: Identity): string {
  if (accountId !== undefined && !/^\d+$/.test(accountId)) return 'anonymous';
  const name = lastOf(arn) ?? afterColon(principalId);
  if (accountId === undefined) return name ?? principalId ?? 'another account';
  return name === undefined ? `account ${accountId}` : `${shortened(name)} of account ${accountId}`;
}

/** What a service does on its own is told without a type, and without a principal. So is what happens before somebody is signed in to Identity Center. */
function toUntyped(identity: Identity, record: JsonObject): Who {
  const { type, invokedBy, arn, principalId } = identity;
  if (type === undefined && invokedBy !== undefined && arn === undefined && principalId === undefined)
    return { kind: 'service', name: invokedBy };
  const isIdentityCenter = identity.onBehalfOf !== undefined || IDENTITY_CENTER_SOURCES.has(memberOf(record, 'eventSource'));
  return { kind: isIdentityCenter ? 'identity center' : 'unknown', name: toUnnamed(identity, record) };
}

function toUnnamed(identity: Identity, record: JsonObject): string {
  const typed = memberOf(memberOf(record, 'additionalEventData'), 'UserName');
  return (
    identity.userName ??
    inertText(typed === HIDDEN ? undefined : typed) ??
    identity.onBehalfOf ??
    lastOf(identity.arn) ??
    identity.principalId ??
    `somebody unknown${ofAccount(identity)}`
  );
}

/** A service's own roles are nobody's disguise. */
function isPerson(who: Who, { issuerArn }: Identity): boolean {
  return who.kind !== 'service' && !(issuerArn?.includes(':role/aws-service-role/') ?? false);
}

/**
 * A session tells it as a text, and one without says nothing. A sign-in tells it beside; what it says of those whom another provider has let in is not how
 * they got in there.
 */
function usedMfa(record: JsonObject, { type }: Identity): boolean | undefined {
  const attributes = memberOf(memberOf(memberOf(record, 'userIdentity'), 'sessionContext'), 'attributes');
  const told = memberOf(attributes, 'mfaAuthenticated');
  if (told !== undefined && told !== null) return isTrue(told) ? true : isFalse(told) ? false : undefined;
  const used = memberOf(memberOf(record, 'additionalEventData'), 'MFAUsed');
  if (used === 'Yes') return true;
  return used === 'No' && (type === 'IAMUser' || type === 'Root') ? false : undefined;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}

/** The halves are shortened and not the whole: the role must be seen however long the session's name is. */
function named(person: string, role: string): string {
  return `${shortened(person)} as ${shortened(role)}`;
}

function shortened(name: string): string {
  return inertText(name, 120) ?? name;
}

function ofAccount({ accountId }: Identity): string {
  return accountId === undefined ? '' : ` of ${shortened(accountId)}`;
}

/** `bob` of `arn:aws:iam::111122223333:user/staff/bob`. */
function lastOf(arn: string | undefined): string | undefined {
  return (arn?.includes('/') && arn.slice(arn.lastIndexOf('/') + 1)) || undefined;
}

/** `ana` of `AROAEXAMPLE:ana`. */
function afterColon(principalId: string | undefined): string | undefined {
  return (principalId?.includes(':') && principalId.slice(principalId.indexOf(':') + 1)) || undefined;
}

/** Written out, for this is made for each of millions of records. */
function withoutAbsent(told: { readonly [M in keyof Actor]: Actor[M] | undefined } & Pick<Actor, 'kind' | 'name' | 'tool'>): Actor {
  const { kind, name, tool } = told;
  const actor: { -readonly [M in keyof Actor]: Actor[M] } = { kind, name, tool };
  if (told.arn !== undefined) actor.arn = told.arn;
  if (told.accountId !== undefined) actor.accountId = told.accountId;
  if (told.issuer !== undefined) actor.issuer = told.issuer;
  if (told.session !== undefined) actor.session = told.session;
  if (told.sourceIdentity !== undefined) actor.sourceIdentity = told.sourceIdentity;
  if (told.onBehalfOf !== undefined) actor.onBehalfOf = told.onBehalfOf;
  if (told.from !== undefined) actor.from = told.from;
  if (told.invokedBy !== undefined) actor.invokedBy = told.invokedBy;
  if (told.mfa !== undefined) actor.mfa = told.mfa;
  if (told.accessKeyId !== undefined) actor.accessKeyId = told.accessKeyId;
  return actor;
}
