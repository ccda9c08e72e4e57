import { defineCheck, denied, noData } from '../check.ts';
import { image, instance, terminated } from '../predicates/example-instances.ts';
import { unlessTerminated } from '../predicates/instances.ts';
import { judgeOperatingSystem } from '../predicates/operating-system-support.ts';

const unmanaged = noData('ssm:DescribeInstanceInformation', 'the instance is not managed by Systems Manager');
const xenial = { ...image, name: 'ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-20210928' };

export default defineCheck({
  id: 'ec2-instance-os-supported',
  title: 'Instances should run operating systems that still get security updates',
  severity: 'HIGH',
  controls: [],
  equivalents: {},
  risk: 'Holes found after the end of support stay open for good, with exploits that are public.',
  remediation: {
    text: 'Move the workload to an image with a supported release; buying extended support is a stopgap.',
    cli: 'aws ssm describe-instance-information --filters Key=InstanceIds,Values=<instance>',
    cloudFormation: 'AWS::EC2::Instance.ImageId',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'operatingSystem', 'image'],
  evaluate: (resource, { now }) => unlessTerminated(resource.instance, () => judgeOperatingSystem(resource, now)),
  examples: {
    pass: {
      'Amazon Linux 2023': { instance, image, operatingSystem: { name: 'Amazon Linux', version: '2023' } },
      'Windows Server 2016': {
        instance,
        image,
        operatingSystem: { name: 'Microsoft Windows Server 2016 Datacenter', version: '10.0.14393' },
      },
      'upgraded in place since its launch': { instance, image: xenial, operatingSystem: { name: 'Ubuntu', version: '22.04' } },
      'Ubuntu 18.04 with Ubuntu Pro': {
        instance,
        image: { ...image, name: 'ubuntu-pro-server/images/hvm-ssd/ubuntu-bionic-18.04-amd64-pro-server-20260901' },
        operatingSystem: { name: 'Ubuntu', version: '18.04' },
      },
      'Ubuntu 18.04 that is billed as Ubuntu Pro, of an own image': {
        instance: { ...instance, platform: 'Ubuntu Pro' },
        image: denied('ec2:DescribeImages'),
        operatingSystem: { name: 'Ubuntu', version: '18.04' },
      },
    },
    fail: {
      'Ubuntu 18.04 without Ubuntu Pro': { instance, image, operatingSystem: { name: 'Ubuntu', version: '18.04' } },
      'Amazon Linux 2': { instance, image, operatingSystem: { name: 'Amazon Linux', version: '2' } },
      'Windows Server 2012 R2': {
        instance,
        image,
        operatingSystem: { name: 'Microsoft Windows Server 2012 R2 Standard', version: '6.3.9600' },
      },
      'CentOS 7': { instance, image: denied('ec2:DescribeImages'), operatingSystem: { name: 'CentOS Linux', version: '7' } },
      'not managed, its image says Ubuntu 16.04': { instance, image: xenial, operatingSystem: unmanaged },
    },
    unknown: {
      'not managed, its image says nothing': { instance, image, operatingSystem: unmanaged },
      'not managed, its image says Ubuntu 24.04': {
        instance,
        image: { ...image, name: 'ubuntu-noble-24.04-web' },
        operatingSystem: unmanaged,
      },
      'not allowed to ask Systems Manager': { instance, image: xenial, operatingSystem: denied('ssm:DescribeInstanceInformation') },
      'Ubuntu 18.04, perhaps of an image with Ubuntu Pro': {
        instance,
        image: denied('ec2:DescribeImages'),
        operatingSystem: { name: 'Ubuntu', version: '18.04' },
      },
      'a release without known dates': { instance, image, operatingSystem: { name: 'Ubuntu', version: '99.04' } },
    },
    notApplicable: {
      'Bottlerocket, which has no releases to support': { instance, image, operatingSystem: { name: 'Bottlerocket', version: '1.50.0' } },
      terminated: { instance: terminated, image, operatingSystem: unmanaged },
    },
  },
});
