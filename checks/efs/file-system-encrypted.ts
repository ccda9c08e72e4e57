import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'efs-file-system-encrypted',
  title: 'EFS file systems should be encrypted at rest',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:3.3.1', 'CIS-AWS-5.0:2.3.1', 'CIS-AWS-3.0:2.4.1', 'AWS-FSBP:EFS.1'],
  equivalents: { prowler: ['efs_encryption_at_rest_enabled'], securityHub: ['EFS.1'], checkov: ['CKV_AWS_42'] },
  risk: 'No key stands between the files and whoever comes to the storage or a backup of it.',
  remediation: {
    text: 'Encryption is decided when a file system is made: make an encrypted one, and move the files over with DataSync or a restored backup.',
    cli: 'aws efs create-file-system --encrypted --kms-key-id <key>',
    cloudFormation: 'AWS::EFS::FileSystem.Encrypted',
  },
  resourceType: 'AWS::EFS::FileSystem',
  needs: ['fileSystem'],
  evaluate: ({ fileSystem }) => (fileSystem.encrypted ? pass : fail('the file system is not encrypted')),
  examples: {
    pass: { encrypted: { fileSystem: { encrypted: true, kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/example' } } },
    fail: { 'not encrypted': { fileSystem: { encrypted: false, kmsKeyId: undefined } } },
    unknown: { 'not read': { fileSystem: denied('elasticfilesystem:DescribeFileSystems') } },
  },
});
