import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck } from '../activity.ts';
import { nameIn } from '../predicates/deeds.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { KMS_KEY_EVENTS } from '../predicates/event-families.ts';
import { tamperingNotice } from '../predicates/notices.ts';

const KMS = { eventSource: 'kms.amazonaws.com' };
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const KEY = { ARN: `arn:aws:kms:eu-west-1:111122223333:key/${KEY_ID}`, accountId: '111122223333', type: 'AWS::KMS::Key' };

/** CIS filters for DisableKey and ScheduleKeyDeletion; without its imported material a key is as useless as a disabled one. */
export default defineActivityCheck({
  id: 'activity-kms-key-disabled',
  title: 'A KMS key was disabled or scheduled for deletion',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:5.7', 'CIS-AWS-5.0:4.7', 'CIS-AWS-3.0:4.7'],
  attack: ['T1485', 'T1486'],
  equivalents: {
    prowler: ['cloudwatch_log_metric_filter_disable_or_scheduled_deletion_of_kms_cmk'],
    securityHub: ['CloudWatch.7'],
  },
  risk: 'What the key has encrypted cannot be read while it is disabled, and never again once it is deleted.',
  remediation: {
    text: 'If it is still needed, cancel the deletion before the waiting period ends, and enable the key again; both are two calls.',
    cli: 'aws kms cancel-key-deletion --key-id <key>',
    cloudFormation: 'AWS::KMS::Key.Enabled',
  },
  events: [{ source: 'kms.amazonaws.com', names: ['DeleteImportedKeyMaterial', ...KMS_KEY_EVENTS] }],
  evaluate(event) {
    const key = keyOf(event);
    return tamperingNotice(event, {
      what: key === undefined ? undefined : nameIn(key),
      evidence: { ...(key === undefined ? {} : { key }), ...factsOf(event.request, 'pendingWindowInDays') },
    });
  },
  examples: {
    activity: {
      'scheduled for deletion': {
        ...KMS,
        eventName: 'ScheduleKeyDeletion',
        requestParameters: { keyId: KEY_ID, pendingWindowInDays: 7 },
        resources: [KEY],
      },
      'disabled by its alias': { ...KMS, eventName: 'DisableKey', requestParameters: { keyId: 'alias/data' }, resources: [KEY] },
      'imported material deleted, no resource told': {
        ...KMS,
        eventName: 'DeleteImportedKeyMaterial',
        requestParameters: { keyId: KEY_ID },
      },
      refused: { ...KMS, eventName: 'ScheduleKeyDeletion', errorCode: 'AccessDenied', requestParameters: null },
      'pending already': {
        ...KMS,
        eventName: 'DisableKey',
        errorCode: 'KMSInvalidStateException',
        requestParameters: { keyId: KEY_ID },
      },
    },
    quiet: {
      'dry run': { ...KMS, eventName: 'DisableKey', errorCode: 'DryRunOperationException', requestParameters: { keyId: KEY_ID } },
    },
  },
});

/** `resources` names the key by its ARN; the request may name it by an alias. */
function keyOf({ resources, request }: CloudTrailEvent): string | undefined {
  return resources.find(({ arn }) => arn.includes(':key/'))?.arn ?? factOf(request, 'keyId');
}
