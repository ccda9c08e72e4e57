import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck, quiet } from '../activity.ts';
import type { Severity } from '../check.ts';
import { nameIn } from '../predicates/deeds.ts';
import { factOf, factsOf, isRecorded } from '../predicates/event-facts.ts';
import { NOT_RECORDED, tamperingByHand, tamperingNotice } from '../predicates/notices.ts';

const LOGS = { eventSource: 'logs.amazonaws.com' };
const KEPT = { ...LOGS, eventName: 'PutRetentionPolicy' };
const TRAIL = 'aws-cloudtrail-logs-111122223333';

/** Of what is no audit log; how long that is kept is nobody's business, for deployments set it all day long. */
const ORDINARY: Readonly<Record<string, Severity>> = {
  DeleteLogGroup: 'MEDIUM',
  DeleteLogStream: 'LOW',
  DeleteMetricFilter: 'MEDIUM',
  DeleteSubscriptionFilter: 'MEDIUM',
};

/** An audit log is known by a part of its name. Ours is told by `activity-own-deployment-tampered`. */
export default defineActivityCheck({
  id: 'activity-log-group-deleted',
  title: 'A log or what watches it was deleted',
  severity: 'HIGH',
  controls: [],
  attack: ['T1070', 'T1562.008'],
  equivalents: {},
  risk: 'What was logged cannot be brought back, and alarms that rest on a filter of the log stay silent.',
  remediation: {
    text: 'Make the log group and its filters again, and look for what its caller did before.',
    cli: 'aws logs create-log-group --log-group-name <log group>',
    cloudFormation: 'AWS::Logs::LogGroup',
  },
  events: [{ source: 'logs.amazonaws.com', names: [...Object.keys(ORDINARY), 'PutRetentionPolicy'] }],
  params: { auditLogs: ['audit', 'cloudtrail', 'flow-log', 'flowlog', 'route53', 'session-manager', 'waf-logs'], days: 90 },
  evaluate(event, { auditLogs, days }) {
    const { request, name } = event;
    const group = request.at('logGroupName').text ?? factOf(request, 'logGroupIdentifier');
    const what = group === undefined ? undefined : nameIn(group);
    const evidence = factsOf(request, 'logGroupName', 'logGroupIdentifier', 'logStreamName', 'filterName', 'retentionInDays');
    const isAudit = group === undefined || auditLogs.some((part) => group.toLowerCase().includes(part.toLowerCase()));
    const how = name === 'PutRetentionPolicy' ? tooShort(event, days) : undefined;
    if (name === 'PutRetentionPolicy' && (!isAudit || how === undefined)) return quiet;
    return isAudit ? tamperingNotice(event, { what, how, evidence }) : tamperingByHand(event, { what, evidence, severity: ORDINARY[name] });
  },
  examples: {
    activity: {
      'the log of a trail': { ...LOGS, eventName: 'DeleteLogGroup', requestParameters: { logGroupName: 'CloudTrail/DefaultLogGroup' } },
      'flow logs, refused': {
        ...LOGS,
        eventName: 'DeleteLogStream',
        errorCode: 'AccessDenied',
        requestParameters: { logGroupName: '/vpc-flow-logs', logStreamName: 'eni-0123456789abcdef0-all' },
      },
      'an ordinary log': { ...LOGS, eventName: 'DeleteLogGroup', requestParameters: { logGroupName: '/aws/lambda/shop' } },
      'an audit log kept for a day': { ...KEPT, requestParameters: { logGroupName: TRAIL, retentionInDays: 1 } },
    },
    quiet: {
      'an audit log kept for a year': { ...KEPT, requestParameters: { logGroupName: TRAIL, retentionInDays: 365 } },
      'an ordinary log kept for a day': { ...KEPT, requestParameters: { logGroupName: '/aws/lambda/shop', retentionInDays: 1 } },
    },
    unsure: {
      'nobody can tell for how long': { ...KEPT, requestParameters: { logGroupName: TRAIL, retentionInDays: 'long' } },
    },
  },
});

function tooShort(event: CloudTrailEvent, days: number): string | undefined {
  if (!isRecorded(event)) return NOT_RECORDED;
  const kept = event.request.at('retentionInDays').number;
  return kept !== undefined && kept >= days ? undefined : `for fewer than ${days} days`;
}
