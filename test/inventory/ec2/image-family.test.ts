import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesWildcard } from '../../../checks/predicates/wildcard.ts';
import { isLowerVersion, toImageFamily } from '../../../inventory/ec2/image-family.ts';

describe('a version and its successor are one family', () => {
  test.each([
    ['al2023-ami-2023.5.20240805.0-kernel-6.1-x86_64', 'al2023-ami-2023.6.20241010.0-kernel-6.1-x86_64'],
    ['al2023-ami-ecs-hvm-2023.0.20240805-kernel-6.1-x86_64', 'al2023-ami-ecs-hvm-2023.0.20241001-kernel-6.1-x86_64'],
    ['amzn2-ami-hvm-2.0.20240809.0-x86_64-gp2', 'amzn2-ami-hvm-2.0.20241001.0-x86_64-gp2'],
    ['ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20240801', 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20240901.1'],
    ['Windows_Server-2022-English-Full-Base-2024.08.14', 'Windows_Server-2022-English-Full-Base-2024.10.09'],
    ['bottlerocket-aws-k8s-1.29-x86_64-v1.20.5-fe8a2a1f', 'bottlerocket-aws-k8s-1.29-x86_64-v1.21.0-12345678'],
    ['amazon-eks-node-1.29-v20240807', 'amazon-eks-node-1.29-v20240910'],
    ['RHEL-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3', 'RHEL-9.5.0_HVM-20241211-x86_64-5-Hourly2-GP3'],
    ['debian-12-amd64-20240717-1811', 'debian-12-amd64-20240901-1857'],
    ['AlmaLinux OS 9.4.20240805 x86_64', 'AlmaLinux OS 9.5.20241120 x86_64'],
    [
      'suse-sles-15-sp5-v20240129-hvm-ssd-x86_64-a516e959-df54-4035-bb1a-63599b7a6df9',
      'suse-sles-15-sp5-v20240501-hvm-ssd-x86_64-0b7e1c5e-15e0-4b8c-9d0a-1d4fbb0ad001',
    ],
    ['my-golden-1.2.3', 'my-golden-2.0.0'],
    ['my-golden-v12', 'my-golden-v13'],
    ['my-golden-v1.2', 'my-golden-v1.3.1'],
    ['my-golden-v1.2.3-20240801', 'my-golden-v1.3.0-20240901'],
    ['golden-1.2.3-20240801', 'golden-1.3.0-20240901'],
    ['app-2024-08-01T10-00-00', 'app-2024-09-01T23-59-59'],
    ['app 2024-08-01T10-00-00.123Z', 'app 2024-09-01T10-00-00.456Z'],
    ['golden-1722500000', 'golden-1725500000'],
    ['golden_2024_08_01', 'golden_2024_09_15'],
    ['golden-202408011000', 'golden-202409011000'],
    ['golden-2024.08', 'golden-2024.09'],
    ['my-app-3f2a9c1', 'my-app-9b8c7d6e5f'],
    ['my-app-3f2a9c1-amd64', 'my-app-9b8c7d6e5f-amd64'],
    ['my-app-3f2a9c1-20240801', 'my-app-9b8c7d6-20240901'],
    ['golden-01-08-2024', 'golden-15-09-2024'],
    ['golden-build-57', 'golden-build-58'],
    ['golden-build57', 'golden-build58'],
    ['MyRecipe 2024-08-01T10-00-00.000Z', 'MyRecipe 2024-09-01T10-00-00.000Z'],
    ['Rocky-9-EC2-Base-9.4-20240509.0.x86_64', 'Rocky-9-EC2-Base-9.5-20241118.0.x86_64'],
    [
      'Rocky-8-EC2-LVM-8.9-20231119.0.aarch64-3f230a17-9877-4b16-aa5e-b1ff34ab206b',
      'Rocky-8-EC2-LVM-8.10-20240528.0.aarch64-3f230a17-9877-4b16-aa5e-b1ff34ab206b',
    ],
    ['Deep Learning AMI (Amazon Linux 2) Version 61.1', 'Deep Learning AMI (Amazon Linux 2) Version 62.0'],
    [
      'Deep Learning OSS Nvidia Driver AMI GPU PyTorch 2.4.1 (Ubuntu 22.04) 20241004',
      'Deep Learning OSS Nvidia Driver AMI GPU PyTorch 2.4.1 (Ubuntu 22.04) 20241115',
    ],
    ['nixos/24.05.4974.883180e6550c-x86_64-linux', 'nixos/24.05.6000.abcdef012345-x86_64-linux'],
    ['amzn2-ami-ecs-gpu-hvm-2.0.20240809-x86_64-ebs', 'amzn2-ami-ecs-gpu-hvm-2.0.20241001-x86_64-ebs'],
    ['amazon-eks-node-al2023-arm64-standard-1.30-v20240807', 'amazon-eks-node-al2023-arm64-standard-1.30-v20241011'],
    [
      'Windows_Server-2016-English-Full-SQL_2016_SP3_Standard-2024.08.14',
      'Windows_Server-2016-English-Full-SQL_2016_SP3_Standard-2024.10.09',
    ],
    ['Windows_Server-2025-English-Core-Base-2024.11.13', 'Windows_Server-2025-English-Core-Base-2025.01.15'],
    [
      'ubuntu-pro-server/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-pro-server-20240801',
      'ubuntu-pro-server/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-pro-server-20241001.1',
    ],
    ['debian-13-backports-arm64-20250801-2190', 'debian-13-backports-arm64-20250901-2220'],
    ['Flatcar-stable-3975.2.1-hvm-arm64', 'Flatcar-stable-4081.2.0-hvm-arm64'],
    ['amzn-ami-vpc-nat-2018.03.0.20240612.0-x86_64-ebs', 'amzn-ami-vpc-nat-2018.03.0.20240801.0-x86_64-ebs'],
    ['fck-nat-al2023-hvm-1.3.0-20240125-arm64-ebs', 'fck-nat-al2023-hvm-1.4.0-20250601-arm64-ebs'],
  ])('%s → %s', (older, newer) => {
    expect(toImageFamily(older)).toBe(toImageFamily(newer));
    expect(toImageFamily(older)).toContain('*');
  });
});

describe('what differs in more than its version is not', () => {
  test.each([
    ['ubuntu-jammy-22.04-amd64-server-20240801', 'ubuntu-jammy-24.04-amd64-server-20240801'],
    ['amzn2-ami-kernel-5.10-hvm-2.0.20240809.0-x86_64-gp2', 'amzn2-ami-kernel-6.1-hvm-2.0.20240809.0-x86_64-gp2'],
    ['al2023-ami-2023.5.20240805.0-kernel-6.1-x86_64', 'al2023-ami-2023.5.20240805.0-kernel-6.1-arm64'],
    ['al2023-ami-2023.5.20240805.0-kernel-6.1-x86_64', 'al2023-ami-minimal-2023.5.20240805.0-kernel-6.1-x86_64'],
    ['Windows_Server-2019-English-Full-Base-2024.08.14', 'Windows_Server-2022-English-Full-Base-2024.08.14'],
    ['Windows_Server-2022-English-Full-SQL_2019_Web-2024.08.14', 'Windows_Server-2022-English-Full-SQL_2022_Web-2024.08.14'],
    ['RHEL-8.10.0_HVM-20240605-x86_64-82-Hourly2-GP3', 'RHEL-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3'],
    ['AlmaLinux OS 8.10.20240805 x86_64', 'AlmaLinux OS 9.4.20240805 x86_64'],
    ['debian-11-amd64-20240717-1811', 'debian-12-amd64-20240717-1811'],
    ['amazon-eks-node-1.29-v20240807', 'amazon-eks-node-1.30-v20240807'],
    ['bottlerocket-aws-k8s-1.29-x86_64-v1.20.5-fe8a2a1f', 'bottlerocket-aws-k8s-1.30-x86_64-v1.20.5-fe8a2a1f'],
    ['suse-sles-15-sp5-v20240129-hvm', 'suse-sles-15-sp6-v20240129-hvm'],
    ['a516e959-df54-4035-bb1a-63599b7a6df9-app-1.2.3', '0b7e1c5e-15e0-4b8c-9d0a-1d4fbb0ad001-app-1.2.3'],
    ['app-frontend-1.2.3', 'app-backend-1.2.3'],
    ['Rocky-8-EC2-Base-8.9-20231119.0.x86_64', 'Rocky-9-EC2-Base-9.5-20241118.0.x86_64'],
    ['Rocky-9-EC2-Base-9.4-20240509.0.x86_64', 'Rocky-9-EC2-LVM-9.4-20240509.0.x86_64'],
    ['web-ubuntu-22.04-20240801', 'web-ubuntu-24.04-20240801'],
    [
      'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20240801',
      'ubuntu-minimal/images/hvm-ssd/ubuntu-jammy-22.04-amd64-minimal-20240801',
    ],
    ['Windows_Server-2022-English-Core-EKS_Optimized-1.30-2024.08.13', 'Windows_Server-2022-English-Core-EKS_Optimized-1.31-2024.08.13'],
  ])('%s ≠ %s', (one, other) => {
    expect(toImageFamily(one)).not.toBe(toImageFamily(other));
  });
});

describe('an older release that was built again later is no successor', () => {
  test.each([
    ['RHEL-9.2.0_HVM-20241211-x86_64-5-Hourly2-GP3', 'RHEL-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3', true],
    ['RHEL-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3', 'RHEL-9.4.0_HVM-20240605-x86_64-9-Hourly2-GP3', false],
    ['golden-1.9.1', 'golden-1.10.0', true],
    ['golden-1.10.0', 'golden-1.9.1', false],
    ['golden-v1.2', 'golden-v1.2.1', true],
    ['bottlerocket-aws-ecs-2-x86_64-v1.20.6-a3e8bda1', 'bottlerocket-aws-ecs-2-x86_64-v1.21.0-943d9a41', true],
    ['Rocky-9-EC2-Base-9.5-20241118.0.x86_64', 'Rocky-9-EC2-Base-9.10-20241118.0.x86_64', true],
    ['golden-1.0.0', 'golden-2024.8.1', false],
    ['golden-01.09.2024', 'golden-15.08.2024', false],
    ['my-app-1234567', 'my-app-7654321', false],
    ['my-app-3f2a9c1', 'my-app-9b8c7d6', false],
    ['golden', 'golden', false],
  ])('%s, of %s: %s', (name, other, lower) => {
    expect(isLowerVersion(name, other)).toBe(lower);
  });
});

test('a family never is so wide that it would ask for a whole catalogue', () => {
  for (const name of ['20240801', '1.2.3', 'v1', '2024-08-01T10-00-00', '-']) expect(toImageFamily(name)).toBeUndefined();
});

test.each(['webserver-prod', 'debian-12', 'golden-57'])('%s has no part that is known to move, so no family', (name) => {
  expect(toImageFamily(name)).toBeUndefined();
});

test('every name matches its family as DescribeImages’ filter would', () => {
  const piece = fc.constantFrom(
    'app',
    'x86_64',
    '1.2.3',
    '22.04',
    '20240801',
    'v7',
    '2024-08-01',
    '1722500000',
    'kernel',
    'fe8a2a1f',
    '9',
    '-',
    '_',
    ' ',
    '/',
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
      const name = pieces.join('');
      const family = toImageFamily(name);
      if (family === undefined) return;
      expect(matchesWildcard(family, name)).toBe(true);
    }),
  );
});
