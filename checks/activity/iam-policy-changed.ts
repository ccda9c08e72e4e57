import { defineActivityCheck } from '../activity.ts';
import { nameIn } from '../predicates/deeds.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { IAM_POLICY_EVENTS } from '../predicates/event-families.ts';
import { changeNotice } from '../predicates/notices.ts';

const IAM = { eventSource: 'iam.amazonaws.com', awsRegion: 'us-east-1' };
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

/** The filter of CIS, and SetDefaultPolicyVersion beside it: that puts another version of a policy in force as CreatePolicyVersion does. */
export default defineActivityCheck({
  id: 'activity-iam-policy-changed',
  title: 'An IAM policy was changed',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:5.4', 'CIS-AWS-5.0:4.4', 'CIS-AWS-3.0:4.4'],
  attack: ['T1098.003'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_policy_changes'], securityHub: ['CloudWatch.4'] },
  risk: 'Whoever changes policies decides what everybody else may do, and may give himself what he was denied.',
  remediation: {
    text: 'Ask who did it. Put the earlier version in force again, or detach what was attached.',
    cli: 'aws iam set-default-policy-version --policy-arn <policy> --version-id <earlier version>',
  },
  events: [
    {
      source: 'any',
      names: IAM_POLICY_EVENTS,
    },
    { source: 'iam.amazonaws.com', names: ['SetDefaultPolicyVersion'] },
  ],
  evaluate(event) {
    const { request } = event;
    const policy = factOf(request, 'policyArn') ?? factOf(request, 'policyName') ?? factOf(request, 'name');
    const principal = factOf(request, 'roleName') ?? factOf(request, 'userName') ?? factOf(request, 'groupName');
    const named = [policy === undefined ? undefined : nameIn(policy), principal].filter((each) => each !== undefined);
    return changeNotice(event, {
      service: 'iam.amazonaws.com',
      what: named.length === 0 ? undefined : named.join(' of '),
      evidence: factsOf(request, 'policyArn', 'policyName', 'versionId', 'setAsDefault', 'roleName', 'userName', 'groupName'),
    });
  },
  examples: {
    activity: {
      'a managed policy attached to a role': {
        ...IAM,
        eventName: 'AttachRolePolicy',
        requestParameters: { roleName: 'app', policyArn: READ_ONLY },
      },
      'an inline policy, refused': {
        ...IAM,
        eventName: 'PutUserPolicy',
        errorCode: 'AccessDenied',
        requestParameters: { userName: 'bob', policyName: 'all', policyDocument: '{}' },
      },
      'another version put in force': {
        ...IAM,
        eventName: 'SetDefaultPolicyVersion',
        requestParameters: { policyArn: 'arn:aws:iam::111122223333:policy/app', versionId: 'v1' },
      },
      'by a service': {
        ...IAM,
        eventName: 'DeleteRolePolicy',
        userIdentity: { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' },
        requestParameters: { roleName: 'app', policyName: 'logs' },
      },
      'a policy of another service': {
        eventSource: 'organizations.amazonaws.com',
        eventName: 'DeletePolicy',
        requestParameters: { policyId: 'p-examplepolicy' },
      },
      'nothing named': { ...IAM, eventName: 'CreatePolicyVersion', requestParameters: null },
    },
    quiet: {},
  },
});
