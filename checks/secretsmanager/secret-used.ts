import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { EXAMPLE_SECRET as secret } from '../predicates/example-secrets.ts';
import { dateOf, daysSince } from '../predicates/time.ts';
import { refuseToJudge } from '../predicates/unread.ts';

export default defineCheck({
  id: 'secretsmanager-secret-used',
  title: 'Secrets that nobody uses should be deleted',
  severity: 'LOW',
  controls: ['AWS-FSBP:SecretsManager.3'],
  equivalents: { prowler: ['secretsmanager_secret_unused'], securityHub: ['SecretsManager.3'] },
  risk: 'A forgotten secret still opens what it was made for, and nobody would miss it if it were stolen.',
  remediation: {
    text: 'Delete the secret: it can be restored for a week at least. What it opens should be closed as well.',
    cli: 'aws secretsmanager delete-secret --secret-id <secret> --recovery-window-in-days 30',
  },
  resourceType: 'AWS::SecretsManager::Secret',
  needs: ['secret'],
  params: { days: 90 },
  evaluate({ secret: { accessedAt, createdAt, owningService, replica } }, { days, now }) {
    if (replica) return notApplicable('replicas wait for a disaster');
    if (owningService !== undefined) return notApplicable(`${owningService} cares for it`);
    const since = accessedAt ?? createdAt;
    if (since === undefined) return refuseToJudge('malformed', 'secretsmanager:ListSecrets', 'a secret has no time of creation');
    if (daysSince(since, now) <= days) return pass;
    const date = dateOf(since);
    return accessedAt === undefined
      ? fail(`never read since it was made on ${date}`, { createdOn: date })
      : fail(`last read on ${date}`, { lastReadOn: date });
  },
  examples: {
    pass: {
      'read yesterday': { secret },
      'new, and not read yet': { secret: { ...secret, createdAt: '2026-10-20T09:00:00.000Z', accessedAt: undefined } },
      'read 90 days ago': { secret: { ...secret, accessedAt: '2026-08-03T00:00:00.000Z' } },
    },
    fail: {
      'not read since spring': { secret: { ...secret, accessedAt: '2026-04-01T00:00:00.000Z' } },
      'never read': { secret: { ...secret, accessedAt: undefined } },
    },
    unknown: {
      'not read by us': { secret: denied('secretsmanager:ListSecrets') },
      'AWS does not tell': { secret: { ...secret, createdAt: undefined, accessedAt: undefined } },
    },
    notApplicable: {
      'a replica': { secret: { ...secret, accessedAt: undefined, replica: true } },
      'a service cares for it': { secret: { ...secret, accessedAt: undefined, owningService: 'rds' } },
    },
  },
});
