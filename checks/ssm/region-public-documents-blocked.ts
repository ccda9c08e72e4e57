import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'ssm-region-public-documents-blocked',
  title: 'Systems Manager documents should not be allowed to become public',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:SSM.7'],
  equivalents: { securityHub: ['SSM.7'] },
  risk: 'One wrong permission publishes a document with all that it says of your machines.',
  remediation: {
    text: 'Block public sharing of documents in the region, in every region. Documents that are public already stay so.',
    cli: 'aws ssm update-service-setting --setting-id /ssm/documents/console/public-sharing-permission --setting-value Disable --region <region>',
  },
  resourceType: 'AWS::Account::Region',
  needs: ['publicDocuments'],
  evaluate: ({ publicDocuments }) =>
    publicDocuments === 'Disable' ? pass : fail('documents may be made public', { setting: publicDocuments }),
  examples: {
    pass: { 'public sharing is blocked': { publicDocuments: 'Disable' } },
    fail: { 'public sharing is allowed, as by default': { publicDocuments: 'Enable' } },
    unknown: { 'not allowed to ask': { publicDocuments: denied('ssm:GetServiceSetting') } },
  },
});
