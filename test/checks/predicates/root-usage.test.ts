import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { newestRootUse } from '../../../checks/predicates/root-usage.ts';
import type { ReportedAccessKey, RootCredentials, RootEvent } from '../../../inventory/account/account.ts';

describe('the newest use of root', () => {
  test.each<[string, RootCredentials, readonly RootEvent[], string | undefined]>([
    ['is the password, if that is newest', report('2026-03-01T00:00:00Z', [key(1, '2026-02-01T00:00:00Z')]), [], 'password'],
    ['is a key, if the password is older', report('2026-01-01T00:00:00Z', [key(1, '2026-02-01T00:00:00Z')]), [], 'access key 1'],
    [
      'is the second key, if the first is older',
      report(undefined, [key(1, '2026-01-01T00:00:00Z'), key(2, '2026-02-01T00:00:00Z')]),
      [],
      'access key 2',
    ],
    [
      'is an event that the report does not know yet',
      report('2026-01-01T00:00:00Z', []),
      [event('2026-03-01T00:00:00Z')],
      'CreateUser in eu-west-1',
    ],
    [
      'is the newest of unordered events',
      report(undefined, []),
      [event('2026-03-01T00:00:00Z'), event('2026-02-01T00:00:00Z')],
      'CreateUser in eu-west-1',
    ],
    ['is none where AWS has no time', report(undefined, [key(1, undefined)]), [], undefined],
  ])('%s', (_, rootCredentials, rootEvents, by) => {
    expect(newestRootUse({ rootCredentials, rootEvents })).toMatchObject(by === undefined ? { newest: undefined } : { newest: { by } });
  });

  test('is known beside what was not read', () => {
    const rootEvents = partial([event('2026-03-01T00:00:00Z')], 'cloudtrail:LookupEvents');
    const { newest, unread } = newestRootUse({ rootCredentials: report('2026-01-01T00:00:00Z', []), rootEvents });
    expect(newest?.at).toBe('2026-03-01T00:00:00Z');
    expect(unread?.reason.operation).toBe('cloudtrail:LookupEvents');
  });
});

function report(passwordLastUsedAt: string | undefined, accessKeys: readonly ReportedAccessKey[]): RootCredentials {
  const reportGeneratedAt = '2026-03-02T00:00:00Z';
  return { reportGeneratedAt, passwordEnabled: true, passwordLastUsedAt, mfaActive: true, accessKeys, activeCertificates: 0 };
}

function key(slot: 1 | 2, lastUsedAt: string | undefined): ReportedAccessKey {
  return { slot, active: true, rotatedAt: '2020-01-01T00:00:00Z', lastUsedAt };
}

function event(occurredAt: string): RootEvent {
  return { eventId: '1', eventName: 'CreateUser', eventSource: 'iam.amazonaws.com', occurredAt, region: 'eu-west-1' };
}
