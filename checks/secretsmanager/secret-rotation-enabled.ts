import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { EXAMPLE_SECRET as secret } from '../predicates/example-secrets.ts';

const rotation = { enabled: false, rotatedAt: undefined, nextAt: undefined, everyDays: undefined, schedule: undefined };

export default defineCheck({
  id: 'secretsmanager-secret-rotation-enabled',
  title: 'Secrets should be rotated automatically',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:SecretsManager.1'],
  equivalents: { prowler: ['secretsmanager_automatic_rotation_enabled'], securityHub: ['SecretsManager.1'] },
  risk: 'A secret that once leaked into a log or a laptop stays good for as long as nobody thinks of changing it.',
  remediation: {
    text: 'Let Secrets Manager rotate the secret: for databases there are ready-made functions, for others write one.',
    cli: 'aws secretsmanager rotate-secret --secret-id <secret> --rotation-lambda-arn <function> --rotation-rules AutomaticallyAfterDays=30',
    cloudFormation: 'AWS::SecretsManager::RotationSchedule.RotationRules',
  },
  resourceType: 'AWS::SecretsManager::Secret',
  needs: ['secret'],
  evaluate({ secret: { rotation, owningService, replica } }) {
    if (replica) return notApplicable('a replica rotates with its primary secret');
    if (rotation.enabled) return pass;
    return owningService === undefined ? fail('automatic rotation is off') : notApplicable(`${owningService} cares for it`);
  },
  examples: {
    pass: {
      'rotated each month': { secret },
      'rotated by the service that it belongs to': { secret: { ...secret, owningService: 'rds' } },
    },
    fail: {
      'never set up': { secret: { ...secret, rotation } },
      'turned off again': { secret: { ...secret, rotation: { ...secret.rotation, enabled: false } } },
    },
    unknown: { 'not read': { secret: denied('secretsmanager:ListSecrets') } },
    notApplicable: {
      'a service rotates it in its own way': { secret: { ...secret, rotation, owningService: 'events' } },
      'a replica': { secret: { ...secret, rotation, replica: true } },
    },
  },
});
