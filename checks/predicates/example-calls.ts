import type { ExampleEvent } from '../activity.ts';

/** Makes examples of calls to one service: `const iam = callsTo('iam'); iam('CreateUser', { userName: 'bob' }, REFUSED)`. */
export function callsTo(service: string): (eventName: string, requestParameters?: unknown, more?: object) => ExampleEvent {
  return (eventName, requestParameters, more = {}) => ({
    eventSource: `${service}.amazonaws.com`,
    eventName,
    ...(requestParameters === undefined ? {} : { requestParameters }),
    ...more,
  });
}

/** In an example: refused for want of permission. */
export const REFUSED = { errorCode: 'AccessDenied' };
/** In an example: CloudFormation did it. */
export const BY_CLOUDFORMATION = { userIdentity: { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' } };
/** In an example, for `requestParameters`: CloudTrail left them out for their size. */
export const OMITTED = { omitted: true };
/** In an example: what the delivery of logs asks of a bucket by itself. */
export const LOG_DELIVERY_REFUSED: ExampleEvent = {
  eventSource: 's3.amazonaws.com',
  eventName: 'GetBucketAcl',
  sourceIPAddress: 'delivery.logs.amazonaws.com',
  ...REFUSED,
};
/** In an example: what tools ask to see whether a bucket is there. */
export const HEAD_REFUSED: ExampleEvent = { eventSource: 's3.amazonaws.com', eventName: 'HeadBucket', ...REFUSED };
