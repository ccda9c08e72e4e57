import { defineCheck, denied, partial, refuse } from '../check.ts';
import { templateVersion as version } from '../predicates/example-instances.ts';
import { failingVersion } from '../predicates/launch-templates.ts';
import { tokenGap } from '../predicates/metadata-tokens.ts';

const optional = { ...version, metadata: { endpoint: 'enabled', tokens: 'optional', hopLimit: 1 } } as const;
const silent = { ...version, metadata: { endpoint: undefined, tokens: undefined, hopLimit: undefined } };
const metadataDefaults = { endpoint: undefined, tokens: undefined, hopLimit: undefined, enforced: false };
const required = { ...metadataDefaults, tokens: 'required' } as const;

export default defineCheck({
  id: 'ec2-launch-template-imdsv2-required',
  title: 'Launch templates should start instances that answer only IMDSv2 requests',
  severity: 'HIGH',
  controls: ['AWS-FSBP:EC2.170'],
  equivalents: { prowler: ['ec2_launch_template_imdsv2_required'], securityHub: ['EC2.170'], checkov: ['CKV_AWS_79'] },
  risk: 'Every instance that it starts hands the credentials of its role to whoever can make an application on it send one request.',
  remediation: {
    text: 'Make a version that requires tokens, make it the default, and let the groups that pin another version use it. A default of the account helps where a template says nothing.',
    cli: 'aws ec2 create-launch-template-version --launch-template-id <template> --source-version <version> --launch-template-data MetadataOptions={HttpTokens=required}',
    cloudFormation: 'AWS::EC2::LaunchTemplate.LaunchTemplateData.MetadataOptions.HttpTokens',
  },
  resourceType: 'AWS::EC2::LaunchTemplate',
  needs: ['versions', 'metadataDefaults'],
  evaluate: (template) =>
    failingVersion(template.versions, (version) =>
      tokenGap(version.metadata, { defaults: () => template.metadataDefaults, imageRequires: () => version.imageRequiresTokens }),
    ),
  examples: {
    pass: {
      'tokens required': { versions: [version], metadataDefaults },
      'tokens required, the defaults not read': { versions: [version], metadataDefaults: denied('ec2:GetInstanceMetadataDefaults') },
      'nothing said, and the account requires tokens': { versions: [silent], metadataDefaults: required },
      'nothing said, and the image requires tokens': { versions: [{ ...silent, imageRequiresTokens: true }], metadataDefaults },
      'metadata switched off': { versions: [{ ...silent, metadata: { ...silent.metadata, endpoint: 'disabled' } }], metadataDefaults },
    },
    fail: {
      'tokens optional': { versions: [optional], metadataDefaults: required },
      'no metadata options, as in most templates': { versions: [silent], metadataDefaults },
      'tokens required only in the latest version': {
        versions: [
          { ...optional, number: 2 },
          { ...version, isDefault: false },
        ],
        metadataDefaults,
      },
      'tokens required only in the default version': {
        versions: [version, { ...optional, number: 4, isDefault: false }],
        metadataDefaults,
      },
      'tokens optional in a version that a group pins': {
        versions: [{ ...optional, number: 1, isDefault: false, isLatest: false }, version],
        metadataDefaults,
      },
      'nothing said, and an account that makes tokens optional': {
        versions: [{ ...silent, imageRequiresTokens: true }],
        metadataDefaults: { ...metadataDefaults, tokens: 'optional' },
      },
      'nothing said, for whatever image is named at launch': {
        versions: [{ ...silent, image: undefined, imageRequiresTokens: undefined }],
        metadataDefaults,
      },
    },
    unknown: {
      'not allowed to ask': { versions: denied('ec2:DescribeLaunchTemplateVersions'), metadataDefaults },
      'nothing said, the defaults not read': { versions: [silent], metadataDefaults: denied('ec2:GetInstanceMetadataDefaults') },
      'which versions groups pin': { versions: partial([version], 'autoscaling:DescribeAutoScalingGroups'), metadataDefaults },
      'nothing said, the image not read': { versions: [unreadImage()], metadataDefaults },
    },
  },
});

function unreadImage() {
  return Object.defineProperty({ ...silent }, 'imageRequiresTokens', { get: () => refuse('ec2:DescribeImages') });
}
