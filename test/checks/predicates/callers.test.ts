import { describe, expect, test } from 'vitest';
import { callerKey, isOnSelf, partitionOf, userAsked } from '../../../checks/predicates/callers.ts';
import { exampleEvent } from '../activity/example-event.ts';

const CALL = { eventSource: 'iam.amazonaws.com', eventName: 'CreateAccessKey' };
const ROLE = 'arn:aws-us-gov:iam::111122223333:role/deploy';
const session = (name: string) => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLEEXAMPLE123:${name}`,
  arn: `arn:aws-us-gov:sts::111122223333:assumed-role/deploy/${name}`,
  accountId: '111122223333',
  sessionContext: { sessionIssuer: { type: 'Role', arn: ROLE, accountId: '111122223333', userName: 'deploy' } },
});
const by = (userIdentity: object) => exampleEvent({ ...CALL, userIdentity });
const byUser = exampleEvent(CALL);

describe('the key of a caller', () => {
  test('of a user is its ARN', () => {
    expect(callerKey(byUser)).toBe('arn:aws:iam::111122223333:user/ana');
  });

  test('of a session is its role and its name', () => {
    expect(callerKey(by(session('ci')))).toBe(`${ROLE}/ci`);
    expect(callerKey(by(session('other')))).not.toBe(callerKey(by(session('ci'))));
  });

  test('of one without an ARN is its name', () => {
    expect(callerKey(by({ type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' }))).toBe('autoscaling.amazonaws.com');
  });
});

test('the partition is that of the caller’s ARN', () => {
  expect(partitionOf(by(session('ci')))).toBe('aws-us-gov');
  expect(partitionOf(by({ type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' }))).toBe('aws');
});

describe('on itself', () => {
  test.each([
    ['a user that names nobody', byUser, undefined, true],
    ['a user that names itself', byUser, 'ana', true],
    ['a user that names itself in other letters', byUser, 'Ana', true],
    ['a user that names another', byUser, 'ben', false],
    ['a role that names a user of its own name', by({ ...session('ci'), userName: 'ana' }), 'ana', false],
    [
      'a user without a name',
      by({ type: 'IAMUser', principalId: 'AIDAEXAMPLEEXAMPLE001', arn: 'arn:aws:iam::111122223333:user/x', accountId: '111122223333' }),
      'ana',
      false,
    ],
  ] as const)('%s', (_, event, userName, expected) => {
    expect(isOnSelf(event, userName)).toBe(expected);
  });
});

describe('the user asked of', () => {
  test.each([
    ['named', { userName: 'ben' }, 'ben'],
    ['named in other letters', { UserName: 'ben' }, 'ben'],
    ['not named', { serialNumber: 'x' }, undefined],
    ['not in a request', null, undefined],
  ])('%s', (_, requestParameters, expected) => {
    expect(userAsked(exampleEvent({ ...CALL, requestParameters: requestParameters ?? undefined }).request)).toBe(expected);
  });

  test('cannot be told where something is no text', () => {
    expect(() => userAsked(exampleEvent({ ...CALL, requestParameters: { userName: 'ben', other: {} } }).request)).toThrow(
      expect.objectContaining({ name: 'Unread' }),
    );
  });
});
