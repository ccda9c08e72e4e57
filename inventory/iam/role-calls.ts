import type { AttachedPolicy as PolicyAttachment, Role } from '@aws-sdk/client-iam';
import { unlessAbsent } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall, type Place } from '../call.ts';

/** IAM has one endpoint, wherever the role is used. */
const region = (_input: unknown, { session }: Place): string => session.globalRegion;

/** The name of the role in an instance profile; `undefined` when it holds none, or was deleted since. */
export const getProfileRole = defineCall<string | undefined, { readonly profileName: string }>({
  service: 'iam',
  operation: 'GetInstanceProfile',
  permissions: ['iam:GetInstanceProfile'],
  region,
  async send(session, at, { profileName }) {
    const { sdk, client } = await session.aws.iam(at);
    const asked = client.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName: profileName }));
    const answer = await unlessAbsent(asked, 'NoSuchEntity', 'NoSuchEntityException');
    return answer && required(answer.InstanceProfile?.Roles, 'Roles')[0]?.RoleName;
  },
});

export const getRole = defineCall<Role, { readonly roleName: string }>({
  service: 'iam',
  operation: 'GetRole',
  permissions: ['iam:GetRole'],
  region,
  async send(session, at, { roleName }) {
    const { sdk, client } = await session.aws.iam(at);
    return required((await client.send(new sdk.GetRoleCommand({ RoleName: roleName }))).Role, 'Role');
  },
});

export const listAttachedRolePolicies = definePagedCall<PolicyAttachment, { readonly roleName: string }>({
  service: 'iam',
  operation: 'ListAttachedRolePolicies',
  permissions: ['iam:ListAttachedRolePolicies'],
  region,
  async *pages(session, at, { roleName }) {
    const { sdk, client } = await session.aws.iam(at);
    for await (const page of sdk.paginateListAttachedRolePolicies({ client, pageSize: 1_000 }, { RoleName: roleName })) {
      yield required(page.AttachedPolicies, 'AttachedPolicies');
    }
  },
});

/** Names of a role's inline policies. */
export const listRolePolicies = definePagedCall<string, { readonly roleName: string }>({
  service: 'iam',
  operation: 'ListRolePolicies',
  permissions: ['iam:ListRolePolicies'],
  region,
  async *pages(session, at, { roleName }) {
    const { sdk, client } = await session.aws.iam(at);
    for await (const page of sdk.paginateListRolePolicies({ client, pageSize: 1_000 }, { RoleName: roleName })) {
      yield required(page.PolicyNames, 'PolicyNames');
    }
  },
});

/** An inline policy as it is written, URL-encoded. */
export const getRolePolicy = defineCall<string, { readonly roleName: string; readonly policyName: string }>({
  service: 'iam',
  operation: 'GetRolePolicy',
  permissions: ['iam:GetRolePolicy'],
  region,
  async send(session, at, { roleName, policyName }) {
    const { sdk, client } = await session.aws.iam(at);
    const answer = await client.send(new sdk.GetRolePolicyCommand({ RoleName: roleName, PolicyName: policyName }));
    return required(answer.PolicyDocument, 'PolicyDocument');
  },
});

/** The version of a managed policy that counts. */
export const getDefaultVersion = defineCall<string, { readonly policyArn: string }>({
  service: 'iam',
  operation: 'GetPolicy',
  permissions: ['iam:GetPolicy'],
  region,
  async send(session, at, { policyArn }) {
    const { sdk, client } = await session.aws.iam(at);
    const { Policy } = await client.send(new sdk.GetPolicyCommand({ PolicyArn: policyArn }));
    return required(Policy?.DefaultVersionId, 'DefaultVersionId');
  },
});

/** A version of a managed policy as it is written, URL-encoded. */
export const getPolicyVersion = defineCall<string, { readonly policyArn: string; readonly versionId: string }>({
  service: 'iam',
  operation: 'GetPolicyVersion',
  permissions: ['iam:GetPolicyVersion'],
  region,
  async send(session, at, { policyArn, versionId }) {
    const { sdk, client } = await session.aws.iam(at);
    const { PolicyVersion } = await client.send(new sdk.GetPolicyVersionCommand({ PolicyArn: policyArn, VersionId: versionId }));
    return required(PolicyVersion?.Document, 'Document');
  },
});
