import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { UNATTACHED } from '../predicates/circumstances.ts';

const volume = { encrypted: true, state: 'in-use', attachedTo: ['i-0123456789abcdef0'], snapshotId: undefined } as const;
const bare = { ...volume, encrypted: false };

export default defineCheck({
  id: 'ec2-volume-encrypted',
  title: 'EBS volumes should be encrypted',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:EC2.3', 'NIST-800-53-R5:SC-28'],
  equivalents: { prowler: ['ec2_ebs_volume_encryption'], securityHub: ['EC2.3'], checkov: ['CKV_AWS_3'] },
  risk: 'Its snapshots are not encrypted either, and one wrong permission shares all that is on it.',
  remediation: {
    text: 'A volume cannot be encrypted in place: make an encrypted copy of a snapshot, a volume of that, and exchange the two. Turn on encryption by default.',
    cli: 'aws ec2 copy-snapshot --source-region <region> --source-snapshot-id <snapshot> --encrypted',
    cloudFormation: 'AWS::EC2::Volume.Encrypted',
  },
  resourceType: 'AWS::EC2::Volume',
  needs: ['volume'],
  evaluate: ({ volume: { encrypted, state, attachedTo } }) => {
    if (state === 'deleting' || state === 'deleted') return notApplicable('the volume is being deleted');
    if (encrypted) return pass;
    return attachedTo.length > 0 ? fail('not encrypted', { attachedTo }) : fail('not encrypted, not attached', {}, UNATTACHED);
  },
  examples: {
    pass: { encrypted: { volume }, 'encrypted, attached to nothing': { volume: { ...volume, state: 'available', attachedTo: [] } } },
    fail: {
      'not encrypted': { volume: bare },
      'not encrypted, attached to nothing': { volume: { ...bare, state: 'available', attachedTo: [] } },
    },
    unknown: { 'not allowed to ask': { volume: denied('ec2:DescribeVolumes') } },
    notApplicable: { 'being deleted': { volume: { ...bare, state: 'deleting', attachedTo: [] } } },
  },
});
