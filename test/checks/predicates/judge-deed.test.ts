import { expect, test } from 'vitest';
import { type Deed, demandOneOf, judgeDeed, refuseWithout } from '../../../checks/predicates/judge-deed.ts';
import { exampleEvent } from '../activity/example-event.ts';

const BASE = { eventSource: 'iam.amazonaws.com', eventName: 'AttachUserPolicy', requestParameters: { userName: 'bob' } };
const DEED: Deed = { done: 'bob was let in', attempt: 'let bob in', evidence: { userName: 'bob', gone: undefined }, severity: 'CRITICAL' };

test('a call that succeeded is a deed', () => {
  expect(judge(BASE)).toEqual({ reason: 'bob was let in', evidence: { userName: 'bob' }, severity: 'CRITICAL' });
});

test.each([
  ['refused', 'AccessDenied', undefined, 'MEDIUM'],
  ['refused', 'AccessDenied', 'HIGH', 'HIGH'],
  ['failed', 'NoSuchEntityException', 'HIGH', 'LOW'],
] as const)('a call that %s with %s is an attempt', (outcome, errorCode, refused, severity) => {
  const deed = refused === undefined ? DEED : { ...DEED, refused };
  expect(judge({ ...BASE, errorCode }, deed)).toEqual({
    reason: `tried to let bob in, ${outcome}`,
    evidence: { userName: 'bob', errorCode },
    severity,
  });
});

test('a refused call without its request is told by what it was', () => {
  const told = judgeDeed(exampleEvent({ ...BASE, errorCode: 'AccessDenied', requestParameters: null }), 'let somebody in', () => {
    throw new Error('asked in vain');
  });
  expect(told).toEqual({ reason: 'tried to let somebody in, refused', evidence: { errorCode: 'AccessDenied' }, severity: 'LOW' });
});

test.each(['Client.DryRunOperation', 'DryRunOperationException'])('%s is quiet', (errorCode) => {
  expect(judge({ ...BASE, errorCode })).toBeUndefined();
});

test('a call that is nobody’s concern is quiet, whatever became of it', () => {
  for (const errorCode of [undefined, 'AccessDenied']) {
    expect(judgeDeed(exampleEvent({ ...BASE, ...(errorCode && { errorCode }) }), 'let somebody in', () => undefined)).toBeUndefined();
  }
});

test('what is missing is named, with the event', () => {
  expect(() => refuseWithout(exampleEvent(BASE), 'policyArn')).toThrow(
    expect.objectContaining({
      name: 'Unread',
      reason: expect.objectContaining({ cause: 'no-data', operation: 'cloudtrail:AttachUserPolicy' }),
    }),
  );
});

test('one of several members is enough, and where all are missing a few are named', () => {
  const event = exampleEvent(BASE);
  expect(demandOneOf(event, event.request, 'groupName', 'userName')).toBeUndefined();
  const message = (...members: readonly string[]) => expect(() => demandOneOf(event, event.request, ...members));
  message('groupName', 'roleName').toThrow('the event does not tell groupName or roleName');
  message('a', 'b', 'c', 'd').toThrow('the event does not tell anything that is known');
});

function judge(record: Parameters<typeof exampleEvent>[0], deed: Deed = DEED) {
  return judgeDeed(exampleEvent(record), 'let somebody in', () => deed);
}
