import { expect, test } from 'vitest';
import { toDeed } from '../../../checks/predicates/deeds.ts';

test.each([
  ['LeaveOrganization', 'organization left'],
  ['RemoveAccountFromOrganization', 'account removed from organization'],
  ['DisassociateFromAdministratorAccount', 'disassociated from administrator account'],
  ['InviteAccountToOrganization', 'account invited to organization'],
  ['PutBucketAcl', 'bucket ACL set'],
  ['BatchDisableStandards', 'standards disabled'],
])('%s is told as: %s', (name, told) => {
  expect(toDeed({ name, outcome: 'succeeded' })).toBe(told);
});

test('what did not come about is told as tried', () => {
  expect(toDeed({ name: 'LeaveOrganization', outcome: 'refused' })).toBe('tried to leave organization, refused');
});
