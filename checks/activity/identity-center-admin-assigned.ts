import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck } from '../activity.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { callsTo, REFUSED } from '../predicates/example-calls.ts';
import { type Deed, judgeDeed, refuseWithout } from '../predicates/judge-deed.ts';
import { attachedDeed, writtenDeed } from '../predicates/permission-deeds.ts';

const sso = callsTo('sso');
const SET = { permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-fedcba9876543210' };
const ASSIGNMENT = { ...SET, principalType: 'USER', principalId: '906753d2ea-0a1b2c3d', targetId: '444455556666' };
const AWS = 'arn:aws:iam::aws:policy';
const EVERYTHING = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

export default defineActivityCheck({
  id: 'activity-identity-center-admin-assigned',
  title: 'Identity Center gave somebody an account, or a permission set administration',
  severity: 'HIGH',
  controls: [],
  attack: ['T1098.003'],
  equivalents: {},
  risk: 'One call of Identity Center opens an account of the organization to a person, and a permission set all that use it at once.',
  remediation: {
    text: 'If nobody ordered it: take the policy out of the permission set or delete the assignment, and end the sessions of who has it.',
    cli: 'aws sso-admin delete-account-assignment --instance-arn <instance> --permission-set-arn <set> --principal-type USER --principal-id <id> --target-type AWS_ACCOUNT --target-id <account>',
    cloudFormation: 'AWS::SSO::PermissionSet.ManagedPolicies',
  },
  events: [
    {
      source: 'sso.amazonaws.com',
      names: [
        ...['AttachCustomerManagedPolicyReferenceToPermissionSet', 'AttachManagedPolicyToPermissionSet', 'CreateAccountAssignment'],
        ...['DeletePermissionsBoundaryFromPermissionSet', 'PutInlinePolicyToPermissionSet'],
      ],
    },
  ],
  evaluate: (event) => judgeDeed(event, 'change whom Identity Center lets do what', () => deedOf(event)),
  examples: {
    activity: {
      administration: sso('AttachManagedPolicyToPermissionSet', { ...SET, managedPolicyArn: `${AWS}/AdministratorAccess` }),
      'everything, written into a permission set': sso('PutInlinePolicyToPermissionSet', { ...SET, inlinePolicy: EVERYTHING }),
      'an account for a person': sso('CreateAccountAssignment', ASSIGNMENT),
      'the limit of a permission set removed': sso('DeletePermissionsBoundaryFromPermissionSet', SET),
      refused: sso('CreateAccountAssignment', null, REFUSED),
    },
    quiet: {
      'a policy that reads': sso('AttachManagedPolicyToPermissionSet', { ...SET, managedPolicyArn: `${AWS}/ReadOnlyAccess` }),
      'reading, written into it': sso('PutInlinePolicyToPermissionSet', { ...SET, inlinePolicy: EVERYTHING.replace('"*"', '"s3:Get*"') }),
    },
    unsure: {
      'no policy named': sso('AttachManagedPolicyToPermissionSet', SET),
      'a document that is none': sso('PutInlinePolicyToPermissionSet', { ...SET, inlinePolicy: 'HIDDEN_DUE_TO_SECURITY_REASONS' }),
    },
  },
});

/** What a permission set allows does not stand in an assignment; of a policy of the customer's own, only its name is known. */
function deedOf(event: CloudTrailEvent): Deed | undefined {
  const { request, name } = event;
  const bearer = named('permission set', request, 'permissionSetArn');
  const evidence = factsOf(request, 'permissionSetArn', 'managedPolicyArn', 'principalType', 'principalId', 'targetId');
  if (name === 'PutInlinePolicyToPermissionSet') return writtenDeed(event, 'inlinePolicy', { bearer, evidence });
  if (name.startsWith('Attach')) {
    return attachedDeed(attachedPolicy(event), bearer, evidence);
  }
  const account = named('account', request, 'targetId');
  const who = request.at('principalType').text === 'GROUP' ? 'a group' : 'a user';
  return name === 'CreateAccountAssignment'
    ? { done: `${account} given to ${who} with ${bearer}`, attempt: `give ${account} to ${who}`, severity: 'MEDIUM', evidence }
    : { done: `boundary of ${bearer} removed`, attempt: `remove the boundary of ${bearer}`, severity: 'MEDIUM', evidence };
}

function attachedPolicy(event: CloudTrailEvent): string {
  const { request } = event;
  const arn = request.at('managedPolicyArn').text;
  if (arn === undefined) return request.at('customerManagedPolicyReference', 'name').text ?? refuseWithout(event, 'managedPolicyArn');
  return arn.startsWith('arn:') ? arn : refuseWithout(event, 'managedPolicyArn');
}
