import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { factOf } from '../predicates/event-facts.ts';
import { rootIdentity } from '../predicates/example-identities.ts';
import { ROOT_CREDENTIAL_EVENTS, rootCredentialChange } from '../predicates/root-events.ts';

/** Tells these alone: `activity-root-used` is quiet of what the root user does to its own credentials. */
export default defineActivityCheck({
  id: 'activity-root-credentials-changed',
  title: 'Something that the root user signs in with was changed',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:5.3', 'CIS-AWS-5.0:4.3', 'CIS-AWS-3.0:4.3'],
  attack: ['T1098', 'T1098.001', 'T1556.006'],
  equivalents: {},
  risk: 'Who changes the password, e-mail address, MFA or keys of the root user keeps the account, and its owner may be locked out.',
  remediation: {
    text: 'If nobody meant it: take root back at once through its e-mail address or AWS Support, delete keys and MFA devices that are not yours, and ask who had access to the mailbox.',
  },
  events: ROOT_CREDENTIAL_EVENTS,

  evaluate(event) {
    const change = rootCredentialChange(event);
    if (change === undefined) return quiet;
    const { outcome, request, response } = event;
    const evidence = {
      accessKeyId: factOf(request, 'accessKeyId') ?? factOf(response, 'accessKey', 'accessKeyId'),
      status: factOf(request, 'status'),
      device: factOf(request, 'serialNumber'),
      member: event.source === 'account.amazonaws.com' ? factOf(request, 'accountId') : undefined,
    };
    if (outcome === 'succeeded') return activity(change.what, evidence, { severity: change.severity });
    return activity(`tried in vain: ${change.what}`, evidence, { severity: change.severity === 'CRITICAL' ? 'HIGH' : 'LOW' });
  },

  examples: {
    activity: {
      'an access key': {
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateAccessKey',
        userIdentity: { ...rootIdentity('ASIAEXAMPLEEXAMPLE01'), invokedBy: 'signin.amazonaws.com' },
        responseElements: { accessKey: { accessKeyId: 'AKIAEXAMPLEEXAMPLE02', status: 'Active' } },
      },
      'its MFA device is gone': {
        eventSource: 'iam.amazonaws.com',
        eventName: 'DeactivateMFADevice',
        userIdentity: rootIdentity(),
        requestParameters: { userName: 'AWS ROOT USER', serialNumber: 'arn:aws:iam::111122223333:mfa/root-account-mfa-device' },
      },
      'its password': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'PasswordUpdated',
        userIdentity: rootIdentity(),
        responseElements: { PasswordUpdated: 'Success' },
      },
      'the address of a member account': {
        eventSource: 'account.amazonaws.com',
        eventName: 'AcceptPrimaryEmailUpdate',
        requestParameters: { accountId: '444455556666', otp: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      },
      'in vain': {
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateLoginProfile',
        userIdentity: rootIdentity(),
        errorCode: 'EntityAlreadyExists',
      },
    },
    quiet: {
      'a key of another user': {
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateAccessKey',
        userIdentity: rootIdentity(),
        requestParameters: { userName: 'bob' },
      },
      'a key that a user makes for itself': { eventSource: 'iam.amazonaws.com', eventName: 'CreateAccessKey' },
    },
    unsure: {
      'whose key, was left out': { eventSource: 'iam.amazonaws.com', eventName: 'CreateAccessKey', requestParameters: { omitted: true } },
    },
  },
});
