import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Callers } from '../callers.ts';
import type { AccountState } from '../state.ts';
import type { Description, Key, Principal, Role, Tags, User } from './description.ts';
import { toDocument, trust } from './policies.ts';
import type { SeedClients } from './seed-clients.ts';

export async function seedIam(aws: SeedClients, state: AccountState, callers: Callers): Promise<void> {
  const iam = aws.client(IAMClient, 'us-east-1');
  const { description } = state;
  if (description.passwordPolicy) {
    const { minimumLength, reusePrevention } = description.passwordPolicy;
    await iam.send(
      new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: minimumLength, PasswordReusePrevention: reusePrevention }),
    );
  }
  for (const [name, policy] of description.policies) {
    await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: toDocument(policy) }));
  }
  for (const [name, group] of description.groups) await seedGroup(iam, description, name, group);
  for (const [name, role] of description.roles) await seedRole(iam, description, name, role);
  for (const [name, user] of description.users) await seedUser(iam, state, callers, name, user);
}

async function seedGroup(iam: IAMClient, description: Description, name: string, group: Principal): Promise<void> {
  await iam.send(new CreateGroupCommand({ GroupName: name, Path: group.path }));
  for (const [policy, document] of Object.entries(group.policies ?? {})) {
    await iam.send(new PutGroupPolicyCommand({ GroupName: name, PolicyName: policy, PolicyDocument: toDocument(document) }));
  }
  for (const policy of group.attached ?? []) {
    await iam.send(new AttachGroupPolicyCommand({ GroupName: name, PolicyArn: policyArn(description, policy) }));
  }
}

const EC2_TRUST = trust({ Service: 'ec2.amazonaws.com' });

/** Each role also gets an instance profile of its name, as the console makes it. */
async function seedRole(iam: IAMClient, description: Description, name: string, role: Role): Promise<void> {
  await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      Path: role.path,
      AssumeRolePolicyDocument: toDocument(role.trust ?? EC2_TRUST),
      PermissionsBoundary: role.boundary === undefined ? undefined : policyArn(description, role.boundary),
      Tags: toTags(role.tags),
    }),
  );
  for (const [policy, document] of Object.entries(role.policies ?? {})) {
    await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: policy, PolicyDocument: toDocument(document) }));
  }
  for (const policy of role.attached ?? []) {
    await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: policyArn(description, policy) }));
  }
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }));
}

async function seedUser(iam: IAMClient, state: AccountState, callers: Callers, name: string, user: User): Promise<void> {
  const { description } = state;
  const created = await iam.send(new CreateUserCommand({ UserName: name, Path: user.path, Tags: toTags(user.tags) }));
  if (user.password) await iam.send(new CreateLoginProfileCommand({ UserName: name, Password: 'Not-a-real-password-1' }));
  if (user.mfa) await enableMfa(iam, description.id, name, user.mfa);
  for (const group of user.groups ?? []) await iam.send(new AddUserToGroupCommand({ GroupName: group, UserName: name }));
  for (const [policy, document] of Object.entries(user.policies ?? {})) {
    await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: policy, PolicyDocument: toDocument(document) }));
  }
  for (const policy of user.attached ?? []) {
    await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: policyArn(description, policy) }));
  }
  if (user.boundary !== undefined) state.userBoundaries.set(name, policyArn(description, user.boundary));
  const caller = { accountId: description.id, arn: created.User?.Arn ?? '', userId: created.User?.UserId ?? '' };
  for (const [index, key] of (user.keys ?? []).entries()) {
    const id = await seedKey(iam, name, key);
    state.bind('access-key', `${name} ${index}`, id);
    callers.issue(id, caller);
  }
}

async function seedKey(iam: IAMClient, user: string, { active = true }: Key): Promise<string> {
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: user }));
  const id = AccessKey?.AccessKeyId ?? '';
  if (!active) await iam.send(new UpdateAccessKeyCommand({ UserName: user, AccessKeyId: id, Status: 'Inactive' }));
  return id;
}

async function enableMfa(iam: IAMClient, accountId: string, user: string, kind: NonNullable<User['mfa']>): Promise<void> {
  const codes = { AuthenticationCode1: '123456', AuthenticationCode2: '654321' };
  const SerialNumber = await serialNumber(iam, accountId, user, kind);
  await iam.send(new EnableMFADeviceCommand({ UserName: user, SerialNumber, ...codes }));
}

/** By its form one knows the kind of a device (IAM User Guide, "IAM identifiers"). */
async function serialNumber(iam: IAMClient, accountId: string, user: string, kind: NonNullable<User['mfa']>): Promise<string | undefined> {
  switch (kind) {
    case 'fido':
      return `arn:aws:iam::${accountId}:u2f/user/${user}/key-EXAMPLE`;
    case 'sms':
      return `arn:aws:iam::${accountId}:sms-mfa/${user}`;
    case 'hardware':
      return 'GAHT12345678';
    default: {
      const { VirtualMFADevice: device } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: user }));
      return device?.SerialNumber;
    }
  }
}

/** The ARN of a described policy, of an AWS managed one by its name, or the ARN itself. */
function policyArn({ id, policies }: Description, policy: string): string {
  if (policy.startsWith('arn:')) return policy;
  return policies.has(policy) ? `arn:aws:iam::${id}:policy/${policy}` : `arn:aws:iam::aws:policy/${policy}`;
}

export function toTags(tags: Tags = {}): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
