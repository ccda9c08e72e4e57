import { describe, expect, test } from 'vitest';
import { readAccountUnits } from '../../../inventory/organizations/account-units.ts';
import { ACCOUNT, type Answers, fakeSession, type Input, refused } from '../fake-session.ts';

const ACCOUNTS: Readonly<Record<string, readonly object[]>> = {
  'r-exam': [{ Id: ACCOUNT, State: 'ACTIVE' }],
  'ou-exam-1': [{ Id: '444444444444', State: 'ACTIVE' }],
  'ou-exam-2': [{ Id: '555555555555', State: 'ACTIVE' }],
};
const UNITS: Readonly<Record<string, readonly object[]>> = { 'r-exam': [{ Id: 'ou-exam-1' }], 'ou-exam-1': [{ Id: 'ou-exam-2' }] };
const answers: Answers = {
  'organizations:ListRoots': { Roots: [{ Id: 'r-exam' }] },
  'organizations:ListAccountsForParent': (input: Input) => ({ Accounts: ACCOUNTS[String(input.ParentId)] }),
  'organizations:ListOrganizationalUnitsForParent': (input: Input) => ({ OrganizationalUnits: UNITS[String(input.ParentId)] ?? [] }),
};

function deny(): never {
  throw refused('AccessDeniedException');
}

describe('the organizational units of accounts', () => {
  test('are told from the root down, of the management account too', async () => {
    const unitsOf = await readAccountUnits(fakeSession(answers).session);
    expect([unitsOf(ACCOUNT), unitsOf('444444444444'), unitsOf('555555555555'), unitsOf('666666666666')]).toEqual([
      ...[['r-exam'], ['r-exam', 'ou-exam-1'], ['r-exam', 'ou-exam-1', 'ou-exam-2'], []],
    ]);
  });

  test('are not known where nobody may ask, which is no gap until somebody needs them', async () => {
    const { session } = fakeSession({ ...answers, 'organizations:ListRoots': deny });
    const unitsOf = await readAccountUnits(session);
    expect(unitsOf(ACCOUNT)).toMatchObject({
      cause: 'denied',
      operation: 'organizations:ListRoots',
      permissions: ['organizations:ListRoots'],
    });
    expect(session.coverage.gaps).toEqual([]);
  });

  test('of a tree of which a part is refused, are known for the rest', async () => {
    const units = (input: Input) =>
      input.ParentId === 'ou-exam-1' ? deny() : { OrganizationalUnits: UNITS[String(input.ParentId)] ?? [] };
    const unitsOf = await readAccountUnits(fakeSession({ ...answers, 'organizations:ListOrganizationalUnitsForParent': units }).session);
    expect(unitsOf('444444444444')).toEqual(['r-exam', 'ou-exam-1']);
    expect(unitsOf('555555555555')).toMatchObject({ cause: 'denied', operation: 'organizations:ListOrganizationalUnitsForParent' });
  });
});
