import { defineCheck, denied, fail, pass } from '../check.ts';
import { instance, stopped, terminated } from '../predicates/example-instances.ts';
import { unlessTerminated } from '../predicates/instances.ts';

const profile = { profileArn: 'arn:aws:iam::111122223333:instance-profile/web' };

const WITH_ROLE = { severity: 'MEDIUM', because: 'whoever gets in there gets the credentials of a role' } as const;

export default defineCheck({
  id: 'ec2-instance-public-address-absent',
  title: 'Instances should have no public IPv4 address',
  severity: 'LOW',
  controls: ['AWS-FSBP:EC2.9'],
  equivalents: {
    prowler: ['ec2_instance_public_ip', 'ec2_instance_internet_facing_with_instance_profile'],
    securityHub: ['EC2.9'],
    checkov: ['CKV_AWS_88'],
  },
  risk: 'One wrong rule in a security group, and the host is on the internet; a load balancer or Session Manager needs no address there.',
  remediation: {
    text: 'Put the instance into a private subnet behind a load balancer, and reach it through Session Manager.',
    cli: 'aws ec2 describe-addresses --filters Name=instance-id,Values=<instance>',
    cloudFormation: 'AWS::EC2::Instance.NetworkInterfaces',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'publicAddresses'],
  evaluate: (resource) =>
    unlessTerminated(resource.instance, () => {
      const addresses = resource.publicAddresses.filter((address) => !address.includes(':'));
      if (addresses.length === 0) return pass;
      const { profileArn } = resource.instance;
      if (profileArn === undefined) return fail('has a public IPv4 address', { addresses });
      return fail('has a public IPv4 address and an instance profile', { addresses, profileArn }, WITH_ROLE);
    }),
  examples: {
    pass: {
      'private addresses only': { instance, publicAddresses: [] },
      'an IPv6 address, which every instance of such a subnet has': { instance, publicAddresses: ['2001:db8::1'] },
    },
    fail: {
      'a public address': { instance, publicAddresses: ['198.51.100.1'] },
      'a public address and a role': { instance: { ...instance, ...profile }, publicAddresses: ['198.51.100.1'] },
      'an Elastic IP, stopped': { instance: stopped, publicAddresses: ['198.51.100.1'] },
      'a public address of a second interface': { instance, publicAddresses: ['2001:db8::1', '198.51.100.2'] },
    },
    unknown: { 'not allowed to ask': { instance, publicAddresses: denied('ec2:DescribeInstances') } },
    notApplicable: { terminated: { instance: terminated, publicAddresses: [] } },
  },
});
