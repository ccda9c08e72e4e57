import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { HEAD_REFUSED, LOG_DELIVERY_REFUSED } from '../predicates/example-calls.ts';
import { sessionIdentity } from '../predicates/example-identities.ts';
import { countsAsRefused, refusedPrincipal } from '../predicates/refusals.ts';

/** CIS 5.1 with a threshold, for single refusals are everyday; those of tampering are told by the checks of what was tampered with. */
export default defineActivityCheck({
  id: 'activity-calls-refused',
  title: 'Many calls of one user or role were refused',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:5.1', 'CIS-AWS-5.0:4.1', 'CIS-AWS-3.0:4.1'],
  attack: ['T1580', 'T1526'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_unauthorized_api_calls'], securityHub: ['CloudWatch.2'] },
  risk: 'A program lacks a permission, or somebody with credentials that are not theirs tries what they are good for.',
  remediation: {
    text: 'Look what was tried, from where, and whether it fits the user or role. If it does not, disable the key or revoke the sessions of the role.',
    cli: 'aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<key>',
  },
  events: [{ outcome: 'refused' }],
  params: { calls: 30, minutes: 10, consoleReads: false, auditRoles: ['cloud-posture-audit'] },

  evaluate(event, { calls, minutes, consoleReads, auditRoles }) {
    if (!countsAsRefused(event, { auditRoles, consoleReads })) return quiet;
    const principal = refusedPrincipal(event);
    return activity(
      `${calls} calls refused within ${minutes} minutes`,
      { principal, calls, minutes, oneOfThem: `${event.source} ${event.name}` },
      { threshold: { key: `refused in ${event.accountId} to ${principal}`, item: event.id, count: calls, minutes } },
    );
  },

  examples: {
    activity: {
      'of EC2': { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', errorCode: 'Client.UnauthorizedOperation' },
      'of other services': { eventSource: 'lambda.amazonaws.com', eventName: 'ListFunctions', errorCode: 'AccessDeniedException' },
    },
    quiet: {
      'log delivery asks': LOG_DELIVERY_REFUSED,
      'whether a bucket is there': HEAD_REFUSED,
      'a service asks': {
        eventSource: 'kms.amazonaws.com',
        eventName: 'Decrypt',
        errorCode: 'AccessDenied',
        userIdentity: { ...sessionIdentity('app', 'app'), invokedBy: 'lambda.amazonaws.com' },
      },
      'a page of the console': {
        eventSource: 'health.amazonaws.com',
        eventName: 'DescribeEventAggregates',
        errorCode: 'AccessDenied',
      },
      'our own audit': {
        eventSource: 's3.amazonaws.com',
        eventName: 'GetBucketPolicy',
        errorCode: 'AccessDenied',
        userIdentity: sessionIdentity('cloud-posture-audit', 'audit'),
      },
    },
  },
});
