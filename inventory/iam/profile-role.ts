import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { Listed } from '../facet.ts';
import { attempt, joined, opened } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { GLOBAL, type ResourceIdentity } from '../resource.ts';
import type { AttachedPolicy } from './attached-policy.ts';
import {
  getDefaultVersion,
  getPolicyVersion,
  getProfileRole,
  getRole,
  getRolePolicy,
  listAttachedRolePolicies,
  listRolePolicies,
} from './role-calls.ts';

/** The role that runs behind an instance profile, with all that gives it permissions or limits them. */
export interface ProfileRole {
  readonly identity: ResourceIdentity;
  readonly policies: Iterable<AttachedPolicy>;
  /** Throws `Unread` when it was not read. */
  readonly boundary: PolicyDocument | undefined;
}

export const profileRoleCalls = [
  getProfileRole,
  getRole,
  listAttachedRolePolicies,
  listRolePolicies,
  getRolePolicy,
  getDefaultVersion,
  getPolicyVersion,
];

/** By a handful of calls per profile, which is less than the whole of an account's IAM for the few that matter. `undefined` when the profile holds no role. */
export async function readProfileRole(place: Place, profileArn: string): Promise<ProfileRole | undefined> {
  const profileName = profileArn.split('/').at(-1) ?? '';
  const roleName = await getProfileRole(place, { profileName });
  if (roleName === undefined) return undefined;
  const [{ Arn: arn, PermissionsBoundary }, attached, inline] = await Promise.all([
    getRole(place, { roleName }),
    readAttached(place, roleName),
    readInline(place, roleName),
  ]);
  if (arn === undefined) throw malformed('iam:GetRole', 'a role has no ARN');
  const boundary = await attempt(async () => {
    const limit = PermissionsBoundary?.PermissionsBoundaryArn;
    return limit === undefined ? undefined : readManaged(place, limit);
  });
  const { session, scope } = place;
  return {
    identity: {
      type: 'AWS::IAM::Role',
      arn,
      id: roleName,
      accountId: scope.accountId,
      region: GLOBAL,
      partition: session.partition,
      tags: {},
    },
    policies: joined([inline, attached]),
    get boundary() {
      return opened(boundary);
    },
  };
}

async function readAttached(place: Place, roleName: string): Promise<Listed<AttachedPolicy>> {
  const attachments = await listed(() => listAttachedRolePolicies(place, { roleName }));
  const each = attachments.known.map(({ PolicyArn: arn, PolicyName: name }) =>
    listed(async () => {
      if (arn === undefined || name === undefined) throw malformed('iam:ListAttachedRolePolicies', 'an attached policy has no ARN');
      return new Listed<AttachedPolicy>([{ name, arn, via: 'direct', document: await readManaged(place, arn) }]);
    }),
  );
  return joined([...(await Promise.all(each)), attachments.flatMap(() => [])]);
}

async function readInline(place: Place, roleName: string): Promise<Listed<AttachedPolicy>> {
  const names = await listed(() => listRolePolicies(place, { roleName }));
  const each = names.known.map((policyName) =>
    listed(async () => {
      const document = toPolicyDocument(await getRolePolicy(place, { roleName, policyName }), 'iam:GetRolePolicy');
      return new Listed<AttachedPolicy>([{ name: policyName, via: 'direct', document }]);
    }),
  );
  return joined([...(await Promise.all(each)), names.flatMap(() => [])]);
}

async function readManaged(place: Place, policyArn: string): Promise<PolicyDocument> {
  const versionId = await getDefaultVersion(place, { policyArn });
  return toPolicyDocument(await getPolicyVersion(place, { policyArn, versionId }), 'iam:GetPolicyVersion');
}

/** What was refused is a list of which nothing is known. */
async function listed<Element>(read: () => Promise<Listed<Element>>): Promise<Listed<Element>> {
  const facet = await attempt(read);
  return facet.read ? facet.value : new Listed<Element>([], facet.reason);
}
