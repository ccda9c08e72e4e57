import { defineCheck, denied, fail, partial, refuse } from '../check.ts';
import { image } from '../predicates/example-instances.ts';
import { endOfImage } from '../predicates/images.ts';
import { firstFailure, firstOf } from '../predicates/logic.ts';

const newerImage = { imageId: 'ami-2', name: 'golden-2026-10-01', createdAt: '2026-10-01T00:00:00Z' };
const version = { number: 3, isDefault: true, image, newerImage: undefined };
const gone = { ...version, image: { ...image, state: 'gone' as const } };
const role = ({ isDefault, number }: { isDefault: boolean; number: number }) => `${isDefault ? 'default' : 'latest'} version ${number}`;

export default defineCheck({
  id: 'ec2-launch-template-image-current',
  title: 'Launch templates should start instances from the newest image of a family',
  severity: 'MEDIUM',
  controls: [],
  equivalents: {},
  risk: 'Every instance that scaling adds starts with old holes, or does not start because its image is gone.',
  remediation: {
    text: 'Make a version with the current image and make it the default, or name an SSM parameter (`resolve:ssm:…`) instead of an image.',
    cli: 'aws ec2 create-launch-template-version --launch-template-id <template> --source-version <version> --launch-template-data ImageId=<image>',
    cloudFormation: 'AWS::EC2::LaunchTemplate.LaunchTemplateData.ImageId',
  },
  resourceType: 'AWS::EC2::LaunchTemplate',
  needs: ['versions'],
  evaluate: (template, { now }) =>
    firstFailure(
      () =>
        firstOf(template.versions, (one) => {
          const end = one.image && endOfImage(one.image, now);
          return one.image && end !== undefined && fail(`${role(one)}: ${end}`, { version: one.number, imageId: one.image.imageId });
        }),
      () =>
        firstOf(template.versions, (one) => {
          const newer = one.newerImage;
          return newer && fail(`${role(one)}: a newer image exists`, { version: one.number, newerImage: { ...newer } }, 'LOW');
        }),
    ),
  examples: {
    pass: {
      'the newest image': { versions: [version] },
      'an image that an SSM parameter names': { versions: [{ ...version, image: undefined }] },
    },
    fail: {
      'a deprecated image': { versions: [{ ...version, image: { ...image, deprecatedAt: '2026-05-01T00:00:00.000Z' } }] },
      'an image that is gone, in the latest version': { versions: [version, { ...gone, number: 4, isDefault: false }] },
      'a newer image exists': { versions: [{ ...version, newerImage }] },
      'a gone image beside unread versions': { versions: partial([gone], 'ec2:DescribeLaunchTemplateVersions') },
    },
    unknown: {
      'not allowed to ask': { versions: denied('ec2:DescribeLaunchTemplateVersions') },
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
  },
});
