import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { EXAMPLE_PROGRAM as USER } from '../predicates/example-credentials.ts';
import { dateOf, daysSince } from '../predicates/time.ts';
import { activeKeys } from '../predicates/user-credentials.ts';

const YOUNG = { slot: 1, active: true, rotatedAt: '2026-10-01T00:00:00Z', lastUsedAt: '2026-10-31T00:00:00Z' } as const;
const OLD = { ...YOUNG, slot: 2, rotatedAt: '2026-08-02T00:00:00Z' } as const;

export default defineCheck({
  id: 'iam-user-keys-rotated',
  title: 'Active access keys should be replaced every 90 days',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:2.12', 'CIS-AWS-5.0:1.13', 'CIS-AWS-3.0:1.14', 'AWS-FSBP:IAM.3'],
  equivalents: { prowler: ['iam_rotate_access_key_90_days'], securityHub: ['IAM.3'] },
  risk: 'The older a key, the more laptops, logs and repositories it may have leaked from.',
  remediation: {
    text: 'Make a second key, move its users over, deactivate the old one and delete it. Better: use a role, whose keys last for hours.',
    cli: 'aws iam create-access-key --user-name <user>',
  },
  resourceType: 'AWS::IAM::User',
  needs: ['credentials'],
  params: { days: 90 },
  evaluate({ credentials }, { days, now }) {
    const keys = activeKeys(credentials);
    if (keys.length === 0) return notApplicable('no active access key');
    const old = keys.filter(({ since }) => daysSince(since, now) > days).map(({ name, since }) => `${name} is from ${dateOf(since)}`);
    const made = Object.fromEntries(keys.map(({ name, since }) => [name, dateOf(since)]));
    return old.length > 0 ? fail(old.join(', '), { made }) : pass;
  },
  examples: {
    pass: {
      'one month old': { credentials: { ...USER, accessKeys: [YOUNG] } },
      'exactly 90 days old': { credentials: { ...USER, accessKeys: [{ ...YOUNG, rotatedAt: '2026-08-03T00:00:00Z' }] } },
      'old key inactive, young key active': { credentials: { ...USER, accessKeys: [YOUNG, { ...OLD, active: false }] } },
    },
    fail: {
      '91 days old': { credentials: { ...USER, accessKeys: [OLD] } },
      'old key beside a young one': { credentials: { ...USER, accessKeys: [YOUNG, OLD] } },
      'no date, user from 2024': { credentials: { ...USER, accessKeys: [{ ...YOUNG, rotatedAt: undefined }] } },
    },
    unknown: { 'report not read': { credentials: denied('iam:GetCredentialReport') } },
    notApplicable: { 'old key, inactive': { credentials: { ...USER, accessKeys: [{ ...OLD, active: false }] } } },
  },
});
