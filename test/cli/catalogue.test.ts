import { describe, expect, test } from 'vitest';
import { type Account, fakeWorld, posture } from './fake-world.ts';

const account: Account = { encryption: { 'eu-west-1': false }, buckets: { evil: true, fine: false } };
const world = fakeWorld(account);

describe('checks', () => {
  const ids = async (...argv: readonly string[]): Promise<readonly string[]> => {
    const { out } = await posture(['checks', '--format', 'json', ...argv], world);
    return JSON.parse(out).map(({ id }: { id: string }) => id);
  };

  test.each([
    [
      ['--service', 's3'],
      ['s3-bucket-public-write-absent', 's3-bucket-tls-only'],
    ],
    [
      ['--service', 'ec2,s3', '--severity', 'critical,medium'],
      ['ec2-ebs-encryption-default', 's3-bucket-public-write-absent'],
    ],
    [
      ['--control', 'cis-aws-7.0'],
      ['ec2-ebs-encryption-default', 'activity-instances-started'],
    ],
    [['--control', 'cis-aws-7.0', '--kind', 'posture'], ['ec2-ebs-encryption-default']],
    [['--service', 'activity', '--severity', 'low'], ['activity-instances-started']],
    [['--kind', 'activity', '--attack', 't1578'], ['activity-instances-started']],
    [['--search', 'ec2.amazonaws.com RunInstances'], ['activity-instances-started']],
    [['--control', 'AWS-FSBP:S3.3'], ['s3-bucket-public-write-absent']],
    [['--search', 'TLS buckets'], ['s3-bucket-tls-only']],
    [['--search', 'CKV_AWS_57'], ['s3-bucket-public-write-absent']],
    [['--search', 'nothing of the kind'], []],
  ])('%j', async (argv, found) => {
    expect(await ids(...argv)).toEqual(found);
  });

  test('as JSON', async () => {
    const { out } = await posture(['checks', '--format', 'json', '--service', 'ec2'], world);
    expect(JSON.parse(out)).toEqual([
      {
        id: 'ec2-ebs-encryption-default',
        kind: 'posture',
        title: 'EBS volumes should be encrypted by default in every region',
        severity: 'MEDIUM',
        resourceType: 'AWS::EC2::RegionSettings',
        resourceTypes: ['AWS::EC2::RegionSettings'],
        lenses: ['live'],
        controls: ['CIS-AWS-7.0:6.1.1', 'AWS-FSBP:EC2.7'],
        equivalents: { prowler: ['ec2_ebs_default_encryption'], securityHub: ['EC2.7'], checkov: [] },
      },
    ]);
  });

  test('of activity as JSON', async () => {
    const { out } = await posture(['checks', '--format', 'json', '--search', 'instances money'], world);
    expect(JSON.parse(out)).toEqual([
      {
        id: 'activity-instances-started',
        kind: 'activity',
        title: 'Somebody started instances',
        severity: 'LOW',
        events: [
          { source: 'ec2.amazonaws.com', names: ['RunInstances', 'StartInstances'] },
          { source: 'any', names: ['CreateFleet'] },
          { source: 'ec2.amazonaws.com', names: ['GetConsoleOutput'], readOnly: true },
        ],
        lenses: ['event'],
        controls: ['CIS-AWS-7.0:5.10'],
        attack: ['T1578.002'],
        equivalents: { prowler: [], securityHub: [], checkov: [] },
      },
    ]);
  });

  test('as a table', async () => {
    const { out } = await posture(['checks', '--service', 's3'], world, { columns: 120 });
    expect(out).toMatchInlineSnapshot(`
      "
      s3  2 checks
        CRITICAL  s3-bucket-public-write-absent  S3 buckets should not let the public write
        HIGH      s3-bucket-tls-only             S3 buckets should refuse requests without TLS

      2 checks; posture explain <check> tells more of one

      "
    `);
  });
});

test('explain tells all about a check', async () => {
  const { code, out } = await posture(['explain', 's3-bucket-public-write-absent'], world);
  expect(code).toBe(0);
  expect(out).toMatchInlineSnapshot(`
    "
    CRITICAL  s3-bucket-public-write-absent
    S3 buckets should not let the public write

    Why             Anybody can put what they like into the bucket, at your cost and
                    in your name.

    Fix             Block public access to the bucket.
    CloudFormation  AWS::S3::Bucket.PublicAccessBlockConfiguration

    Judges          AWS::S3::Bucket
    Permissions     ec2:ListpolicyIsPublic, ec2:ReadpolicyIsPublic

    Can be set in posture.yaml; these are the defaults:
      checks:
        s3-bucket-public-write-absent:
          params:
            trustedAccounts: ["111122223333"]
            days: 45
            strict: true
            webPorts: [80]
            names: ["a"]
            labels:
              '22': 'SSH'
            note: 'x'

    Controls        AWS-FSBP:S3.3
    Checkov         CKV_AWS_57

    "
  `);
});

test('explain tells all about a check of activity', async () => {
  const { out } = await posture(['explain', 'activity-instances-started'], world);
  expect(out).toMatchInlineSnapshot(`
    "
    LOW  activity-instances-started
    Somebody started instances

    Why             Instances cost money, and may be there for somebody else.

    Fix             Ask who needs them.

    Judges          ec2.amazonaws.com: RunInstances, StartInstances
                    of any service: CreateFleet
                    ec2.amazonaws.com: GetConsoleOutput

    Can be set in posture.yaml; these are the defaults:
      checks:
        activity-instances-started:
          params:
            minutes: 10

    Controls        CIS-AWS-7.0:5.10
    ATT&CK          T1578.002

    For example
      told            an instance
      quiet           a fleet
      unsure          nobody knows

    "
  `);
  const { out: whatever } = await posture(['explain', 'activity-anything-done'], world);
  expect(/Judges[\s\S]*?\n\n/.exec(whatever)?.[0]).toMatchInlineSnapshot(`
    "Judges          every event that reaches us
                    whatever the root user does
                    whatever is refused for want of permission

    "
  `);
});

test('a check of activity is no part of a scan', async () => {
  expect(await posture(['scan', '--checks', 'activity-instances-started'], world)).toMatchObject({
    code: 2,
    err: expect.stringContaining('"activity-instances-started" judges events, not what is configured: see "posture replay"'),
  });
});

test('explain of an unknown check names the nearest', async () => {
  expect(await posture(['explain', 's3-bucket-tsl-only'], world)).toEqual({
    code: 2,
    out: '',
    err: 'posture: there is no check "s3-bucket-tsl-only"; did you mean "s3-bucket-tls-only"?\n',
  });
});
