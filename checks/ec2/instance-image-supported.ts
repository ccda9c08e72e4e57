import { defineCheck, denied, fail, pass } from '../check.ts';
import { byHand, fromTemplate, image, instance, newerImage, terminated } from '../predicates/example-instances.ts';
import { endOfImage } from '../predicates/images.ts';
import { unlessTerminated } from '../predicates/instances.ts';
import { staleImageEvidence } from '../predicates/stale-images.ts';

const beside = { instance, newerImage: undefined, rebuild: byHand };
const unseen = { newerImage: denied('ec2:DescribeImages'), rebuild: denied('autoscaling:DescribeAutoScalingGroups') };

export default defineCheck({
  id: 'ec2-instance-image-supported',
  title: 'Instances should run on images that their publishers still offer',
  severity: 'MEDIUM',
  controls: [],
  equivalents: { prowler: ['ec2_instance_with_outdated_ami'] },
  risk: 'A deprecated image gets no more fixes, and of one that is gone nobody can launch a replacement for this host.',
  remediation: {
    text: 'Launch a replacement from the current image of the same family. `rebuild` says whether the launch template would bring the old image back: then change that first.',
    cli: 'aws ec2 describe-images --owners <owner> --filters Name=name,Values=<family>* --query "sort_by(Images,&CreationDate)[-1]"',
    cloudFormation: 'AWS::EC2::Instance.ImageId',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'image', 'newerImage', 'rebuild'],
  evaluate: (resource, { now }) =>
    unlessTerminated(resource.instance, () => {
      const end = endOfImage(resource.image, now);
      return end === undefined ? pass : fail(end, staleImageEvidence(resource, now));
    }),
  examples: {
    pass: {
      'an image without an end': { ...beside, image },
      'an image that will be deprecated': { ...beside, image: { ...image, deprecatedAt: '2027-02-01T00:00:00.000Z' } },
    },
    fail: {
      deprecated: { ...beside, image: { ...image, ownerAlias: 'amazon', deprecatedAt: '2026-05-01T00:00:00.000Z' } },
      'deprecated, by another account': {
        ...beside,
        image: { ...image, ownerAlias: undefined, ownerId: '444455556666', deprecatedAt: '2026-05-01T00:00Z' },
      },
      'deprecated, of the Marketplace': {
        ...beside,
        image: { ...image, ownerAlias: 'aws-marketplace', ownerId: '679593333241', deprecatedAt: '2026-05-01T00:00:00Z' },
      },
      'deprecated, of this account': { ...beside, image: { ...image, deprecatedAt: '2026-05-01T00:00:00Z' } },
      disabled: { ...beside, image: { ...image, state: 'disabled' } },
      'disabled, with a successor that a rebuild would not use': {
        ...beside,
        image: { ...image, state: 'disabled' },
        newerImage,
        rebuild: fromTemplate,
      },
      'of which nothing else was read': { ...beside, ...unseen, image: { ...image, state: 'gone' } },
      deregistered: { ...beside, image: { ...image, state: 'deregistered' } },
      'gone without a trace': {
        ...beside,
        image: { ...image, name: undefined, state: 'gone', createdAt: undefined, ownerId: undefined, ownerAlias: undefined },
      },
    },
    unknown: { 'not allowed to ask': { ...beside, image: denied('ec2:DescribeInstanceImageMetadata') } },
    notApplicable: { terminated: { ...beside, instance: terminated, image: { ...image, state: 'deregistered' } } },
  },
});
