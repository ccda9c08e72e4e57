/** One recommendation of CIS AWS Foundations 7.0: what it is about, in our words. */
export interface Recommendation {
  readonly id: string;
  readonly level: 1 | 2;
  /** The benchmark says that a program can decide it. */
  readonly automated: boolean;
  readonly subject: string;
  /** Where no check decides it, or not all of it: what a person has to do, and what we can show for it. */
  readonly manual?: { readonly todo: string; readonly evidence: string };
}

type Row = readonly [id: string, level: 1 | 2, kind: 'A' | 'M', subject: string, manual?: Recommendation['manual']];

const ROWS: readonly Row[] = [
  ['2.1.1', 2, 'M', "The organization manages its accounts' root users centrally"],
  [
    '2.1.2',
    2,
    'M',
    'Guardrails limit what every account of the organization may do',
    {
      todo: 'Read what the guardrails say: that they deny what your organization must never do',
      evidence: 'Which policies are attached to which accounts, and each account that none reaches',
    },
  ],
  [
    '2.1.3',
    2,
    'M',
    'The management account of the organization runs no workloads',
    {
      todo: 'Judge whether what runs in the management account must be there',
      evidence: 'What the check knows to be a workload, by resource',
    },
  ],
  [
    '2.1.4',
    2,
    'M',
    'Organizational units follow environments and sensitivity',
    { todo: 'Judge whether the units follow environments and sensitivity', evidence: 'Accounts that stand in the root, in no unit at all' },
  ],
  ['2.1.5', 2, 'M', 'A delegated administrator manages the policies of the organization'],
  ['2.1.6', 2, 'M', 'Delegated administrators manage the services of the organization'],
  [
    '2.2',
    1,
    'M',
    'The contact details of the account are kept current',
    { todo: 'Read the contact, and try whether somebody answers', evidence: 'That there is one' },
  ],
  [
    '2.3',
    1,
    'M',
    'A security contact is registered',
    { todo: 'Read the contact, and try whether somebody answers', evidence: 'That there is one' },
  ],
  ['2.4', 1, 'A', 'The root user has no access key'],
  ['2.5', 1, 'A', 'The root user has MFA'],
  ['2.6', 2, 'M', 'The MFA of the root user is a hardware device'],
  ['2.7', 1, 'M', 'The root user is not used for daily work'],
  ['2.8', 1, 'A', 'Passwords have 14 characters at least'],
  ['2.9', 1, 'A', 'Passwords are not used again'],
  ['2.10', 1, 'A', 'Users with a console password have MFA'],
  ['2.11', 1, 'A', 'Credentials unused for 45 days are disabled'],
  ['2.12', 1, 'A', 'Access keys are replaced every 90 days'],
  ['2.13', 1, 'A', 'Users get permissions through groups only'],
  ['2.14', 1, 'A', 'No policy that allows everything is attached'],
  ['2.15', 1, 'A', 'Somebody may manage cases with AWS Support'],
  ['2.16', 2, 'A', 'Instances reach AWS through a role'],
  ['2.17', 1, 'A', 'Expired certificates are removed from IAM'],
  ['2.18', 1, 'A', 'An external access analyzer is on in every region'],
  [
    '2.19',
    2,
    'M',
    'Users are managed in one place, through federation',
    { todo: 'Judge whether each user that is left has to be one', evidence: 'Whether a provider is there, and which users have passwords' },
  ],
  ['2.20', 1, 'M', 'Full access to CloudShell is restricted'],
  ['2.21', 1, 'M', 'No resource policy lets everybody in'],
  ['3.1.1', 2, 'A', 'Bucket policies deny plain HTTP'],
  ['3.1.2', 2, 'M', 'MFA Delete is on for buckets'],
  [
    '3.1.3',
    2,
    'M',
    'Data in S3 is discovered, classified and secured',
    {
      todo: 'Classify what lies in the buckets, and act on what Macie finds',
      evidence: 'Whether Macie looks, in each region that has buckets',
    },
  ],
  ['3.1.4', 1, 'A', 'Block Public Access is on'],
  ['3.2.1', 1, 'A', 'RDS instances are encrypted at rest'],
  ['3.2.2', 1, 'A', 'RDS instances take minor upgrades by themselves'],
  ['3.2.3', 1, 'A', 'RDS instances are not public'],
  ['3.2.4', 1, 'M', 'RDS runs in several availability zones'],
  ['3.3.1', 1, 'A', 'EFS file systems are encrypted'],
  ['4.1', 1, 'M', 'CloudTrail records every region'],
  ['4.2', 2, 'A', 'CloudTrail log files are validated'],
  ['4.3', 2, 'A', 'AWS Config records every region'],
  ['4.4', 1, 'M', "Access to CloudTrail's bucket is logged"],
  ['4.5', 2, 'A', 'CloudTrail logs are encrypted with a KMS key'],
  ['4.6', 2, 'A', 'Customer keys are rotated'],
  ['4.7', 2, 'A', 'Every VPC has flow logs'],
  ['4.8', 2, 'A', 'Writing objects of S3 is logged'],
  ['4.9', 2, 'A', 'Reading objects of S3 is logged'],
  ['4.10', 1, 'M', 'Web front ends log access'],
  ['5.1', 2, 'M', 'Unauthorized calls are monitored'],
  ['5.2', 1, 'M', 'Sign-ins without MFA are monitored'],
  ['5.3', 1, 'M', 'Use of the root user is monitored'],
  ['5.4', 1, 'M', 'Changes of IAM policies are monitored'],
  ['5.5', 1, 'M', 'Changes of CloudTrail are monitored'],
  ['5.6', 2, 'M', 'Failed sign-ins are monitored'],
  ['5.7', 2, 'M', 'Disabling and deleting customer keys is monitored'],
  ['5.8', 1, 'M', 'Changes of bucket policies are monitored'],
  ['5.9', 2, 'M', 'Changes of AWS Config are monitored'],
  ['5.10', 2, 'M', 'Changes of security groups are monitored'],
  ['5.11', 2, 'M', 'Changes of network ACLs are monitored'],
  ['5.12', 1, 'M', 'Changes of network gateways are monitored'],
  ['5.13', 1, 'M', 'Changes of route tables are monitored'],
  ['5.14', 1, 'M', 'Changes of VPCs are monitored'],
  ['5.15', 1, 'M', 'Changes of the organization are monitored'],
  ['5.16', 2, 'A', 'Security Hub is on'],
  ['6.1.1', 1, 'A', 'EBS volumes are encrypted by default in every region'],
  ['6.1.2', 1, 'A', 'CIFS is open to trusted networks only'],
  ['6.2', 1, 'A', 'Network ACLs keep the internet from administration ports'],
  ['6.3', 1, 'A', 'Security groups keep IPv4 strangers from administration ports'],
  ['6.4', 1, 'A', 'Security groups keep IPv6 strangers from administration ports'],
  ['6.5', 2, 'A', 'Default security groups let nothing through'],
  ['6.6', 2, 'M', 'Routes to peered VPCs are as narrow as can be'],
  ['6.7', 1, 'A', 'Instances answer IMDSv2 only'],
  ['6.8', 2, 'M', 'VPC endpoints are used to reach AWS services'],
];

export const RECOMMENDATIONS: readonly Recommendation[] = ROWS.map(([id, level, kind, subject, manual]) => ({
  id,
  level,
  automated: kind === 'A',
  subject,
  ...(manual && { manual }),
}));
