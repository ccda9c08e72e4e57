import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import { EXAMPLE_ROOT_CREDENTIALS } from '../predicates/example-credentials.ts';
import { newestRootUse } from '../predicates/root-usage.ts';
import { dateOf, daysSince } from '../predicates/time.ts';

const OLD_KEY = { slot: 1, active: true, rotatedAt: '2019-05-01T00:00:00Z', lastUsedAt: '2025-09-01T00:00:00Z' } as const;

const CREDENTIALS = { ...EXAMPLE_ROOT_CREDENTIALS, passwordLastUsedAt: '2025-09-27T10:00:00Z' };

const SIGN_IN = {
  eventId: '6f3a',
  eventName: 'ConsoleLogin',
  eventSource: 'signin.amazonaws.com',
  occurredAt: '2026-10-31T23:30:00Z',
  region: 'us-east-1',
} as const;

/** The default is what CloudTrail's event history holds, so that all sources look back equally far. */
export default defineCheck({
  id: 'account-root-unused',
  title: 'The root user should not be used',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:2.7', 'CIS-AWS-5.0:1.6', 'CIS-AWS-3.0:1.7'],
  equivalents: { prowler: ['iam_avoid_root_usage'], securityHub: ['IAM.20'] },
  risk: 'Work done as root is bound by no policy and cannot be told to a person; a stolen session is a lost account.',
  remediation: { text: 'Find out who used root and why, and give that work a role. Keep root for the few tasks that need it.' },
  resourceType: 'AWS::Organizations::Account',
  needs: ['rootCredentials', 'rootEvents'],
  params: { days: 90 },
  evaluate(account, { days, now }) {
    const { newest, unread } = newestRootUse(account);
    if (newest && daysSince(newest.at, now) < days) {
      return fail(`root was used on ${dateOf(newest.at)} (${newest.by})`, { lastUsedAt: newest.at, by: newest.by });
    }
    if (unread) throw unread;
    return pass;
  },
  examples: {
    pass: {
      'password and key used long ago': { rootCredentials: { ...CREDENTIALS, accessKeys: [OLD_KEY] }, rootEvents: [] },
      'no password, never a key': {
        rootCredentials: { ...CREDENTIALS, passwordEnabled: false, passwordLastUsedAt: undefined },
        rootEvents: [],
      },
    },
    fail: {
      'password used, events denied': {
        rootCredentials: { ...CREDENTIALS, passwordLastUsedAt: '2026-10-20T10:00:00Z' },
        rootEvents: denied('cloudtrail:LookupEvents'),
      },
      'second key used, password and first key long ago': {
        rootCredentials: { ...CREDENTIALS, accessKeys: [OLD_KEY, { ...OLD_KEY, slot: 2, lastUsedAt: '2026-10-31T00:00:00Z' }] },
        rootEvents: [],
      },
      'key used, password gone': {
        rootCredentials: {
          ...CREDENTIALS,
          passwordLastUsedAt: undefined,
          accessKeys: [{ ...OLD_KEY, lastUsedAt: '2026-10-31T00:00:00Z' }],
        },
        rootEvents: [],
      },
      'signed in since the last credential report': { rootCredentials: CREDENTIALS, rootEvents: [SIGN_IN] },
      'signed in, nothing else read': {
        rootCredentials: denied('iam:GetCredentialReport'),
        rootEvents: partial([SIGN_IN], 'cloudtrail:LookupEvents'),
      },
    },
    unknown: {
      'events of a region not read': { rootCredentials: CREDENTIALS, rootEvents: partial([], 'cloudtrail:LookupEvents') },
      'report not read': { rootCredentials: denied('iam:GetCredentialReport'), rootEvents: [] },
    },
  },
});
