import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesWildcard } from '../../../checks/predicates/wildcard.ts';
import { toImageFamily } from '../../../inventory/ec2/image-family.ts';

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
    ['a516e959-df54-4035-bb1a-63599b7a6df9-app', '0b7e1c5e-15e0-4b8c-9d0a-1d4fbb0ad001-app'],
    ['app-frontend-1.2.3', 'app-backend-1.2.3'],
  ])('%s ≠ %s', (one, other) => {
    expect(toImageFamily(one)).not.toBe(toImageFamily(other));
  });
});

test('a family never is so wide that it would ask for a whole catalogue', () => {
  for (const name of ['20240801', '1.2.3', 'v1', '2024-08-01T10-00-00', '-']) expect(toImageFamily(name)).toBeUndefined();
});

test('a name without a version is a family of its own', () => {
  expect(toImageFamily('webserver-prod')).toBe('webserver-prod');
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
