import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { sessionIdentity } from '../predicates/example-identities.ts';
import { countsAsRefused, refusedPrincipal } from '../predicates/refusals.ts';

/** CIS 5.1 again: not how often, but how much of different kinds. A program that lacks a permission is refused the same call over and over. */
export default defineActivityCheck({
  id: 'activity-apis-probed',
  title: 'One user or role was refused many different calls',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:5.1', 'CIS-AWS-5.0:4.1', 'CIS-AWS-3.0:4.1'],
  attack: ['T1580', 'T1526', 'T1078.004'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_unauthorized_api_calls'], securityHub: ['CloudWatch.2'] },
  risk: 'Whoever steals a key first tries what it is good for, service by service.',
  remediation: {
    text: 'Look what was tried and from where. If nobody known did it, disable the key or revoke the sessions of the role, then look for what succeeded.',
    cli: 'aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<key>',
  },
  events: [{ outcome: 'refused' }],
  params: { apis: 12, minutes: 10, consoleReads: false, auditRoles: ['cloud-posture-audit'] },

  evaluate(event, { apis, minutes, consoleReads, auditRoles }) {
    if (!countsAsRefused(event, { auditRoles, consoleReads })) return quiet;
    const principal = refusedPrincipal(event);
    const api = `${event.source} ${event.name}`;
    return activity(
      `${apis} different calls refused within ${minutes} minutes`,
      { principal, apis, minutes, oneOfThem: api },
      { threshold: { key: `apis refused in ${event.accountId} to ${principal}`, item: api, count: apis, minutes } },
    );
  },

  examples: {
    activity: {
      'of EC2': { eventSource: 'ec2.amazonaws.com', eventName: 'DescribeInstances', errorCode: 'Client.UnauthorizedOperation' },
      'of other services': { eventSource: 'iam.amazonaws.com', eventName: 'ListUsers', errorCode: 'AccessDenied' },
    },
    quiet: {
      'a service asks': {
        eventSource: 's3.amazonaws.com',
        eventName: 'GetBucketAcl',
        errorCode: 'AccessDenied',
        sourceIPAddress: 'config.amazonaws.com',
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
