import { describe, expect, test } from 'vitest';
import { OUTCOME_OMITTED, ROOT_REFUSED, SIGNED_IN, WRONG_PASSWORD } from '../../../checks/predicates/example-sign-ins.ts';
import { isWithMfa, signInOutcome, signInUser } from '../../../checks/predicates/sign-ins.ts';
import { exampleEvent } from '../activity/example-event.ts';

const CENTER = { eventSource: 'signin.amazonaws.com', eventName: 'CredentialVerification', responseElements: null };
const NAMELESS = { type: 'IAMUser', accountId: '111122223333' };

describe('whether somebody got in', () => {
  test.each([
    ['the console says so', SIGNED_IN, 'succeeded'],
    ['a wrong password', WRONG_PASSWORD, 'failed'],
    ['without an error message', ROOT_REFUSED, 'failed'],
    ['with an error message alone', { ...SIGNED_IN, responseElements: null, errorMessage: 'Failed authentication' }, 'failed'],
    ['Identity Center says so', { ...CENTER, serviceEventDetails: { CredentialVerification: 'Success' } }, 'succeeded'],
    ['Identity Center says no', { ...CENTER, serviceEventDetails: { CredentialVerification: 'Failure' } }, 'failed'],
  ] as const)('%s', (_, example, outcome) => {
    expect(signInOutcome(exampleEvent(example))).toBe(outcome);
  });

  test('is not known where the event tells nothing of it', () => {
    for (const untold of [OUTCOME_OMITTED, { ...SIGNED_IN, responseElements: null }])
      expect(() => signInOutcome(exampleEvent(untold))).toThrow(expect.objectContaining({ name: 'Unread' }));
  });
});

describe('who signs in', () => {
  test.each<[string, object, string | undefined]>([
    ['the user of the identity', {}, 'ana'],
    ['the user of Identity Center', { userIdentity: NAMELESS, additionalEventData: { UserName: 'bob' } }, 'bob'],
    ['the identity before what is beside it', { additionalEventData: { UserName: 'bob' } }, 'ana'],
    ['nobody who is known', { userIdentity: { ...NAMELESS, userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' } }, undefined],
    ['nobody', { userIdentity: NAMELESS }, undefined],
  ])('%s', (_, part, user) => {
    expect(signInUser(exampleEvent({ ...SIGNED_IN, ...part }))).toBe(user);
  });
});

test.each([
  [{ MFAUsed: 'Yes' }, true],
  [{ MFAUsed: 'No' }, false],
  [{}, false],
])('MFA by %j: %s', (additionalEventData, expected) => {
  expect(isWithMfa(exampleEvent({ ...SIGNED_IN, additionalEventData }))).toBe(expected);
});
