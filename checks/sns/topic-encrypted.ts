import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'sns-topic-encrypted',
  title: 'Topics should encrypt their messages at rest',
  severity: 'MEDIUM',
  controls: [],
  equivalents: {
    prowler: ['sns_topics_kms_encryption_at_rest_enabled'],
    securityHub: ['SNS.1'],
    checkov: ['CKV_AWS_26'],
  },
  risk: 'What is published lies in the clear on disk until every subscriber has it.',
  remediation: {
    text: 'Encrypt the topic with a KMS key, and let the services that publish to it use that key: those of AWS cannot use alias/aws/sns.',
    cli: 'aws sns set-topic-attributes --topic-arn <topic> --attribute-name KmsMasterKeyId --attribute-value <key>',
    cloudFormation: 'AWS::SNS::Topic.KmsMasterKeyId',
  },
  resourceType: 'AWS::SNS::Topic',
  needs: ['kmsKey'],
  evaluate: ({ kmsKey }) => (kmsKey === undefined ? fail('its messages are not encrypted at rest') : pass),
  examples: {
    pass: { 'with a key of its own': { kmsKey: 'alias/orders' }, "with AWS's key for SNS": { kmsKey: 'alias/aws/sns' } },
    fail: { 'not at all': { kmsKey: undefined } },
    unknown: { 'not allowed to read the attributes': { kmsKey: denied('sns:GetTopicAttributes') } },
  },
});
