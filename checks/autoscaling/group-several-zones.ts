import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { group } from '../predicates/example-groups.ts';

export default defineCheck({
  id: 'autoscaling-group-several-zones',
  title: 'Auto Scaling groups should cover several availability zones',
  severity: 'LOW',
  controls: ['AWS-FSBP:AutoScaling.2'],
  equivalents: { prowler: ['autoscaling_group_multiple_az'], securityHub: ['AutoScaling.2'] },
  risk: 'When the zone fails, so does everything that the group runs.',
  remediation: {
    text: 'Give the group subnets in further zones.',
    cli: 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name <group> --vpc-zone-identifier <subnet>,<subnet>',
    cloudFormation: 'AWS::AutoScaling::AutoScalingGroup.VPCZoneIdentifier',
  },
  resourceType: 'AWS::AutoScaling::AutoScalingGroup',
  needs: ['group'],
  params: { zones: 2 },
  evaluate: ({ group: { zones, maxSize } }, { zones: fewest }) => {
    const distinct = [...new Set(zones)].sort();
    if (distinct.length >= fewest) return pass;
    if (maxSize < 2) return notApplicable(`starts at most ${maxSize} instances`);
    return fail(distinct.length === 1 ? `runs in ${distinct[0]} only` : `runs in ${distinct.length} zones`, { zones: distinct });
  },
  examples: {
    pass: { 'two zones': { group } },
    fail: {
      'one zone': { group: { ...group, zones: ['eu-west-1a'] } },
      'two subnets of one zone': { group: { ...group, zones: ['eu-west-1a', 'eu-west-1a'] } },
    },
    unknown: { 'not allowed to ask': { group: denied('autoscaling:DescribeAutoScalingGroups') } },
    notApplicable: { 'a group that only keeps one instance alive': { group: { ...group, zones: ['eu-west-1a'], maxSize: 1 } } },
  },
});
