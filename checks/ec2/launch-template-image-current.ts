import { defineCheck, denied, partial, refuse } from '../check.ts';
import { image, newerImage, templateVersion as version } from '../predicates/example-instances.ts';
import { launchesOf } from '../predicates/launch-templates.ts';
import { judgeLaunches } from '../predicates/launches.ts';

const gone = { ...version, image: { ...image, state: 'gone' as const } };
const byParameter = (imageParameter: string) => ({ ...version, image: undefined, imageParameter });
const pinned = { ...version, number: 2, isDefault: false, isLatest: false };

export default defineCheck({
  id: 'ec2-launch-template-image-current',
  title: 'Launch templates should start instances from the newest image of a family',
  severity: 'MEDIUM',
  controls: [],
  equivalents: {},
  risk: 'Every instance that scaling adds starts with old holes, or does not start because its image is gone.',
  remediation: {
    text: 'Make a version with `newerImage`, or with the SSM parameter in `follow` (`resolve:ssm:…`); make it the default, let the groups that pin another version use it, and replace their instances.',
    cli: 'aws ec2 create-launch-template-version --launch-template-id <template> --source-version <version> --launch-template-data ImageId=<image>',
    cloudFormation: 'AWS::EC2::LaunchTemplate.LaunchTemplateData.ImageId',
  },
  resourceType: 'AWS::EC2::LaunchTemplate',
  needs: ['versions'],
  evaluate: (template, { now }) => judgeLaunches(launchesOf(template.versions), now),
  examples: {
    pass: {
      'the newest image': { versions: [version] },
      'no image: whoever launches names one': { versions: [{ ...version, image: undefined }] },
      'the image that a parameter of AWS names': {
        versions: [byParameter('/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64')],
      },
    },
    fail: {
      'a deprecated image': { versions: [{ ...version, image: { ...image, deprecatedAt: '2026-05-01T00:00:00.000Z' } }] },
      'an image that is gone, in the latest version': { versions: [version, { ...gone, number: 4, isDefault: false }] },
      'an image that is gone, in a version that a group pins': { versions: [{ ...gone, ...pinned, image: gone.image }, version] },
      'a newer image exists': { versions: [{ ...version, newerImage }] },
      'a gone image beside unread versions': { versions: partial([gone], 'ec2:DescribeLaunchTemplateVersions') },
    },
    unknown: {
      'not allowed to ask': { versions: denied('ec2:DescribeLaunchTemplateVersions') },
      'which versions groups pin': { versions: partial([version], 'autoscaling:DescribeAutoScalingGroups') },
      'whether there is a newer image': {
        versions: [
          {
            ...version,
            get newerImage() {
              return refuse('ec2:DescribeImages');
            },
          },
        ],
      },
    },
    notApplicable: { 'an image that the account’s own parameter names': { versions: [byParameter('/golden/latest')] } },
  },
});
