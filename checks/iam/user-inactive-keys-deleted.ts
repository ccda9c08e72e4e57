import { defineCheck, denied, fail, pass } from '../check.ts';
import { EXAMPLE_PROGRAM as USER } from '../predicates/example-credentials.ts';
import { dateOf, daysSince } from '../predicates/time.ts';

const OLD = { slot: 1, active: false, rotatedAt: '2026-07-01T00:00:00Z', lastUsedAt: undefined } as const;

export default defineCheck({
  id: 'iam-user-inactive-keys-deleted',
  title: 'Inactive access keys should be deleted once they are old',
  severity: 'LOW',
  controls: ['NIST-800-53-R5:AC-2(3)'],
  equivalents: {},
  risk: 'An inactive key can be turned on again, and works for all who ever had a copy.',
  remediation: {
    text: 'Delete the key: if nothing broke since it was deactivated, nothing needs it.',
    cli: 'aws iam delete-access-key --user-name <user> --access-key-id <key-id>',
  },
  resourceType: 'AWS::IAM::User',
  needs: ['credentials'],
  params: { days: 90 },
  evaluate({ credentials: { accessKeys, createdAt } }, { days, now }) {
    const inactive = accessKeys.filter(({ active }) => !active).map(({ slot, rotatedAt }) => ({ slot, since: rotatedAt ?? createdAt }));
    const old = inactive.filter(({ since }) => daysSince(since, now) > days);
    const named = old.map(({ slot, since }) => `inactive access key ${slot} is from ${dateOf(since)}`);
    return old.length > 0 ? fail(named.join(', '), { made: old.map(({ since }) => dateOf(since)) }) : pass;
  },
  examples: {
    pass: {
      'no key': { credentials: { ...USER, accessKeys: [] } },
      'deactivated in a rotation, one month old': { credentials: { ...USER, accessKeys: [{ ...OLD, rotatedAt: '2026-10-01T00:00:00Z' }] } },
      'old but active, which is for the rotation': { credentials: { ...USER, accessKeys: [{ ...OLD, active: true }] } },
    },
    fail: {
      'four months old': { credentials: { ...USER, accessKeys: [OLD] } },
      'beside an active one': {
        credentials: {
          ...USER,
          accessKeys: [
            { ...OLD, active: true },
            { ...OLD, slot: 2 },
          ],
        },
      },
      'of a user from 2024, without a date': { credentials: { ...USER, accessKeys: [{ ...OLD, rotatedAt: undefined }] } },
    },
    unknown: { 'report not read': { credentials: denied('iam:GetCredentialReport') } },
  },
});
