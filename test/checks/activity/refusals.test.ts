import { describe, expect, test } from 'vitest';
import type { ExampleEvent } from '../../../checks/activity.ts';
import { sessionIdentity } from '../../../checks/predicates/example-identities.ts';
import { countsAsRefused, isUnauthorized, refusedPrincipal } from '../../../checks/predicates/refusals.ts';
import { exampleEvent } from './example-event.ts';

const CALL = { eventSource: 's3.amazonaws.com', eventName: 'GetBucketAcl' };
const TOLERATED = { auditRoles: ['audit'], consoleReads: false };

describe('the filter of CIS 5.1', () => {
  test.each([
    ['AccessDenied', true],
    ['AccessDeniedException', true],
    ['UnauthorizedOperation', true],
    ['Client.UnauthorizedOperation', true],
    ['Client.UnauthorizedOperation.Retry', false],
    ['S3AccessDenied', false],
    ['ThrottlingException', false],
    ['NoSuchBucketPolicy', false],
    ['Client.DryRunOperation', false],
    [undefined, false],
  ])('%s: %s', (errorCode, expected) => {
    expect(isUnauthorized(exampleEvent({ ...CALL, errorCode }))).toBe(expected);
  });

  test('leaves log delivery and HeadBucket out, but not of what ends in UnauthorizedOperation', () => {
    const denied = { ...CALL, errorCode: 'AccessDenied' };
    expect(isUnauthorized(exampleEvent({ ...denied, sourceIPAddress: 'delivery.logs.amazonaws.com' }))).toBe(false);
    expect(isUnauthorized(exampleEvent({ ...denied, eventName: 'HeadBucket' }))).toBe(false);
    expect(isUnauthorized(exampleEvent({ ...CALL, errorCode: 'UnauthorizedOperation', eventName: 'HeadBucket' }))).toBe(true);
  });
});

describe('a refusal counts', () => {
  const denied = { ...CALL, errorCode: 'AccessDenied' };
  const ofRole = { ...denied, userIdentity: sessionIdentity('audit', 'scan') };
  const inConsole = { ...denied, userAgent: 'S3Console/0.4, aws-internal/3' };

  test.each<[string, ExampleEvent, boolean]>([
    ['of a user', denied, true],
    ['of the audit role, by its name', ofRole, false],
    ['of a role whose name only ends so', { ...denied, userIdentity: sessionIdentity('my-audit', 'scan') }, true],
    ['of a service', { ...denied, sourceIPAddress: 'config.amazonaws.com' }, false],
    ['of an address that only looks like a service', { ...denied, sourceIPAddress: 'config.amazonaws.com.example.org' }, true],
    ['of a page of the console', inConsole, false],
    ['of a change in the console', { ...inConsole, eventName: 'PutBucketAcl' }, true],
  ])('%s: %s', (_, example, expected) => {
    expect(countsAsRefused(exampleEvent(example), TOLERATED)).toBe(expected);
  });

  test('of the audit role, by its ARN', () => {
    const auditRoles = ['arn:aws:iam::111122223333:role/audit'];
    expect(countsAsRefused(exampleEvent(ofRole), { auditRoles, consoleReads: false })).toBe(false);
  });

  test('of a page of the console, where a team wants that', () => {
    expect(countsAsRefused(exampleEvent(inConsole), { auditRoles: [], consoleReads: true })).toBe(true);
  });

  test('for the role behind its sessions', () => {
    const [one, other] = ['a', 'b'].map((session) => exampleEvent({ ...denied, userIdentity: sessionIdentity('app', session) }));
    expect(one && refusedPrincipal(one)).toBe('arn:aws:iam::111122223333:role/app');
    expect(other && refusedPrincipal(other)).toBe('arn:aws:iam::111122223333:role/app');
  });
});
