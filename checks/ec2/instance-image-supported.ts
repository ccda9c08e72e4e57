import { defineCheck, denied, fail, pass } from '../check.ts';
import { image, instance, terminated } from '../predicates/example-instances.ts';
import { endOfImage } from '../predicates/images.ts';
import { unlessTerminated } from '../predicates/instances.ts';

export default defineCheck({
  id: 'ec2-instance-image-supported',
  title: 'Instances should run on images that their publishers still offer',
  severity: 'MEDIUM',
  controls: [],
  equivalents: { prowler: ['ec2_instance_with_outdated_ami'] },
  risk: 'A deprecated image gets no more fixes, and of one that is gone nobody can launch a replacement for this host.',
  remediation: {
    text: 'Launch a replacement from the current image of the same family.',
    cli: 'aws ec2 describe-images --owners <owner> --filters Name=name,Values=<family>* --query "sort_by(Images,&CreationDate)[-1]"',
    cloudFormation: 'AWS::EC2::Instance.ImageId',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'image'],
  evaluate: (resource, { now }) =>
    unlessTerminated(resource.instance, () => {
      const end = endOfImage(resource.image, now);
      return end === undefined ? pass : fail(end, { imageId: resource.image.imageId });
    }),
  examples: {
    pass: {
      'an image without an end': { instance, image },
      'an image that will be deprecated': { instance, image: { ...image, deprecatedAt: '2027-02-01T00:00:00.000Z' } },
    },
    fail: {
      deprecated: { instance, image: { ...image, ownerAlias: 'amazon', deprecatedAt: '2026-05-01T00:00:00.000Z' } },
      'deprecated, by another account': {
        instance,
        image: { ...image, ownerAlias: undefined, ownerId: '444455556666', deprecatedAt: '2026-05-01T00:00Z' },
      },
      disabled: { instance, image: { ...image, state: 'disabled' } },
      deregistered: { instance, image: { ...image, state: 'deregistered' } },
      'gone without a trace': {
        instance,
        image: { ...image, name: undefined, state: 'gone', createdAt: undefined, ownerId: undefined, ownerAlias: undefined },
      },
    },
    unknown: { 'not allowed to ask': { instance, image: denied('ec2:DescribeInstanceImageMetadata') } },
    notApplicable: { terminated: { instance: terminated, image: { ...image, state: 'deregistered' } } },
  },
});
