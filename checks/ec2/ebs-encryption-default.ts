import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'ec2-ebs-encryption-default',
  title: 'EBS volumes should be encrypted by default in every region',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:6.1.1', 'CIS-AWS-5.0:5.1.1', 'CIS-AWS-3.0:2.2.1', 'AWS-FSBP:EC2.7'],
  equivalents: { prowler: ['ec2_ebs_default_encryption'], securityHub: ['EC2.7'] },
  risk: 'A volume made without a thought for encryption keeps its data readable to whoever gets a copy of it.',
  remediation: {
    text: 'Turn on encryption by default in the region. Volumes that exist already are not changed.',
    cli: 'aws ec2 enable-ebs-encryption-by-default --region <region>',
  },
  resourceType: 'AWS::EC2::RegionSettings',
  needs: ['ebsEncryptionByDefault'],
  evaluate: ({ ebsEncryptionByDefault }) => (ebsEncryptionByDefault ? pass : fail('new EBS volumes are not encrypted by default')),
  examples: {
    pass: { 'encryption by default is on': { ebsEncryptionByDefault: true } },
    fail: { 'encryption by default is off': { ebsEncryptionByDefault: false } },
    unknown: { 'not allowed to ask': { ebsEncryptionByDefault: denied('ec2:GetEbsEncryptionByDefault') } },
  },
});
