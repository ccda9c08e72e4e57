import { expect, test } from 'vitest';
import { toMemberAccount } from '../../inventory/member-account.ts';

const MANAGEMENT = '111111111111';

test.each([
  [{ State: 'ACTIVE' }, 'active'],
  [{ State: 'SUSPENDED' }, 'suspended'],
  [{ State: 'PENDING_CLOSURE' }, 'pending closure'],
  [{ State: 'CLOSED' }, 'closed'],
  [{ State: 'PENDING_ACTIVATION' }, 'pending activation'],
  [{ State: 'CLOSED', Status: 'SUSPENDED' }, 'closed'],
  [{ Status: 'SUSPENDED' }, 'suspended'],
  [{ Status: 'PENDING_CLOSURE' }, 'pending closure'],
  [{}, 'active'],
] as const)('an account with %j is %s', (given, status) => {
  expect(toMemberAccount({ Id: MANAGEMENT, Name: 'a', ...given })).toEqual({ accountId: MANAGEMENT, name: 'a', status });
});

test('a state that nobody knows yet is not left out', () => {
  const future = JSON.parse('{"Id":"111111111111","State":"SOMETHING_NEW"}');
  expect(toMemberAccount(future)).toMatchObject({ status: 'active' });
});

test('an account without an id is no account', () => {
  expect(() => toMemberAccount({})).toThrow('the answer has no Id');
});
