import { defineCheck, denied, notApplicable } from '../check.ts';
import { EXAMPLE_KEY as key } from '../predicates/example-keys.ts';
import { ANYBODY, letting, OTHER_ACCOUNT, OWN_ACCOUNT, only, policyOf } from '../predicates/example-policies.ts';
import { judgeOpenness } from '../predicates/policy-openness.ts';

const TRUSTED: readonly string[] = [];
const OWN = letting(OWN_ACCOUNT, 'kms:*');
const USE = ['kms:Decrypt', 'kms:GenerateDataKey*'];
const VIA_RDS = only('stringequals', 'kms:ViaService', 'rds.eu-west-1.amazonaws.com');
const ACTIONS = {
  admin: ['kms:putkeypolicy', 'kms:creategrant', 'kms:schedulekeydeletion', 'kms:disablekey', 'kms:deleteimportedkeymaterial'],
  write: ['kms:encrypt', 'kms:generatedatakey', 'kms:reencryptto', 'kms:sign', 'kms:generatemac'],
  read: ['kms:decrypt', 'kms:reencryptfrom', 'kms:derivesharedsecret'],
};

export default defineCheck({
  id: 'kms-key-policy-closed',
  title: 'KMS keys should not be open to strangers',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:2.21', 'AWS-FSBP:KMS.5'],
  equivalents: { prowler: ['kms_key_not_publicly_accessible'], securityHub: ['KMS.5'], checkov: ['CKV_AWS_33'] },
  risk: 'Whoever may use the key decrypts what it protects, as soon as he has a copy; who may manage it can take it away.',
  remediation: {
    text: 'Name the accounts and roles that are meant, or limit everyone by kms:CallerAccount. Accounts of your own go into `trustedAccounts`.',
    cli: 'aws kms put-key-policy --key-id <key> --policy-name default --policy file://policy.json',
    cloudFormation: 'AWS::KMS::Key.KeyPolicy',
  },
  resourceType: 'AWS::KMS::Key',
  needs: ['key', 'policy'],
  params: { trustedAccounts: TRUSTED },
  evaluate(resource, { trustedAccounts }) {
    if (resource.key.manager === 'AWS') return notApplicable('AWS manages it');
    const deeds = { admin: 'administer', write: 'encrypt with', read: 'decrypt with' };
    return judgeOpenness(resource, trustedAccounts, { actions: ACTIONS, operation: 'kms:GetKeyPolicy', deeds });
  },
  examples: {
    pass: {
      'its own account': { key, policy: policyOf(OWN) },
      'everyone of its own account, through RDS': {
        key,
        policy: policyOf(OWN, letting(ANYBODY, USE, only('stringequals', 'kms:CallerAccount', '111122223333'), VIA_RDS)),
      },
      'anybody of our organization': {
        key,
        policy: policyOf(OWN, letting(ANYBODY, USE, only('stringequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'))),
      },
      'everyone, but denied to all outside of the account': {
        key,
        policy: policyOf(OWN, letting(ANYBODY, USE), {
          ...letting(ANYBODY, 'kms:*', only('stringnotequals', 'aws:PrincipalAccount', '111122223333')),
          effect: 'Deny',
        }),
      },
    },
    fail: {
      everyone: { key, policy: policyOf(OWN, letting(ANYBODY, USE)) },
      'everyone, through RDS': { key, policy: policyOf(OWN, letting(ANYBODY, USE, VIA_RDS)) },
      'everyone, under a context that anyone may name': {
        key,
        policy: policyOf(OWN, letting(ANYBODY, USE, only('stringequals', 'kms:EncryptionContext:app', 'shop'))),
      },
      'a foreign account': { key, policy: policyOf(OWN, letting(OTHER_ACCOUNT, USE)) },
    },
    unknown: { 'not allowed to read it': { key, policy: denied('kms:GetKeyPolicy') } },
    notApplicable: { 'of AWS': { key: { ...key, manager: 'AWS' }, policy: policyOf(OWN) } },
  },
});
