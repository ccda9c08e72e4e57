import { defineCheck, denied, fail, pass } from '../check.ts';
import { byHand, fromTemplate, image, instance, newerImage, stopped, terminated } from '../predicates/example-instances.ts';
import { unlessTerminated } from '../predicates/instances.ts';
import { staleImageEvidence } from '../predicates/stale-images.ts';

const stale = { image, newerImage, rebuild: fromTemplate };

export default defineCheck({
  id: 'ec2-instance-image-current',
  title: 'Instances should run on the newest image of their family',
  severity: 'LOW',
  controls: [],
  equivalents: {},
  risk: 'What was fixed between the two images is missing here, unless somebody patched the host in place.',
  remediation: {
    text: 'Replace the instance by one from the newer image. Where `rebuild` says that this would bring the image back, first make a version of the launch template with the newer one, or with the SSM parameter in `follow`.',
    cli: 'aws ec2 create-launch-template-version --launch-template-id <template> --source-version <version> --launch-template-data ImageId=<image>',
    cloudFormation: 'AWS::EC2::Instance.ImageId',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'image', 'newerImage', 'rebuild'],
  evaluate: (resource, { now }) =>
    unlessTerminated(resource.instance, () =>
      resource.newerImage === undefined ? pass : fail('a newer image of the same family exists', staleImageEvidence(resource, now)),
    ),
  examples: {
    pass: { 'the newest of its family': { instance, image, newerImage: undefined, rebuild: byHand } },
    fail: {
      'a newer one exists, and a rebuild brings the old one back': { instance, ...stale },
      'a newer one exists, and nothing says how to make the instance anew': { instance, ...stale, rebuild: byHand },
      'a newer one exists, the rest not read': {
        instance,
        ...stale,
        image: denied('ec2:DescribeInstanceImageMetadata'),
        rebuild: denied('autoscaling:DescribeAutoScalingGroups'),
      },
      'a newer one exists for a stopped instance': { instance: stopped, ...stale },
    },
    unknown: { 'not allowed to list images': { instance, ...stale, newerImage: denied('ec2:DescribeImages') } },
    notApplicable: { terminated: { instance: terminated, ...stale } },
  },
});
