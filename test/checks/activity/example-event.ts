import type { ExampleEvent } from '../../../checks/activity.ts';
import type { CloudTrailEvent } from '../../../inventory/events/event.ts';
import { toEvent } from '../../../inventory/events/to-event.ts';
import { deepFreeze } from '../example-resource.ts';

const ACCOUNT = '111122223333';

/** What an example does not say: a successful call by the IAM user `ana` from outside of AWS. */
const DEFAULTS = {
  eventVersion: '1.11',
  eventID: '5f2c3a10-7d54-4c1b-9f0e-3b6a8d2e4c11',
  eventTime: '2026-11-21T08:00:00Z',
  eventType: 'AwsApiCall',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '198.51.100.7',
  userAgent: 'aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 lang/python#3.13.7',
  recipientAccountId: ACCOUNT,
  userIdentity: {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLEEXAMPLE001',
    arn: `arn:aws:iam::${ACCOUNT}:user/ana`,
    accountId: ACCOUNT,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    userName: 'ana',
  },
};

/** The CloudTrail record that an example describes, frozen. Its members replace the defaults as a whole. @throws if it names no eventSource */
export function exampleRecord(example: ExampleEvent): Readonly<Record<string, unknown>> {
  if (typeof example.eventSource !== 'string') throw new Error(`the example of ${example.eventName} names no eventSource`);
  return deepFreeze({ ...DEFAULTS, ...structuredClone(example) });
}

/** The same as checks see it. */
export function exampleEvent(example: ExampleEvent): CloudTrailEvent {
  const event = toEvent(exampleRecord(example));
  if (event === undefined) throw new Error(`the example of ${example.eventName} is no record`);
  return event;
}
