import { defineCheck, denied, fail, pass } from '../check.ts';
import { allOf } from '../predicates/logic.ts';

export default defineCheck({
  id: 'ec2-snapshot-private',
  title: 'EBS snapshots should not be public',
  severity: 'CRITICAL',
  controls: ['AWS-FSBP:EC2.1'],
  equivalents: { prowler: ['ec2_ebs_public_snapshot'], securityHub: ['EC2.1'] },
  risk: 'Anyone with an AWS account can make a volume of the snapshot and read all of its contents.',
  remediation: {
    text: 'Make the snapshot private, and block all public sharing of snapshots in the region.',
    cli: 'aws ec2 modify-snapshot-attribute --snapshot-id <snapshot> --attribute createVolumePermission --operation-type remove --group-names all',
    cloudFormation: 'AWS::EC2::SnapshotBlockPublicAccess.State',
  },
  resourceType: 'AWS::EC2::Snapshot',
  needs: ['public', 'blockPublicAccess'],
  evaluate: (snapshot) => {
    const exposed = allOf(
      () => snapshot.public,
      () => snapshot.blockPublicAccess !== 'block-all-sharing',
    );
    return exposed ? fail('anyone can make a volume of the snapshot', { blockPublicAccess: snapshot.blockPublicAccess }) : pass;
  },
  examples: {
    pass: {
      private: { public: false, blockPublicAccess: 'unblocked' },
      'private, the block not read': { public: false, blockPublicAccess: denied('ec2:GetSnapshotBlockPublicAccessState') },
      'public once, but all sharing is blocked': { public: true, blockPublicAccess: 'block-all-sharing' },
      'all sharing is blocked, the rest not read': { public: denied('ec2:DescribeSnapshots'), blockPublicAccess: 'block-all-sharing' },
    },
    fail: {
      public: { public: true, blockPublicAccess: 'unblocked' },
      'public since before new sharing was blocked': { public: true, blockPublicAccess: 'block-new-sharing' },
    },
    unknown: {
      'public, the block not read': { public: true, blockPublicAccess: denied('ec2:GetSnapshotBlockPublicAccessState') },
      'sharing not read': { public: denied('ec2:DescribeSnapshots'), blockPublicAccess: 'unblocked' },
    },
  },
});
