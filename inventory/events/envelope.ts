import { memberOf } from './member.ts';

/**
 * The CloudTrail record in what was delivered: the `detail` of an EventBridge event, or the thing itself.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function recordIn(body: unknown): unknown {
  const detail = memberOf(body, 'detail');
  const isEnvelope = detail !== undefined && memberOf(body, 'detail-type') !== undefined;
  return isEnvelope && memberOf(body, 'eventName') === undefined ? detail : body;
}
