import type { Route } from '../../inventory/ec2/network.ts';
import type { SubnetProperties } from '../../inventory/ec2/subnet.ts';
import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { internetRoute } from '../predicates/example-networks.ts';
import { someOf } from '../predicates/logic.ts';
import { answerOf } from '../predicates/unread.ts';

const off: SubnetProperties = {
  ...{ vpcId: 'vpc-1', isDefault: false, cidrs: ['10.0.1.0/24'], isShared: false },
  ...{ assignsPublicAddresses: false, assignsIpv6Addresses: true },
};
const on = { ...off, assignsPublicAddresses: true };
const routes: readonly Route[] = [internetRoute];

const UNREACHED = { severity: 'LOW', because: 'the internet does not reach it' } as const;

export default defineCheck({
  id: 'ec2-subnet-public-addresses-off',
  title: 'Subnets should not give public addresses to what is launched in them',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:EC2.15', 'NIST-800-53-R5:AC-4', 'NIST-800-53-R5:SC-7'],
  equivalents: { prowler: ['vpc_subnet_no_public_ip_by_default'], securityHub: ['EC2.15'] },
  risk: 'Every host that somebody launches without a thought is on the internet, with only its security group before it.',
  remediation: {
    text: 'Turn it off, and ask for a public address where a host or a load balancer needs one.',
    cli: 'aws ec2 modify-subnet-attribute --subnet-id <subnet> --no-map-public-ip-on-launch',
    cloudFormation: 'AWS::EC2::Subnet.MapPublicIpOnLaunch',
  },
  resourceType: 'AWS::EC2::Subnet',
  needs: ['subnet', 'routes'],
  evaluate(resource) {
    const { subnet } = resource;
    if (subnet.isShared) return notApplicable('the subnet belongs to another account');
    if (!subnet.assignsPublicAddresses) return pass;
    const leadsOut = answerOf(() => someOf(resource.routes, ({ target, active }) => target === 'internet-gateway' && active));
    const evidence = { vpcId: subnet.vpcId, isDefault: subnet.isDefault };
    if (leadsOut.unread) return { ...fail('gives public addresses', evidence), severityUnsure: true };
    return leadsOut.value
      ? fail('gives public addresses', evidence)
      : fail('gives public addresses, without a route to the internet', evidence, UNREACHED);
  },
  examples: {
    pass: {
      'only if asked': { subnet: off, routes },
      'only if asked, routes not read': { subnet: off, routes: denied('ec2:DescribeRouteTables') },
    },
    fail: {
      'a public subnet': { subnet: on, routes },
      'a default subnet': { subnet: { ...on, isDefault: true }, routes },
      'no way to the internet': { subnet: on, routes: [{ ...internetRoute, target: 'nat' }] },
      'routes not read': { subnet: on, routes: partial([], 'ec2:DescribeRouteTables') },
    },
    unknown: { 'not told': { subnet: denied('ec2:DescribeSubnets'), routes } },
    notApplicable: { "another account's": { subnet: { ...on, isShared: true }, routes } },
  },
});
