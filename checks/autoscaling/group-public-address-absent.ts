import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { launchConfiguration } from '../predicates/example-groups.ts';

export default defineCheck({
  id: 'autoscaling-group-public-address-absent',
  title: 'Launch configurations should not give instances public addresses',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:AutoScaling.5'],
  equivalents: { prowler: ['autoscaling_group_launch_configuration_no_public_ip'], securityHub: ['AutoScaling.5'] },
  risk: 'Every instance that the group adds stands on the internet, whatever its subnet is meant for.',
  remediation: {
    text: 'A launch configuration cannot be changed: let the group use a launch template without public addresses.',
    cli: 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name <group> --launch-template LaunchTemplateId=<template>,Version=$Latest',
    cloudFormation: 'AWS::AutoScaling::LaunchConfiguration.AssociatePublicIpAddress',
  },
  resourceType: 'AWS::AutoScaling::AutoScalingGroup',
  needs: ['launchConfiguration'],
  evaluate: ({ launchConfiguration: used }) => {
    if (used === undefined) return notApplicable('starts instances from launch templates, which are judged themselves');
    return used.publicAddress === true ? fail('gives its instances public addresses', { launchConfiguration: used.name }) : pass;
  },
  examples: {
    pass: {
      'no public address': { launchConfiguration },
      'the subnet decides': { launchConfiguration: { ...launchConfiguration, publicAddress: undefined } },
    },
    fail: { 'a public address': { launchConfiguration: { ...launchConfiguration, publicAddress: true } } },
    unknown: { 'not allowed to ask': { launchConfiguration: denied('autoscaling:DescribeLaunchConfigurations') } },
    notApplicable: { 'a launch template': { launchConfiguration: undefined } },
  },
});
