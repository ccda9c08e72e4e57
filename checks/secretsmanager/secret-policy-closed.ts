import { defineCheck, denied } from '../check.ts';
import { ANYBODY, letting, OTHER_ACCOUNT, OWN_ACCOUNT, only, policyOf } from '../predicates/example-policies.ts';
import { judgeOpenness } from '../predicates/policy-openness.ts';

const TRUSTED: readonly string[] = [];
const READ = 'secretsmanager:GetSecretValue';
const ACTIONS = {
  admin: ['secretsmanager:putresourcepolicy', 'secretsmanager:deleteresourcepolicy', 'secretsmanager:deletesecret'],
  write: ['secretsmanager:putsecretvalue', 'secretsmanager:updatesecret', 'secretsmanager:rotatesecret'],
  read: ['secretsmanager:getsecretvalue', 'secretsmanager:batchgetsecretvalue'],
};

export default defineCheck({
  id: 'secretsmanager-secret-policy-closed',
  title: 'Secrets should not be open to strangers',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:2.21'],
  equivalents: { prowler: ['secretsmanager_not_publicly_accessible'] },
  risk: 'Whoever may read the secret signs in to whatever it opens, with nobody to tell him from the real user.',
  remediation: {
    text: 'Name the accounts and roles that are meant, or limit everyone to your organization (aws:PrincipalOrgID). Accounts of your own go into `trustedAccounts`.',
    cli: 'aws secretsmanager put-resource-policy --secret-id <secret> --block-public-policy --resource-policy file://policy.json',
    cloudFormation: 'AWS::SecretsManager::ResourcePolicy.ResourcePolicy',
  },
  resourceType: 'AWS::SecretsManager::Secret',
  needs: ['policy'],
  params: { trustedAccounts: TRUSTED },
  evaluate: (secret, { trustedAccounts }) =>
    judgeOpenness(secret, trustedAccounts, {
      actions: ACTIONS,
      operation: 'secretsmanager:GetResourcePolicy',
      deeds: { admin: 'administer', write: 'change', read: 'read' },
    }),
  examples: {
    pass: {
      'no policy': { policy: undefined },
      'its own account': { policy: policyOf(letting(OWN_ACCOUNT, READ)) },
      'only denied': {
        policy: policyOf({ ...letting(ANYBODY, 'secretsmanager:*', only('stringequals', 'aws:username', 'trainee')), effect: 'Deny' }),
      },
      'anybody of our organization': {
        policy: policyOf(letting(ANYBODY, READ, only('stringequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'))),
      },
    },
    fail: {
      everyone: { policy: policyOf(letting(ANYBODY, READ)) },
      'a foreign account': { policy: policyOf(letting(OTHER_ACCOUNT, READ)) },
      'everyone, under a stage that anyone may name': {
        policy: policyOf(letting(ANYBODY, READ, only('stringequals', 'secretsmanager:VersionStage', 'AWSCURRENT'))),
      },
    },
    unknown: { 'not allowed to read it': { policy: denied('secretsmanager:GetResourcePolicy') } },
  },
});
