import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'sqs-queue-encrypted',
  title: 'Queues should encrypt their messages at rest',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:SQS.1'],
  equivalents: {
    prowler: ['sqs_queues_server_side_encryption_enabled'],
    securityHub: ['SQS.1'],
    checkov: ['CKV_AWS_27'],
  },
  risk: 'Messages wait in the clear for up to 14 days. New queues are encrypted since 2022, so this one is older or was made so.',
  remediation: {
    text: 'Turn on encryption with keys of SQS, which costs nothing, or with a KMS key where you want to say who may decrypt.',
    cli: 'aws sqs set-queue-attributes --queue-url <url> --attributes SqsManagedSseEnabled=true',
    cloudFormation: 'AWS::SQS::Queue.SqsManagedSseEnabled',
  },
  resourceType: 'AWS::SQS::Queue',
  needs: ['encryption'],
  evaluate: ({ encryption }) => (encryption === 'none' ? fail('its messages are not encrypted at rest') : pass),
  examples: {
    pass: { 'with keys of SQS': { encryption: 'sqs' }, 'with a KMS key': { encryption: 'kms' } },
    fail: { 'not at all': { encryption: 'none' } },
    unknown: { 'not allowed to read the attributes': { encryption: denied('sqs:GetQueueAttributes') } },
  },
});
