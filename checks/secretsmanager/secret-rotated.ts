import { defineCheck, denied } from '../check.ts';
import { EXAMPLE_SECRET as secret } from '../predicates/example-secrets.ts';
import { judgeRotation } from '../predicates/secret-rotation.ts';

const late = { ...secret.rotation, rotatedAt: '2026-08-01T09:00:00.000Z', nextAt: '2026-08-31T23:59:59.000Z' };
const never = { enabled: false, rotatedAt: undefined, nextAt: undefined, everyDays: undefined, schedule: undefined };
const untouched = { ...secret, changedAt: '2026-03-01T09:00:00.000Z', rotation: never };

export default defineCheck({
  id: 'secretsmanager-secret-rotated',
  title: 'Secrets should have been rotated as often as they are meant to be',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:SecretsManager.2', 'AWS-FSBP:SecretsManager.4'],
  equivalents: {
    prowler: ['secretsmanager_secret_rotated_periodically'],
    securityHub: ['SecretsManager.2', 'SecretsManager.4'],
  },
  risk: 'A rotation that fails unseen leaves a secret in use that everybody believes to be new.',
  remediation: {
    text: 'See in the log of the rotation function why it fails, and rotate the secret. How old it may become without a schedule says `days`.',
    cli: 'aws secretsmanager rotate-secret --secret-id <secret>',
    cloudFormation: 'AWS::SecretsManager::RotationSchedule.RotationRules',
  },
  resourceType: 'AWS::SecretsManager::Secret',
  needs: ['secret'],
  params: { days: 90, graceDays: 2 },
  evaluate: (resource, { days, graceDays, now }) => judgeRotation(resource.secret, { days, graceDays, now }),
  examples: {
    pass: {
      'rotated this month': { secret },
      'rotated once a year, by its own schedule': {
        secret: { ...secret, rotation: { ...secret.rotation, rotatedAt: '2026-02-01T09:00:00.000Z', nextAt: '2027-02-01T23:59:59.000Z' } },
      },
      'made this month': { secret: { ...untouched, createdAt: '2026-10-10T09:00:00.000Z', changedAt: undefined } },
      'due yesterday': { secret: { ...secret, rotation: { ...late, nextAt: '2026-10-31T23:59:59.000Z' } } },
    },
    fail: {
      'its rotation is overdue': { secret: { ...secret, rotation: late } },
      'without rotation, and not changed since March': { secret: untouched },
      'without rotation, and never changed': { secret: { ...untouched, changedAt: undefined } },
    },
    unknown: {
      'not read': { secret: denied('secretsmanager:ListSecrets') },
      'without rotation, and something of it was changed lately': { secret: { ...secret, rotation: never } },
      'AWS does not tell when the next is due': { secret: { ...secret, rotation: { ...late, nextAt: undefined } } },
    },
    notApplicable: {
      'a replica': { secret: { ...untouched, replica: true } },
      'a service rotates it in its own way': { secret: { ...untouched, owningService: 'events' } },
    },
  },
});
