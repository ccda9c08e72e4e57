import { defineCheck, denied, fail, pass } from '../check.ts';
import { launchConfiguration } from '../predicates/example-groups.ts';

export default defineCheck({
  id: 'autoscaling-group-launch-template-used',
  title: 'Auto Scaling groups should use launch templates instead of launch configurations',
  severity: 'LOW',
  controls: ['AWS-FSBP:AutoScaling.9'],
  equivalents: { prowler: ['autoscaling_group_using_ec2_launch_template'], securityHub: ['AutoScaling.9'] },
  risk: 'A launch configuration cannot follow an image, has no versions, and lacks what EC2 has learnt since: nobody keeps it up to date.',
  remediation: {
    text: 'Copy the launch configuration to a launch template, and let the group use its default or latest version.',
    cli: 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name <group> --launch-template LaunchTemplateId=<template>,Version=$Latest',
    cloudFormation: 'AWS::AutoScaling::AutoScalingGroup.LaunchTemplate',
  },
  resourceType: 'AWS::AutoScaling::AutoScalingGroup',
  needs: ['launchConfiguration'],
  evaluate: ({ launchConfiguration: used }) =>
    used === undefined ? pass : fail('starts instances from a launch configuration', { launchConfiguration: used.name }),
  examples: {
    pass: { 'a launch template': { launchConfiguration: undefined } },
    fail: { 'a launch configuration': { launchConfiguration } },
    unknown: { 'not allowed to ask': { launchConfiguration: denied('autoscaling:DescribeLaunchConfigurations') } },
  },
});
