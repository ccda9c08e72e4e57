import { defineActivityCheck, quiet } from '../activity.ts';
import { DETECTION_EVENTS, HOW, isHarmless, SERVICES } from '../predicates/detection-services.ts';
import { factsIn, isRecorded } from '../predicates/event-facts.ts';
import { NOT_RECORDED, tamperingNotice } from '../predicates/notices.ts';

const MACIE = { eventSource: 'macie2.amazonaws.com' };

export default defineActivityCheck({
  id: 'activity-detection-service-disabled',
  title: 'Inspector, Macie or Detective was switched off',
  severity: 'HIGH',
  controls: [],
  attack: ['T1562.001'],
  equivalents: {},
  risk: 'Weak software, exposed personal data or the course of an attack are no longer found.',
  remediation: {
    text: 'Switch the service on again if nobody meant to do without it.',
    cli: 'aws inspector2 enable --resource-types EC2 ECR LAMBDA',
  },
  events: DETECTION_EVENTS,
  evaluate(event) {
    const { request, source, name } = event;
    if (isHarmless(event)) return quiet;
    const resourceTypes = factsIn(request, 'resourceTypes');
    const accounts = factsIn(request, 'accountIds');
    return tamperingNotice(event, {
      what: [SERVICES[source] ?? source, ...resourceTypes].join(' '),
      how: HOW[name] && !isRecorded(event) ? NOT_RECORDED : HOW[name],
      evidence: { ...(resourceTypes.length === 0 ? {} : { resourceTypes }), ...(accounts.length === 0 ? {} : { accounts }) },
      severity: name.endsWith('Filter') ? 'MEDIUM' : undefined,
    });
  },
  examples: {
    activity: {
      'Inspector for instances': {
        eventSource: 'inspector2.amazonaws.com',
        eventName: 'Disable',
        requestParameters: { accountIds: ['111122223333'], resourceTypes: ['EC2'] },
      },
      'Macie, refused': { ...MACIE, eventName: 'DisableMacie', errorCode: 'AccessDeniedException' },
      'Macie suspended': { ...MACIE, eventName: 'UpdateMacieSession', requestParameters: { status: 'PAUSED' } },
      'findings of Inspector suppressed': {
        eventSource: 'inspector2.amazonaws.com',
        eventName: 'CreateFilter',
        requestParameters: { action: 'SUPPRESS', name: 'low', filterCriteria: {} },
      },
      'the graph of Detective': {
        eventSource: 'detective.amazonaws.com',
        eventName: 'DeleteGraph',
        requestParameters: { GraphArn: 'arn:aws:detective:eu-west-1:111122223333:graph:0a1b2c' },
      },
    },
    quiet: {
      'Macie resumed': { ...MACIE, eventName: 'UpdateMacieSession', requestParameters: { status: 'ENABLED' } },
      'a filter that hides nothing': {
        eventSource: 'inspector2.amazonaws.com',
        eventName: 'CreateFilter',
        requestParameters: { action: 'NONE', name: 'mine', filterCriteria: {} },
      },
    },
    unsure: { 'no status': { ...MACIE, eventName: 'UpdateMacieSession', requestParameters: { status: { of: 'what' } } } },
  },
});
