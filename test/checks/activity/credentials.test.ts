import { expect, test } from 'vitest';
import type { ExampleEvent } from '../../../checks/activity.ts';
import { activityChecks, judgeActivity } from '../../../checks/activity-registry.ts';
import { sessionIdentity } from '../../../checks/predicates/example-identities.ts';
import { exampleEvent } from './example-event.ts';

const IAM = { eventSource: 'iam.amazonaws.com' };
const START = { eventSource: 'ssm.amazonaws.com', eventName: 'StartSession', requestParameters: { target: 'i-0123456789abcdef0' } };

test.each([
  ['in another case', 'Ana', 'INFORMATIONAL'],
  ['whose name begins alike', 'ana2', 'HIGH'],
])('a key for a user %s', (_, userName, severity) => {
  expect(judge('iam-key-created-for-another', { ...IAM, eventName: 'CreateAccessKey', requestParameters: { userName } })?.severity).toBe(
    severity,
  );
});

test('a session of a role acts for another, even if both are called the same', () => {
  const example = {
    ...IAM,
    eventName: 'CreateAccessKey',
    userIdentity: sessionIdentity('app', 'ana'),
    requestParameters: { userName: 'ana' },
  };
  expect(judge('iam-key-created-for-another', example)?.severity).toBe('HIGH');
});

test.each([
  [{ userName: 'bob', passwordResetRequired: 'true' }, 'LOW'],
  [{ userName: 'bob', passwordResetRequired: 'false' }, 'HIGH'],
  [{ userName: 'bob' }, 'HIGH'],
])('a password as CloudTrail may write it: %j', (requestParameters, severity) => {
  expect(judge('iam-login-profile-changed', { ...IAM, eventName: 'UpdateLoginProfile', requestParameters })?.severity).toBe(severity);
});

test.each([
  [true, 'HIGH'],
  [false, 'MEDIUM'],
  [undefined, 'MEDIUM'],
])('a version of a policy that is in force: %s', (setAsDefault, severity) => {
  const policyDocument = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
  const requestParameters = { policyArn: 'arn:aws:iam::111122223333:policy/app', policyDocument, setAsDefault };
  expect(judge('iam-admin-granted', { ...IAM, eventName: 'CreatePolicyVersion', requestParameters })?.severity).toBe(severity);
});

test('a policy that nobody has yet is less than one in force', () => {
  const policyDocument = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
  expect(judge('iam-admin-granted', { ...IAM, eventName: 'CreatePolicy', requestParameters: { policyDocument } })?.severity).toBe('MEDIUM');
});

test('remote access is told once a day for each caller and each instance', () => {
  const other = { ...START, requestParameters: { target: 'i-0123456789abcdef1' } };
  const bySession = { ...START, userIdentity: sessionIdentity('Operator', 'ana@example.com') };
  const later = { ...bySession, userIdentity: { ...bySession.userIdentity, accessKeyId: 'ASIAEXAMPLEEXAMPLE02' } };
  const keys = [START, other, bySession, later].map((example) => judge('remote-access', example)?.once?.key);
  expect(new Set(keys).size).toBe(3);
  expect(keys[2]).toBe(keys[3]);
  expect(judge('remote-access', START)?.once?.minutes).toBe(24 * 60);
});

test('a command for the same instances in another order is told once', () => {
  const [one, other] = [
    ['i-2', 'i-1'],
    ['i-1', 'i-2'],
  ].map((instanceIds) => judge('remote-access', { ...START, eventName: 'SendCommand', requestParameters: { instanceIds } }));
  expect(one?.once?.key).toBe(other?.once?.key);
});

test('who reads the user data of instance after instance is told once a day', () => {
  const read = { eventSource: 'ec2.amazonaws.com', eventName: 'DescribeInstanceAttribute' };
  const keys = ['i-1', 'i-2'].map(
    (instanceId) => judge('user-data-read', { ...read, requestParameters: { instanceId, attribute: 'userData' } })?.once?.key,
  );
  expect(keys[0]).toBe(keys[1]);
});

function judge(name: string, example: ExampleEvent) {
  const check = activityChecks.find(({ id }) => id === `activity-${name}`);
  if (check === undefined) throw new Error(`no check ${name}`);
  return judgeActivity(check, exampleEvent(example), { ...check.params });
}
