import { defineCheck, denied, fail, partial } from '../check.ts';
import { templateVersion as version } from '../predicates/example-instances.ts';
import { failingVersion } from '../predicates/launch-templates.ts';

const open = { ...version, assignsPublicAddress: true };

export default defineCheck({
  id: 'ec2-launch-template-public-address-absent',
  title: 'Launch templates should not give instances public addresses',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:EC2.25'],
  equivalents: { prowler: ['ec2_launch_template_no_public_ip'], securityHub: ['EC2.25'] },
  risk: 'Every instance that scaling adds stands on the internet, whatever its subnet is meant for.',
  remediation: {
    text: 'Make a version whose network interfaces do not ask for a public address, make it the default, and let the groups that pin another version use it.',
    cli: 'aws ec2 create-launch-template-version --launch-template-id <template> --source-version <version> --launch-template-data file://without-public-address.json',
    cloudFormation: 'AWS::EC2::LaunchTemplate.LaunchTemplateData.NetworkInterfaces.AssociatePublicIpAddress',
  },
  resourceType: 'AWS::EC2::LaunchTemplate',
  needs: ['versions'],
  evaluate: ({ versions }) =>
    failingVersion(versions, ({ assignsPublicAddress }) =>
      assignsPublicAddress ? fail('gives its instances a public address') : undefined,
    ),
  examples: {
    pass: { 'the subnet decides, or no address is wanted': { versions: [version] } },
    fail: {
      'in the default version': { versions: [open] },
      'in the latest version': {
        versions: [
          { ...version, isLatest: false },
          { ...open, number: 4, isDefault: false },
        ],
      },
      'in a version that a group pins': { versions: [{ ...open, number: 1, isDefault: false, isLatest: false }, version] },
      'in a known version, beside unread ones': { versions: partial([open], 'autoscaling:DescribeAutoScalingGroups') },
    },
    unknown: {
      'not allowed to ask': { versions: denied('ec2:DescribeLaunchTemplateVersions') },
      'which versions groups pin': { versions: partial([version], 'autoscaling:DescribeAutoScalingGroups') },
    },
  },
});
