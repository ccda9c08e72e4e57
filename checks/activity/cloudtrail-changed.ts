import { defineActivityCheck } from '../activity.ts';
import { nameIn } from '../predicates/deeds.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { TRAIL_EVENTS } from '../predicates/event-families.ts';
import { changeNotice } from '../predicates/notices.ts';

const CLOUDTRAIL = { eventSource: 'cloudtrail.amazonaws.com', requestParameters: { name: 'main' } };

export default defineActivityCheck({
  id: 'activity-cloudtrail-changed',
  title: 'A trail of CloudTrail was changed',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:5.5', 'CIS-AWS-5.0:4.5', 'CIS-AWS-3.0:4.5'],
  attack: ['T1562.008'],
  equivalents: {
    prowler: ['cloudwatch_log_metric_filter_and_alarm_for_cloudtrail_configuration_changes_enabled'],
    securityHub: ['CloudWatch.5'],
  },
  risk: 'What a trail does not record cannot be found out later, and without any trail nothing here is told either.',
  remediation: {
    text: 'Compare the trail with what it should be; start its logging if that was stopped.',
    cli: 'aws cloudtrail start-logging --name <trail>',
    cloudFormation: 'AWS::CloudTrail::Trail.IsLogging',
  },
  events: [{ source: 'any', names: TRAIL_EVENTS }],
  evaluate(event) {
    const { request } = event;
    const trail = factOf(request, 'name');
    return changeNotice(event, {
      service: 'cloudtrail.amazonaws.com',
      what: trail === undefined ? undefined : nameIn(trail),
      evidence: factsOf(request, 'name', 's3BucketName', 'isMultiRegionTrail', 'includeGlobalServiceEvents', 'enableLogFileValidation'),
      routine: event.name === 'StartLogging' ? 'as it should be' : undefined,
    });
  },
  examples: {
    activity: {
      'logging stopped': { ...CLOUDTRAIL, eventName: 'StopLogging' },
      'logging started': { ...CLOUDTRAIL, eventName: 'StartLogging' },
      'deletion refused': { ...CLOUDTRAIL, eventName: 'DeleteTrail', errorCode: 'AccessDenied' },
    },
    quiet: {},
  },
});
