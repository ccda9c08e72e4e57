import { defineCheck, denied, fail, pass } from '../check.ts';
import { EXAMPLE_LOGGING, EXAMPLE_TRAIL } from '../predicates/example-trails.ts';
import { isLongAgo } from '../predicates/trail-deliveries.ts';
import { refuseToJudge } from '../predicates/unread.ts';

const TRAIL = { ...EXAMPLE_TRAIL, logGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:trail' };
const STATUS = { ...EXAMPLE_LOGGING, latestLogDeliveryAt: '2026-10-31T23:56:00Z' };
const NO_LOG_GROUP = { ...EXAMPLE_TRAIL, logGroupArn: undefined };

export default defineCheck({
  id: 'cloudtrail-trail-cloudwatch-delivered',
  title: 'CloudTrail trails should deliver to CloudWatch Logs',
  severity: 'LOW',
  controls: ['AWS-FSBP:CloudTrail.5'],
  equivalents: { prowler: ['cloudtrail_cloudwatch_logging_enabled'], securityHub: ['CloudTrail.5'] },
  risk: 'Metric filters and queries see the events late or never: those who watch them there watch nothing.',
  remediation: {
    text: 'Give the trail a log group, and a role that may write to it.',
    cli: 'aws cloudtrail update-trail --name <trail> --cloud-watch-logs-log-group-arn <log group> --cloud-watch-logs-role-arn <role>',
    cloudFormation: 'AWS::CloudTrail::Trail.CloudWatchLogsLogGroupArn',
  },
  resourceType: 'AWS::CloudTrail::Trail',
  needs: ['trail', 'status'],
  params: { hours: 24 },
  evaluate(view, { hours, now }) {
    const { logGroupArn } = view.trail;
    if (logGroupArn === undefined) return fail('it delivers to no log group');
    const { logging, latestLogDeliveryAt, latestLogDeliveryError } = view.status;
    if (!logging) return fail('it is not logging: nothing comes to its log group', { logGroupArn });
    if (latestLogDeliveryError !== undefined) {
      return fail(`the last delivery to its log group failed: ${latestLogDeliveryError}`, { logGroupArn, latestLogDeliveryError });
    }
    if (latestLogDeliveryAt !== undefined) {
      const isLate = isLongAgo(latestLogDeliveryAt, now, hours);
      return isLate ? fail(`nothing came to its log group since ${latestLogDeliveryAt}`, { logGroupArn, latestLogDeliveryAt }) : pass;
    }
    return refuseToJudge('no-data', 'cloudtrail:GetTrailStatus', 'the trail has delivered nothing to its log group yet');
  },
  examples: {
    pass: { 'four minutes ago': { trail: TRAIL, status: STATUS } },
    fail: {
      'to no log group, whatever else was not read': { trail: NO_LOG_GROUP, status: denied('cloudtrail:GetTrailStatus') },
      'nothing for a day and more': { trail: TRAIL, status: { ...STATUS, latestLogDeliveryAt: '2026-10-30T23:59:00Z' } },
      'refused by the log group': { trail: TRAIL, status: { ...STATUS, latestLogDeliveryError: 'AccessDenied' } },
      'not logging, and never did': { trail: TRAIL, status: { ...STATUS, logging: false, latestLogDeliveryAt: undefined } },
      'stopped since its last delivery': { trail: TRAIL, status: { ...STATUS, logging: false } },
    },
    unknown: {
      'nothing delivered yet': { trail: TRAIL, status: { ...STATUS, latestLogDeliveryAt: undefined } },
      'its status was not read': { trail: TRAIL, status: denied('cloudtrail:GetTrailStatus') },
      'the trail was not read': { trail: denied('cloudtrail:GetTrail'), status: STATUS },
    },
  },
});
