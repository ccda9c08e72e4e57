import { defineCheck, denied, fail, pass } from '../check.ts';
import { byHand, fromTemplate, image, instance, newerImage, terminated } from '../predicates/example-instances.ts';
import { unlessTerminated } from '../predicates/instances.ts';
import { staleImageEvidence } from '../predicates/stale-images.ts';
import { dateOf, daysSince } from '../predicates/time.ts';
import { refuseToJudge } from '../predicates/unread.ts';

const beside = { instance, newerImage: undefined, rebuild: byHand };

export default defineCheck({
  id: 'ec2-instance-image-age',
  title: 'Instances should run on images of the last months',
  severity: 'LOW',
  controls: [],
  equivalents: {},
  risk: 'The older the image, the more fixes every host that is launched from it lacks until it is patched.',
  remediation: {
    text: 'Build and roll out images on a schedule, for example with EC2 Image Builder, and replace instances instead of keeping them.',
    cli: 'aws imagebuilder start-image-pipeline-execution --image-pipeline-arn <pipeline>',
    cloudFormation: 'AWS::EC2::Instance.ImageId',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'image', 'newerImage', 'rebuild'],
  params: { days: 90 },
  evaluate: (resource, { days, now }) =>
    unlessTerminated(resource.instance, () => {
      const { imageId, createdAt } = resource.image;
      if (createdAt === undefined)
        return refuseToJudge('no-data', 'ec2:DescribeImages', `when ${imageId} was created is not known any more`);
      if (daysSince(createdAt, now) <= days) return pass;
      return fail(`image is from ${dateOf(createdAt)}, more than ${days} days old`, {
        createdAt: dateOf(createdAt),
        ...staleImageEvidence(resource, now),
      });
    }),
  examples: {
    pass: {
      'an image of last month': { ...beside, image },
      'an image of exactly 90 days': { ...beside, image: { ...image, createdAt: '2026-08-03T00:00:00Z' } },
    },
    fail: {
      'an image of 91 days': { ...beside, image: { ...image, createdAt: '2026-08-02T00:00:00Z' } },
      'an old image that a rebuild would bring back': {
        ...beside,
        image: { ...image, createdAt: '2024-01-01T00:00:00Z' },
        newerImage,
        rebuild: fromTemplate,
      },
      'an old image of a new instance': { ...beside, image: { ...image, createdAt: '2024-01-01T00:00:00Z' } },
      'an old image that is deregistered': { ...beside, image: { ...image, state: 'deregistered', createdAt: '2024-01-01T00:00:00Z' } },
    },
    unknown: {
      'not allowed to ask': { ...beside, image: denied('ec2:DescribeInstanceImageMetadata') },
      'the image is gone and its date with it': { ...beside, image: { ...image, state: 'gone', createdAt: undefined } },
    },
    notApplicable: { terminated: { ...beside, instance: terminated, image } },
  },
});
