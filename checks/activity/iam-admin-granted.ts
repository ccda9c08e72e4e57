import { defineActivityCheck } from '../activity.ts';
import { callsTo, OMITTED, REFUSED } from '../predicates/example-calls.ts';
import { judgeDeed } from '../predicates/judge-deed.ts';
import { permissionDeed } from '../predicates/permission-deeds.ts';

const iam = callsTo('iam');
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const QUARANTINE = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';
const BY_IDENTITY_CENTER = { userIdentity: { type: 'AWSService', invokedBy: 'sso.amazonaws.com' } };
const INLINE = { roleName: 'app', policyName: 'inline' };
const OURS = { policyArn: 'arn:aws:iam::111122223333:policy/app' };

function allow(action: string) {
  return { policyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] }) };
}

export default defineActivityCheck({
  id: 'activity-iam-admin-granted',
  title: 'Somebody was given the permissions of an administrator',
  severity: 'HIGH',
  controls: [],
  attack: ['T1098.003', 'T1078.004'],
  equivalents: {},
  risk: 'Who gets in with little makes himself administrator first, and gives a second identity the same so as to stay.',
  remediation: {
    text: 'If nobody ordered it: detach or rewrite the policy, then look at what its bearer and the actor have done since.',
    cli: 'aws iam detach-user-policy --user-name <user> --policy-arn <policy-arn>',
  },
  events: [
    {
      source: 'iam.amazonaws.com',
      names: [
        ...['AddUserToGroup', 'AttachGroupPolicy', 'AttachRolePolicy', 'AttachUserPolicy', 'CreatePolicy', 'CreatePolicyVersion'],
        ...['PutGroupPolicy', 'PutRolePolicy', 'PutUserPolicy', 'SetDefaultPolicyVersion'],
      ],
    },
  ],
  evaluate: (event) => judgeDeed(event, 'give somebody permissions', () => permissionDeed(event)),
  examples: {
    activity: {
      'AdministratorAccess for a user': iam('AttachUserPolicy', { userName: 'bob', policyArn: ADMINISTRATOR }),
      'everything, written into a role': iam('PutRolePolicy', { ...INLINE, ...allow('*') }),
      'a policy that nobody has yet': iam('CreatePolicy', { policyName: 'assume', ...allow('sts:AssumeRole') }),
      'a version in force at once': iam('CreatePolicyVersion', { ...OURS, ...allow('iam:*'), setAsDefault: true }),
      'an earlier version in force again': iam('SetDefaultPolicyVersion', { ...OURS, versionId: 'v1' }),
      'oneself into the group of administrators': iam('AddUserToGroup', { userName: 'ana', groupName: 'Admins' }),
      'for a permission set': iam('AttachRolePolicy', { roleName: 'AWSReservedSSO_Ops', policyArn: ADMINISTRATOR }, BY_IDENTITY_CENTER),
      refused: iam('AttachUserPolicy', null, REFUSED),
    },
    quiet: {
      'a policy that reads': iam('PutUserPolicy', { userName: 'bob', policyName: 'read', ...allow('s3:Get*') }),
      'a managed policy that reads': iam('AttachRolePolicy', { roleName: 'app', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
      'what AWS attaches to a user whose key leaked': iam('AttachUserPolicy', { userName: 'bob', policyArn: QUARANTINE }),
      'an ordinary group': iam('AddUserToGroup', { userName: 'bob', groupName: 'developers' }),
    },
    unsure: {
      'no policy named': iam('AttachUserPolicy', { userName: 'bob' }),
      'a document that is none': iam('PutRolePolicy', { ...INLINE, policyDocument: '{"Statement":' }),
      'left out for size': iam('CreatePolicyVersion', OMITTED),
    },
  },
});
