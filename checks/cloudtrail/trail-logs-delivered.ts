import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { EXAMPLE_LOGGING as LOGGING } from '../predicates/example-trails.ts';
import { isLongAgo } from '../predicates/trail-deliveries.ts';
import { refuseToJudge } from '../predicates/unread.ts';

export default defineCheck({
  id: 'cloudtrail-trail-logs-delivered',
  title: 'CloudTrail trails should be able to deliver their logs to their bucket',
  severity: 'MEDIUM',
  controls: [],
  equivalents: {},
  risk: 'The trail is on, and yet nothing of what it records is kept.',
  remediation: {
    text: 'See that the bucket exists, that its policy lets CloudTrail write to it, and that the KMS key of the trail is enabled and lets CloudTrail encrypt with it.',
    cli: 'aws cloudtrail get-trail-status --name <trail>',
    cloudFormation: 'AWS::S3::BucketPolicy.PolicyDocument',
  },
  resourceType: 'AWS::CloudTrail::Trail',
  needs: ['status'],
  params: { hours: 24 },
  evaluate({ status: { logging, latestDeliveryAt, latestDeliveryError } }, { hours, now }) {
    if (!logging) return notApplicable('the trail is not logging');
    if (latestDeliveryError !== undefined) return fail(`the last delivery failed: ${latestDeliveryError}`, { latestDeliveryError });
    if (latestDeliveryAt === undefined) return refuseToJudge('no-data', 'cloudtrail:GetTrailStatus', 'the trail has delivered nothing yet');
    return isLongAgo(latestDeliveryAt, now, hours) ? fail(`nothing was delivered since ${latestDeliveryAt}`, { latestDeliveryAt }) : pass;
  },
  examples: {
    pass: { 'five minutes ago': { status: LOGGING } },
    fail: {
      'refused by the bucket': { status: { ...LOGGING, latestDeliveryError: 'AccessDenied' } },
      'nothing for two days': { status: { ...LOGGING, latestDeliveryAt: '2026-10-30T00:00:00Z' } },
    },
    unknown: {
      'nothing delivered yet': { status: { ...LOGGING, latestDeliveryAt: undefined } },
      'not allowed to ask': { status: denied('cloudtrail:GetTrailStatus') },
    },
    notApplicable: { 'not logging': { status: { ...LOGGING, logging: false } } },
  },
});
