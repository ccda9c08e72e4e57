import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck, quiet } from '../activity.ts';
import { factOf, factsIn, isRecorded } from '../predicates/event-facts.ts';
import { demandOneOf } from '../predicates/judge-deed.ts';
import { NOT_RECORDED, tamperingByHand } from '../predicates/notices.ts';

const CLOUDWATCH = { eventSource: 'monitoring.amazonaws.com' };

/** Whether it watched for attackers or for slow pages nobody can tell from its name. Ours are told by `activity-own-deployment-tampered`. */
export default defineActivityCheck({
  id: 'activity-alarm-deleted',
  title: 'An alarm of CloudWatch was deleted or silenced',
  severity: 'MEDIUM',
  controls: [],
  attack: ['T1562.001'],
  equivalents: {},
  risk: 'What the alarm watched for now happens without anybody being told.',
  remediation: {
    text: 'Make the alarm again, or enable its actions.',
    cli: 'aws cloudwatch enable-alarm-actions --alarm-names <alarm>',
    cloudFormation: 'AWS::CloudWatch::Alarm.ActionsEnabled',
  },
  events: [
    {
      source: 'monitoring.amazonaws.com',
      names: ['DeleteAlarms', 'DisableAlarmActions', 'PutAlarmMuteRule', 'PutCompositeAlarm', 'PutMetricAlarm'],
    },
  ],
  evaluate(event) {
    const { request, name } = event;
    if (name.endsWith('Alarm') && howOf(event) === undefined) return quiet;
    const alarms = [...factsIn(request, 'alarmNames'), ...factsIn(request, 'alarmName'), ...factsIn(request, 'muteTargets', 'alarmNames')];
    const more = alarms.length > 1 ? ` and ${alarms.length - 1} more` : '';
    return tamperingByHand(event, {
      what: alarms[0] === undefined ? factOf(request, 'name') : `${alarms[0]}${more}`,
      how: name.endsWith('Alarm') ? howOf(event) : undefined,
      evidence: alarms.length === 0 ? {} : { alarms },
    });
  },
  examples: {
    activity: {
      deleted: { ...CLOUDWATCH, eventName: 'DeleteAlarms', requestParameters: { alarmNames: ['root-used', 'sign-in-failed'] } },
      refused: { ...CLOUDWATCH, eventName: 'DisableAlarmActions', errorCode: 'AccessDenied', requestParameters: { alarmNames: ['root'] } },
      'put without its actions': {
        ...CLOUDWATCH,
        eventName: 'PutMetricAlarm',
        requestParameters: { alarmName: 'root-used', actionsEnabled: false },
      },
      'by a service that scales': {
        ...CLOUDWATCH,
        eventName: 'DeleteAlarms',
        userIdentity: { type: 'AssumedRole', invokedBy: 'ecs.application-autoscaling.amazonaws.com' },
        requestParameters: { alarmNames: ['TargetTracking-shop'] },
      },
    },
    quiet: {
      'made with its actions': {
        ...CLOUDWATCH,
        eventName: 'PutMetricAlarm',
        requestParameters: { alarmName: 'root-used', actionsEnabled: true },
      },
    },
    unsure: {
      'nobody can tell whether it acts': {
        ...CLOUDWATCH,
        eventName: 'PutMetricAlarm',
        requestParameters: { alarmName: 'root-used', actionsEnabled: 'sometimes' },
      },
    },
  },
});

/** Of what a call does not say, alarms have their actions enabled. */
function howOf(event: CloudTrailEvent): string | undefined {
  if (!isRecorded(event)) return NOT_RECORDED;
  demandOneOf(event, event.request, 'alarmName');
  return event.request.at('actionsEnabled').flag === false ? 'without its actions' : undefined;
}
