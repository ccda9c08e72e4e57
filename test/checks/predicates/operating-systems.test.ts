import { describe, expect, test } from 'vitest';
import { includesUbuntuPro, releaseOf, releaseOfImage } from '../../../checks/predicates/operating-systems.ts';

function named(release: ReturnType<typeof releaseOf>): string | undefined {
  return release === undefined || release === 'rolling' ? release : `${release.name}: ${release.endsAt}`;
}

test.each([
  ['Amazon Linux AMI', '2018.03', 'Amazon Linux AMI 2018: 2023-12-31'],
  ['Amazon Linux', '2', 'Amazon Linux 2: 2026-06-30'],
  ['Amazon Linux', '2023', 'Amazon Linux 2023: 2029-06-30'],
  ['Ubuntu', '14.04', 'Ubuntu 14.04: 2019-04-25'],
  ['Ubuntu', '20.04', 'Ubuntu 20.04: 2025-05-31'],
  ['Ubuntu', '25.04', 'Ubuntu 25.04: 2026-01-17'],
  ['Microsoft Windows Server 2008 R2 Datacenter', '6.1.7601', 'Windows Server 2008 R2: 2020-01-14'],
  ['Microsoft® Windows Server® 2008 Standard', '6.0.6003', 'Windows Server 2008: 2020-01-14'],
  ['Microsoft Windows Server 2012 Standard', '6.2.9200', 'Windows Server 2012: 2023-10-10'],
  ['Microsoft Windows Server 2022 Datacenter', '10.0.20348', 'Windows Server 2022: 2031-10-14'],
  ['Microsoft Windows Server Datacenter', '10.0.19042', 'Windows Server build 19042: 2022-08-09'],
  ['CentOS Linux', '7', 'CentOS Linux 7: 2024-06-30'],
  ['CentOS', '6.10', 'CentOS Linux 6: 2020-11-30'],
  ['CentOS Stream', '8', 'CentOS Stream 8: 2024-05-31'],
  ['Debian GNU/Linux', '11', 'Debian 11: 2026-08-31'],
  ['Debian GNU/Linux', '13', 'Debian 13: 2030-06-30'],
  ['Red Hat Enterprise Linux Server', '7.9', 'Red Hat Enterprise Linux 7: 2024-06-30'],
  ['Red Hat Enterprise Linux', '10.1', 'Red Hat Enterprise Linux 10: 2035-05-31'],
  ['SLES', '12.5', 'SLES 12.5: 2024-10-31'],
  ['SLES', '15.7', 'SLES 15.7: 2031-07-31'],
  ['Oracle Linux Server', '7.9', 'Oracle Linux 7: 2024-12-31'],
  ['Rocky Linux', '9.6', 'Rocky Linux 9: 2032-05-31'],
  ['AlmaLinux', '8.10', 'AlmaLinux 8: 2029-03-01'],
  ['Bottlerocket', '1.50.0', 'rolling'],
  ['macOS', '15.1', 'rolling'],
  ['SLES_SAP', '15.4', undefined],
  ['Amazon Linux', '2027', undefined],
  ['Amazon Linux', '', undefined],
  ['TempleOS', '5.03', undefined],
])('SSM Agent reports %s %s: %s', (name, version, expected) => {
  expect(named(releaseOf({ name, version }))).toBe(expected);
});

describe('an image name', () => {
  test.each([
    ['ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-20210928', 'Ubuntu 16.04'],
    ['ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260901', 'Ubuntu 24.04'],
    ['ubuntu-eks/k8s_1.25/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-20240501', 'Ubuntu 20.04'],
    ['ubuntu-xenial-16.04', 'Ubuntu 16.04'],
    ['amzn2-ami-hvm-2.0.20260601.0-x86_64-gp2', 'Amazon Linux 2'],
    ['amzn2-ami-ecs-hvm-2.0.20260601-x86_64-ebs', 'Amazon Linux 2'],
    ['al2023-ami-2023.9.20261020.0-kernel-6.1-x86_64', 'Amazon Linux 2023'],
    ['amzn-ami-hvm-2018.03.0.20231218.0-x86_64-gp2', 'Amazon Linux AMI 2018'],
    ['amzn-ami-2018.03.20210519-amazon-ecs-optimized', 'Amazon Linux AMI 2018'],
    ['Windows_Server-2012-R2_RTM-English-64Bit-Base-2023.10.11', 'Windows Server 2012 R2'],
    ['Windows_Server-2012-RTM-English-64Bit-Base-2023.10.11', 'Windows Server 2012'],
    ['Windows_Server-2019-English-Full-Base-2026.10.14', 'Windows Server 2019'],
    ['CentOS Linux 7 x86_64 HVM EBS ENA 1901_01', 'CentOS Linux 7'],
    ['CentOS 8.4.2105 x86_64', 'CentOS Linux 8'],
    ['CentOS-7-2111-20220825_1.x86_64', 'CentOS Linux 7'],
    ['CentOS 8 Stream x86_64', undefined],
    ['CentOS-Stream-ec2-8-20240101.0.x86_64', 'CentOS Stream 8'],
    ['debian-stretch-hvm-x86_64-gp2-2022-07-01', 'Debian stretch'],
    ['debian-12-amd64-20260801-1234', 'Debian 12'],
    ['RHEL-7.9_HVM-20240101-x86_64-0-Hourly2-GP2', 'Red Hat Enterprise Linux 7'],
    ['suse-sles-15-sp3-v20230101-hvm-ssd-x86_64', 'SLES 15.3'],
    ['suse-sles-12-sp5-byos-v20240101-hvm-ssd-x86_64', 'SLES 12.5'],
    ['Rocky-9-EC2-Base-9.6-20250531.0.x86_64', 'Rocky Linux 9'],
    ['app-tested-on-ubuntu-xenial-16.04', undefined],
    ['golden-2026-10-01', undefined],
    ['web-centos', undefined],
    ['', undefined],
  ])('%s: %s', (name, expected) => {
    expect(releaseOfImage(name)?.name).toBe(expected);
  });

  test.each([
    ['ubuntu-pro-server/images/hvm-ssd/ubuntu-bionic-18.04-amd64-pro-server-20260901', true],
    ['ubuntu/images/hvm-ssd/ubuntu-bionic-18.04-amd64-server-20230601', false],
  ])('%s tells whether Ubuntu Pro is in it', (name, expected) => {
    expect(includesUbuntuPro(name)).toBe(expected);
  });
});
