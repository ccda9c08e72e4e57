import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { dateOf, daysSince } from '../predicates/time.ts';

const ROLE = { path: '/', createdAt: '2024-03-01T00:00:00.000Z', lastUsedAt: '2026-10-20T00:00:00.000Z' } as const;
const NEVER = { ...ROLE, lastUsedAt: undefined } as const;
/** As far back as IAM remembers (RoleLastUsed, IAM API reference). */
const REMEMBERED_DAYS = 400;

export default defineCheck({
  id: 'iam-role-used',
  title: 'Roles that are no longer used should be deleted',
  severity: 'LOW',
  controls: ['NIST-800-53-R5:AC-2(3)'],
  equivalents: {},
  risk: 'What a forgotten role may do, and who may assume it, nobody looks at any more; a stranger who finds it is not noticed.',
  remediation: {
    text: 'Ask its owner, deny everything for a while, and delete the role once nothing broke. A role for emergencies is an exception to write down.',
    cli: 'aws iam delete-role --role-name <role>',
  },
  resourceType: 'AWS::IAM::Role',
  needs: ['role'],
  params: { days: 90 },
  evaluate({ role: { path, createdAt, lastUsedAt } }, { days, now }) {
    if (path.startsWith('/aws-service-role/')) return notApplicable('service-linked role: its service keeps it');
    if (path.startsWith('/aws-reserved/')) return notApplicable('kept by IAM Identity Center');
    if (daysSince(lastUsedAt ?? createdAt, now) < days) return pass;
    if (lastUsedAt !== undefined) return fail(`last used on ${dateOf(lastUsedAt)}`, { lastUsedAt });
    const isOlder = daysSince(createdAt, now) > REMEMBERED_DAYS;
    return fail(isOlder ? `not used in the last ${REMEMBERED_DAYS} days` : `never used since ${dateOf(createdAt)}`, { createdAt });
  },
  examples: {
    pass: {
      'used last week': { role: ROLE },
      'used 89 days ago': { role: { ...ROLE, lastUsedAt: '2026-08-04T00:00:00.000Z' } },
      'new, not used yet': { role: { ...NEVER, createdAt: '2026-10-20T00:00:00.000Z' } },
    },
    fail: {
      'used 90 days ago': { role: { ...ROLE, lastUsedAt: '2026-08-03T00:00:00.000Z' } },
      'never used, made this spring': { role: { ...NEVER, createdAt: '2026-04-01T00:00:00.000Z' } },
      'not used as far back as IAM remembers': { role: NEVER },
    },
    unknown: { 'not read': { role: denied('iam:GetAccountAuthorizationDetails') } },
    notApplicable: {
      'service-linked role': { role: { ...NEVER, path: '/aws-service-role/support.amazonaws.com/' } },
      'role of a permission set': { role: { ...NEVER, path: '/aws-reserved/sso.amazonaws.com/eu-west-1/' } },
    },
  },
});
