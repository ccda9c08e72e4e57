import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { toListing } from '../ec2/listing.ts';
import type { Listed } from '../facet.ts';
import { attempt, joined, opened, toListed } from '../partial.ts';
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
  const attachments = await toListing(listAttachedRolePolicies(place, { roleName }));
  return readEach(attachments, async ({ PolicyArn: arn, PolicyName: name }) => {
    if (arn === undefined || name === undefined) throw malformed('iam:ListAttachedRolePolicies', 'an attached policy has no ARN');
    return { name, arn, via: 'direct', document: await readManaged(place, arn) };
  });
}

async function readInline(place: Place, roleName: string): Promise<Listed<AttachedPolicy>> {
  const names = await toListing(listRolePolicies(place, { roleName }));
  return readEach(names, async (name) => {
    const document = toPolicyDocument(await getRolePolicy(place, { roleName, policyName: name }), 'iam:GetRolePolicy');
    return { name, via: 'direct', document };
  });
}

async function readManaged(place: Place, policyArn: string): Promise<PolicyDocument> {
  const versionId = await getDefaultVersion(place, { policyArn });
  return toPolicyDocument(await getPolicyVersion(place, { policyArn, versionId }), 'iam:GetPolicyVersion');
}

/** One policy that was refused does not hide the others. */
async function readEach<Source>(
  sources: Listed<Source>,
  read: (source: Source) => Promise<AttachedPolicy>,
): Promise<Listed<AttachedPolicy>> {
  const each = await Promise.all(sources.known.map((source) => attempt(() => read(source))));
  return joined([toListed(each, opened)], sources.unread);
}
