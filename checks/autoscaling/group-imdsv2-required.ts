import { defineCheck, denied, notApplicable, pass } from '../check.ts';
import { launchConfiguration } from '../predicates/example-groups.ts';
import { tokenGap } from '../predicates/metadata-tokens.ts';

const silent = { ...launchConfiguration, metadata: { endpoint: undefined, tokens: undefined, hopLimit: undefined } };
const optional = { ...launchConfiguration, metadata: { endpoint: 'enabled', tokens: 'optional', hopLimit: 1 } } as const;
const metadataDefaults = { endpoint: undefined, tokens: undefined, hopLimit: undefined, enforced: false };
const ownImages = [{ namedBy: 'launch configuration', launch: launchOf(false) }] as const;

export default defineCheck({
  id: 'autoscaling-group-imdsv2-required',
  title: 'Launch configurations should start instances that answer only IMDSv2 requests',
  severity: 'HIGH',
  controls: ['AWS-FSBP:AutoScaling.3'],
  equivalents: {
    prowler: ['autoscaling_group_launch_configuration_requires_imdsv2'],
    securityHub: ['AutoScaling.3'],
    checkov: ['CKV_AWS_79'],
  },
  risk: 'Every instance that the group adds hands the credentials of its role to whoever can make an application on it send one request.',
  remediation: {
    text: 'A launch configuration cannot be changed: let the group use a launch template that requires tokens.',
    cli: 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name <group> --launch-template LaunchTemplateId=<template>,Version=$Latest',
    cloudFormation: 'AWS::AutoScaling::LaunchConfiguration.MetadataOptions.HttpTokens',
  },
  resourceType: 'AWS::AutoScaling::AutoScalingGroup',
  needs: ['launchConfiguration', 'metadataDefaults', 'ownImages'],
  evaluate: (group) => {
    const { launchConfiguration: used } = group;
    if (used === undefined) return notApplicable('starts instances from launch templates, which are judged themselves');
    const imageRequires = () => group.ownImages[0]?.launch.imageRequiresTokens;
    const gap = tokenGap(used.metadata, { defaults: () => group.metadataDefaults, imageRequires });
    return gap ? { ...gap, evidence: { launchConfiguration: used.name, ...gap.evidence } } : pass;
  },
  examples: {
    pass: {
      'tokens required': { launchConfiguration, metadataDefaults, ownImages },
      'nothing said, and the account requires tokens': {
        launchConfiguration: silent,
        metadataDefaults: { ...metadataDefaults, tokens: 'required' },
        ownImages,
      },
      'nothing said, and the image requires tokens': {
        launchConfiguration: silent,
        metadataDefaults,
        ownImages: [{ ...ownImages[0], launch: launchOf(true) }],
      },
    },
    fail: {
      'tokens optional': { launchConfiguration: optional, metadataDefaults, ownImages },
      'nothing said, by anybody': { launchConfiguration: silent, metadataDefaults, ownImages },
    },
    unknown: {
      'not allowed to ask': { launchConfiguration: denied('autoscaling:DescribeLaunchConfigurations'), metadataDefaults, ownImages },
      'nothing said, the defaults not read': {
        launchConfiguration: silent,
        metadataDefaults: denied('ec2:GetInstanceMetadataDefaults'),
        ownImages,
      },
    },
    notApplicable: { 'a launch template': { launchConfiguration: undefined, metadataDefaults, ownImages: [] } },
  },
});

function launchOf(imageRequiresTokens: boolean) {
  return { image: undefined, imageParameter: undefined, newerImage: undefined, imageRequiresTokens };
}
