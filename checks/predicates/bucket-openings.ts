import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { Field } from '../../inventory/events/field.ts';
import type { PolicyStatement } from '../../inventory/policy-document.ts';
import type { Evidence } from '../check.ts';
import { LOG_WRITING_ACCOUNTS } from './aws-accounts.ts';
import { partitionOf } from './callers.ts';
import { demandOneOf, refuseWithout } from './judge-deed.ts';
import { firstOf } from './logic.ts';
import { grantsToEveryone } from './public-policy.ts';
import { policyOutsiders } from './resource-policy-verdict.ts';

const PRIVATE = 'private';
/** What each lets anyone do. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const CANNED: Readonly<Record<string, string | undefined>> = {
  [PRIVATE]: undefined,
  'authenticated-read': 'read from it',
  'aws-exec-read': undefined,
  'bucket-owner-full-control': undefined,
  'bucket-owner-read': undefined,
  'log-delivery-write': undefined,
  'public-read': 'read from it',
  'public-read-write': 'read from and write to it',
};
const GRANT_HEADERS = ['full-control', 'read', 'read-acp', 'write', 'write-acp'].map((permission) => `x-amz-grant-${permission}`);
const GROUPS: Readonly<Record<string, string>> = { AllUsers: 'anyone', AuthenticatedUsers: 'anyone with an AWS account' };
const GROUP = /acs\.amazonaws\.com\/groups\/global\/(AllUsers|AuthenticatedUsers)/;

/** That everyone, or a foreign account, may use a bucket. */
export interface Opening {
  readonly how: string;
  readonly evidence: Evidence;
}

/** The worst that a PutBucketPolicy, PutBucketAcl or CreateBucket does. Throws `Unread` where the event does not tell. */
export function bucketOpening(event: CloudTrailEvent, trustedAccounts: readonly string[]): Opening | undefined {
  return event.name === 'PutBucketPolicy' ? openedByPolicy(event, trustedAccounts) : openedByAcl(event);
}

function openedByPolicy(event: CloudTrailEvent, trustedAccounts: readonly string[]): Opening | undefined {
  const { request, accountId } = event;
  const policy = request.at('bucketPolicy').policy ?? refuseWithout(event, 'bucketPolicy');
  const bucket = request.at('bucketName').text ?? refuseWithout(event, 'bucketName');
  if (policy.statements.some(isEmpty)) refuseWithout(event, 'what a statement is about');
  const open = grantsToEveryone(policy, `arn:${partitionOf(event)}:s3:::${bucket}`).find(({ conditional }) => !conditional);
  if (open) {
    const { access, statement: sid, action, resource } = open;
    return { how: `its policy lets anyone ${access === 'read' ? 'read from' : 'write to'} it`, evidence: { sid, action, resource } };
  }
  const home = { accountId, trustedAccounts: [...trustedAccounts, ...LOG_WRITING_ACCOUNTS] };
  const outsider = policyOutsiders(policy, home).find(({ kind }) => kind !== 'everyone');
  return outsider && { how: `its policy lets in ${outsider.who}`, evidence: { grant: outsider.evidence } };
}

/** A statement about nothing: S3 takes none. */
function isEmpty({ actions, notActions, resources, notResources }: PolicyStatement): boolean {
  return [actions ?? notActions, resources ?? notResources].some((listed) => listed === undefined || listed.length === 0);
}

/** An ACL comes as a name, as headers or in full; buckets are made without one as a rule. */
function openedByAcl(event: CloudTrailEvent): Opening | undefined {
  const { request } = event;
  const canned = request.at('x-amz-acl').text;
  const headers = GRANT_HEADERS.filter((header) => request.at(header).exists);
  const grants = request.at('AccessControlPolicy').at('AccessControlList', 'Grant').list;
  if (canned === undefined && headers.length === 0 && grants.length === 0) {
    demandOneOf(event, request, 'bucketName');
    return event.name === 'CreateBucket' && request.exists ? undefined : refuseWithout(event, 'the ACL');
  }
  return firstOf<() => Opening | undefined, Opening>(
    [
      () => openedByName(event, canned ?? PRIVATE),
      ...headers.map((header) => () => openedByHeader(event, header)),
      ...grants.map((grant) => () => openedByGrant(event, grant)),
    ],
    (ask) => ask(),
  );
}

function openedByName(event: CloudTrailEvent, acl: string): Opening | undefined {
  if (!Object.hasOwn(CANNED, acl)) return refuseWithout(event, 'a known ACL');
  const may = CANNED[acl];
  return may === undefined ? undefined : { how: `its ACL lets anyone ${may}`, evidence: { acl } };
}

/** `uri="http://…/AllUsers", id="79a5…"` */
function openedByHeader(event: CloudTrailEvent, header: string): Opening | undefined {
  const grantees = event.request
    .at(header)
    .list.map(({ text }) => text ?? '')
    .join(', ');
  return /(id|uri|emailAddress)=/i.test(grantees) ? openedTo(grantees, header) : refuseWithout(event, 'whom the ACL is for');
}

function openedByGrant(event: CloudTrailEvent, grant: Field): Opening | undefined {
  const grantee = grant.at('Grantee');
  const name = ['URI', 'ID', 'EmailAddress'].map((member) => grantee.at(member).text).find((text) => text !== undefined);
  return openedTo(name ?? refuseWithout(event, 'whom the ACL is for'), grant.at('Permission').text ?? 'a permission');
}

function openedTo(grantees: string, permission: string): Opening | undefined {
  const group = GROUP.exec(grantees)?.[1];
  return group === undefined ? undefined : { how: `its ACL lets in ${GROUPS[group]}`, evidence: { grantee: group, permission } };
}
