import { defineCheck, denied, fail, pass } from '../check.ts';

const snapshot = { createdAt: '2026-10-01T00:00:00Z', encrypted: true, volumeId: 'vol-0123456789abcdef0' };

export default defineCheck({
  id: 'ec2-snapshot-encrypted',
  title: 'EBS snapshots should be encrypted',
  severity: 'LOW',
  controls: ['NIST-800-53-R5:SC-28'],
  equivalents: { prowler: ['ec2_ebs_snapshots_encrypted'] },
  risk: 'Only a snapshot without encryption can be made public, by one wrong call.',
  remediation: {
    text: 'Make an encrypted copy, delete the snapshot, and turn on encryption by default.',
    cli: 'aws ec2 copy-snapshot --source-region <region> --source-snapshot-id <snapshot> --encrypted',
  },
  resourceType: 'AWS::EC2::Snapshot',
  needs: ['snapshot'],
  evaluate: ({ snapshot: { encrypted, volumeId } }) => (encrypted ? pass : fail('not encrypted', { volumeId })),
  examples: {
    pass: { encrypted: { snapshot } },
    fail: { 'not encrypted': { snapshot: { ...snapshot, encrypted: false } } },
    unknown: { 'not allowed to ask': { snapshot: denied('ec2:DescribeSnapshots') } },
  },
});
