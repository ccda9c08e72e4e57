import { defineActivityCheck, quiet } from '../activity.ts';
import { factOf, factsIn, factsOf } from '../predicates/event-facts.ts';
import { GUARDDUTY_ENDS, GUARDDUTY_LOSSES, guardDutyLoss, LESSER_LOSSES } from '../predicates/guardduty-losses.ts';
import { tamperingNotice } from '../predicates/notices.ts';

const GUARDDUTY = { eventSource: 'guardduty.amazonaws.com' };
const DETECTOR = { detectorId: '12abc34d567e8fa901bc2d34e56789f0' };

export default defineActivityCheck({
  id: 'activity-guardduty-tampered',
  title: 'GuardDuty was switched off or made to find less',
  severity: 'HIGH',
  controls: [],
  attack: ['T1562.001'],
  equivalents: {},
  risk: 'An attack that goes on in the account is no longer noticed by AWS.',
  remediation: {
    text: 'Switch it on again with all its features, and look for what its caller did before and after.',
    cli: 'aws guardduty update-detector --detector-id <detector> --enable',
    cloudFormation: 'AWS::GuardDuty::Detector.Enable',
  },
  events: [{ source: 'guardduty.amazonaws.com', names: [...GUARDDUTY_ENDS, ...Object.keys(GUARDDUTY_LOSSES)] }],
  evaluate(event) {
    const { request, name } = event;
    const judge = GUARDDUTY_LOSSES[name];
    const loss = judge && guardDutyLoss(event, judge);
    if (judge && loss === undefined) return quiet;
    const members = factsIn(request, 'accountIds');
    return tamperingNotice(event, {
      what: factOf(request, 'name') ?? factOf(request, 'detectorId'),
      how: loss,
      evidence: {
        ...factsOf(request, 'detectorId', 'name', 'filterName', 'ipSetId', 'location', 'action', 'adminAccountId'),
        ...(members.length === 0 ? {} : { members }),
      },
      severity: LESSER_LOSSES[name],
    });
  },
  examples: {
    activity: {
      'deletion refused': { ...GUARDDUTY, eventName: 'DeleteDetector', errorCode: 'AccessDenied', requestParameters: DETECTOR },
      suspended: { ...GUARDDUTY, eventName: 'UpdateDetector', requestParameters: { ...DETECTOR, enable: false } },
      'a feature disabled': {
        ...GUARDDUTY,
        eventName: 'UpdateDetector',
        requestParameters: { ...DETECTOR, enable: true, features: [{ name: 'S3_DATA_EVENTS', status: 'DISABLED' }] },
      },
      'a list of trusted addresses': {
        ...GUARDDUTY,
        eventName: 'CreateIPSet',
        requestParameters: {
          ...DETECTOR,
          name: 'office',
          format: 'TXT',
          location: 'https://s3.amazonaws.com/example/ips.txt',
          activate: true,
        },
      },
      'findings archived unseen': {
        ...GUARDDUTY,
        eventName: 'CreateFilter',
        requestParameters: { ...DETECTOR, name: 'noise', action: 'ARCHIVE', findingCriteria: { criterion: {} } },
      },
    },
    quiet: {
      'a feature enabled': {
        ...GUARDDUTY,
        eventName: 'UpdateDetector',
        requestParameters: { ...DETECTOR, enable: true, features: [{ name: 'RUNTIME_MONITORING', status: 'ENABLED' }] },
      },
      'a filter that archives nothing': {
        ...GUARDDUTY,
        eventName: 'CreateFilter',
        requestParameters: { ...DETECTOR, name: 'mine', findingCriteria: { criterion: {} } },
      },
    },
    unsure: { 'no flag': { ...GUARDDUTY, eventName: 'UpdateDetector', requestParameters: { ...DETECTOR, enable: 'perhaps' } } },
  },
});
