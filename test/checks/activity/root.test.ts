import { describe, expect, test } from 'vitest';
import type { ExampleEvent } from '../../../checks/activity.ts';
import { activityChecks } from '../../../checks/activity-registry.ts';
import { rootIdentity } from '../../../checks/predicates/example-identities.ts';
import { activityJudge, readyActivity } from '../../../findings/judge-activities.ts';
import { exampleEvent } from './example-event.ts';

const FAMILY = /^activity-(root|sign-in|console-sign-in)-/;
const judge = activityJudge(activityChecks.filter(({ id }) => FAMILY.test(id)).map((check) => readyActivity(check)));

/** What is told at once, and what is kept: `HIGH root-signed-in`. */
function told(example: ExampleEvent): readonly string[] {
  return judge(exampleEvent({ userIdentity: rootIdentity(), ...example })).map(
    ({ severity, check }) => `${severity} ${check.id.replace('activity-', '')}`,
  );
}

const SIGN_IN = { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', eventType: 'AwsConsoleSignIn' };

describe('of what the root user does, one check speaks', () => {
  test.each([
    [
      'a sign-in with MFA',
      { ...SIGN_IN, responseElements: { ConsoleLogin: 'Success' }, additionalEventData: { MFAUsed: 'Yes' } },
      ['HIGH root-signed-in'],
    ],
    [
      'a sign-in without MFA',
      { ...SIGN_IN, responseElements: { ConsoleLogin: 'Success' }, additionalEventData: { MFAUsed: 'No' } },
      ['LOW console-sign-in-without-mfa', 'CRITICAL root-signed-in'],
    ],
    [
      'a failed sign-in',
      { ...SIGN_IN, responseElements: { ConsoleLogin: 'Failure' } },
      ['HIGH root-sign-in-failed', 'HIGH sign-in-users-tried'],
    ],
    [
      'the step before a sign-in',
      { eventSource: 'signin.amazonaws.com', eventName: 'CheckMfa', responseElements: { CheckMfa: 'Success' } },
      [],
    ],
    [
      'its password',
      { eventSource: 'signin.amazonaws.com', eventName: 'PasswordUpdated', responseElements: { PasswordUpdated: 'Success' } },
      ['CRITICAL root-credentials-changed'],
    ],
    ['a key for itself', { eventSource: 'iam.amazonaws.com', eventName: 'CreateAccessKey' }, ['CRITICAL root-credentials-changed']],
    ['looking around', { eventSource: 'ec2.amazonaws.com', eventName: 'DescribeVpcs' }, ['MEDIUM root-used']],
    ['a change', { eventSource: 'sqs.amazonaws.com', eventName: 'CreateQueue' }, ['HIGH root-used']],
  ])('%s', (_, example, expected) => {
    expect(told(example)).toEqual(expected);
  });

  test('what a service does with its credentials is nothing of it', () => {
    const userIdentity = { ...rootIdentity(), invokedBy: 'support.amazonaws.com' };
    expect(told({ eventSource: 'sqs.amazonaws.com', eventName: 'CreateQueue', userIdentity })).toEqual([]);
  });

  test('what the console does in its name is its own', () => {
    for (const invokedBy of ['signin.amazonaws.com', 'AWS Internal']) {
      const userIdentity = { ...rootIdentity(), invokedBy };
      expect(told({ eventSource: 'sqs.amazonaws.com', eventName: 'CreateQueue', userIdentity })).toEqual(['HIGH root-used']);
    }
  });
});

test('what root looks at is told once an hour for each session, its changes once in five minutes each', () => {
  const keyOf = (example: ExampleEvent) => {
    const [one] = judge(exampleEvent({ userIdentity: rootIdentity('ASIAEXAMPLEEXAMPLE01'), ...example }));
    return [one?.activity.once?.minutes, one?.activity.once?.key];
  };
  const vpcs = { eventSource: 'ec2.amazonaws.com', eventName: 'DescribeVpcs' };
  const queue = { eventSource: 'sqs.amazonaws.com', eventName: 'CreateQueue' };
  expect(keyOf(vpcs)).toEqual(keyOf({ eventSource: 's3.amazonaws.com', eventName: 'ListBuckets' }));
  expect(keyOf(vpcs)).not.toEqual(keyOf({ ...vpcs, userIdentity: rootIdentity('ASIAEXAMPLEEXAMPLE02') }));
  expect(keyOf(queue)[0]).toBe(5);
  expect(keyOf(queue)).not.toEqual(keyOf({ ...queue, eventName: 'DeleteQueue' }));
});
