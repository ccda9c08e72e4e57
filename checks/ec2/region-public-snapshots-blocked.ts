import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'ec2-region-public-snapshots-blocked',
  title: 'EBS snapshots should not be allowed to be public',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:EC2.182'],
  equivalents: { prowler: ['ec2_ebs_snapshot_account_block_public_access'], securityHub: ['EC2.182'] },
  risk: 'One wrong permission publishes a snapshot with all that is on its volume.',
  remediation: {
    text: 'Block all public sharing of snapshots in the region: to block new sharing leaves those public that are so already.',
    cli: 'aws ec2 enable-snapshot-block-public-access --state block-all-sharing --region <region>',
    cloudFormation: 'AWS::EC2::SnapshotBlockPublicAccess.State',
  },
  resourceType: 'AWS::EC2::RegionSettings',
  needs: ['snapshotBlockPublicAccess'],
  evaluate: ({ snapshotBlockPublicAccess }) => {
    if (snapshotBlockPublicAccess === 'block-all-sharing') return pass;
    return snapshotBlockPublicAccess === 'block-new-sharing'
      ? fail(
          'snapshots that were public before stay public',
          { state: snapshotBlockPublicAccess },
          { severity: 'LOW', because: 'no further ones can be made public' },
        )
      : fail('snapshots may be made public', { state: snapshotBlockPublicAccess });
  },
  examples: {
    pass: { 'all sharing is blocked': { snapshotBlockPublicAccess: 'block-all-sharing' } },
    fail: {
      'not blocked': { snapshotBlockPublicAccess: 'unblocked' },
      'only new sharing is blocked': { snapshotBlockPublicAccess: 'block-new-sharing' },
    },
    unknown: { 'not allowed to ask': { snapshotBlockPublicAccess: denied('ec2:GetSnapshotBlockPublicAccessState') } },
  },
});
