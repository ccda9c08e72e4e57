import { defineActivityCheck, quiet } from '../activity.ts';
import type { Severity } from '../check.ts';
import { nameIn } from '../predicates/deeds.ts';
import { factOf, factsOf, isRecorded } from '../predicates/event-facts.ts';
import { NOT_RECORDED, tamperingNotice } from '../predicates/notices.ts';
import { always, TRAIL_LOSSES } from '../predicates/trail-losses.ts';

const CLOUDTRAIL = { eventSource: 'cloudtrail.amazonaws.com' };
const MAIN = { ...CLOUDTRAIL, requestParameters: { name: 'main' } };

/** Insights look at what is recorded all the same. */
const LESSER: Readonly<Record<string, Severity>> = { PutInsightSelectors: 'MEDIUM' };

/** A trail is not known from one event: where a bucket or a key is given, it is taken for another one. */
export default defineActivityCheck({
  id: 'activity-cloudtrail-tampered',
  title: 'CloudTrail was stopped or made to record less',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:5.5', 'CIS-AWS-5.0:4.5', 'CIS-AWS-3.0:4.5'],
  attack: ['T1562.008'],
  equivalents: {},
  risk: 'What is done from now on leaves no trace, and events that are not recorded are not judged here either.',
  remediation: {
    text: 'Start the logging again at once, and look for what its caller did before and after.',
    cli: 'aws cloudtrail start-logging --name <trail>',
    cloudFormation: 'AWS::CloudTrail::Trail.IsLogging',
  },
  events: [{ source: 'cloudtrail.amazonaws.com', names: Object.keys(TRAIL_LOSSES) }],
  evaluate(event) {
    const { request, name } = event;
    const judge = TRAIL_LOSSES[name];
    const loss = judge === always || isRecorded(event) ? judge?.(event) : NOT_RECORDED;
    if (loss === undefined) return quiet;
    const subject = factOf(request, 'name') ?? factOf(request, 'trailName') ?? factOf(request, 'eventDataStore');
    return tamperingNotice(event, {
      what: subject === undefined ? undefined : nameIn(subject),
      how: loss === true ? undefined : loss,
      evidence: factsOf(request, 'name', 'trailName', 'eventDataStore', 's3BucketName', 'kmsKeyId', 'isMultiRegionTrail'),
      severity: LESSER[name],
    });
  },
  examples: {
    activity: {
      'logging stopped': { ...MAIN, eventName: 'StopLogging' },
      'deletion refused': { ...MAIN, eventName: 'DeleteTrail', errorCode: 'AccessDenied' },
      'of one region only': { ...CLOUDTRAIL, eventName: 'UpdateTrail', requestParameters: { name: 'main', isMultiRegionTrail: false } },
      'only what reads': {
        ...CLOUDTRAIL,
        eventName: 'PutEventSelectors',
        requestParameters: { trailName: 'main', eventSelectors: [{ readWriteType: 'ReadOnly', includeManagementEvents: true }] },
      },
      'insights off': { ...CLOUDTRAIL, eventName: 'PutInsightSelectors', requestParameters: { trailName: 'main', insightSelectors: [] } },
    },
    quiet: {
      'of all regions': {
        ...CLOUDTRAIL,
        eventName: 'UpdateTrail',
        requestParameters: { name: 'main', isMultiRegionTrail: true, enableLogFileValidation: true },
      },
      'all management events': {
        ...CLOUDTRAIL,
        eventName: 'PutEventSelectors',
        requestParameters: {
          trailName: 'main',
          advancedEventSelectors: [{ fieldSelectors: [{ field: 'eventCategory', equals: ['Management'] }] }],
        },
      },
    },
    unsure: {
      'selectors left out for their size': {
        ...CLOUDTRAIL,
        eventName: 'PutEventSelectors',
        requestParameters: { trailName: 'main', eventSelectors: { omitted: true } },
      },
    },
  },
});
