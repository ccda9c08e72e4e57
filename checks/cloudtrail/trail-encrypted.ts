import { defineCheck, denied, fail, pass } from '../check.ts';
import { EXAMPLE_TRAIL } from '../predicates/example-trails.ts';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** A key that is disabled or gone shows elsewhere: CloudTrail then cannot deliver. */
export default defineCheck({
  id: 'cloudtrail-trail-encrypted',
  title: 'CloudTrail trails should encrypt their logs with a KMS key of your own',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:4.5', 'CIS-AWS-5.0:3.5', 'CIS-AWS-3.0:3.5', 'AWS-FSBP:CloudTrail.2'],
  equivalents: { prowler: ['cloudtrail_kms_encryption_enabled'], securityHub: ['CloudTrail.2'], checkov: ['CKV_AWS_35'] },
  risk: 'Whoever may read the bucket reads the logs: there is no key policy that could refuse them.',
  remediation: {
    text: 'Give the trail a KMS key whose policy lets CloudTrail encrypt with it, and lets only those decrypt who are to read the logs.',
    cli: 'aws cloudtrail update-trail --name <trail> --kms-key-id <key>',
    cloudFormation: 'AWS::CloudTrail::Trail.KMSKeyId',
  },
  resourceType: 'AWS::CloudTrail::Trail',
  needs: ['trail'],
  evaluate: ({ trail }) => (trail.kmsKeyId === undefined ? fail('its logs are encrypted with no KMS key') : pass),
  examples: {
    pass: { 'with a KMS key': { trail: { ...EXAMPLE_TRAIL, kmsKeyId: KEY } } },
    fail: { 'as S3 encrypts everything': { trail: { ...EXAMPLE_TRAIL, kmsKeyId: undefined } } },
    unknown: { 'not allowed to ask': { trail: denied('cloudtrail:GetTrail') } },
  },
});
