import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'ec2-region-vpc-public-access-blocked',
  title: 'VPC Block Public Access should stop traffic from the internet',
  severity: 'LOW',
  controls: ['AWS-FSBP:EC2.172'],
  equivalents: { securityHub: ['EC2.172'] },
  risk: 'One wrong route or security group puts a network on the internet: nothing in the region overrides it.',
  remediation: {
    text: 'Block ingress, and exclude the subnets that serve the internet. In regions that nobody uses, block both ways.',
    cli: 'aws ec2 modify-vpc-block-public-access-options --internet-gateway-block-mode block-ingress',
    cloudFormation: 'AWS::EC2::VPCBlockPublicAccessOptions.InternetGatewayBlockMode',
  },
  resourceType: 'AWS::EC2::RegionSettings',
  needs: ['vpcBlockPublicAccess'],
  evaluate: ({ vpcBlockPublicAccess: mode }) =>
    mode === 'block-ingress' || mode === 'block-bidirectional' ? pass : fail('traffic from the internet is not blocked', { mode }),
  examples: {
    pass: {
      'from the internet': { vpcBlockPublicAccess: 'block-ingress' },
      'both ways': { vpcBlockPublicAccess: 'block-bidirectional' },
    },
    fail: { off: { vpcBlockPublicAccess: 'off' } },
    unknown: { 'not read': { vpcBlockPublicAccess: denied('ec2:DescribeVpcBlockPublicAccessOptions') } },
  },
});
