import type { UsedImage } from '../../inventory/ec2/image.ts';
import { defineCheck, denied, fail, pass } from '../check.ts';
import { image, instance, terminated } from '../predicates/example-instances.ts';
import { hasKnownPublisher } from '../predicates/images.ts';
import { unlessTerminated } from '../predicates/instances.ts';
import { refuseToJudge } from '../predicates/unread.ts';

const foreign: UsedImage = { ...image, ownerId: '444455556666', ownerAlias: undefined, public: true };
const NOBODY: readonly string[] = [];

const SHARED = { severity: 'MEDIUM', because: 'shared with this account, not published to everybody' } as const;

export default defineCheck({
  id: 'ec2-instance-image-trusted',
  title: 'Instances should run on images of known publishers',
  severity: 'HIGH',
  controls: [],
  equivalents: {},
  risk: 'Anyone can publish an image under any name; one that a stranger made may hold back doors and keys of theirs.',
  remediation: {
    text: 'Replace the instance by one from an image of your own, AWS or the Marketplace. A publisher whom you trust goes into `approvedImageOwners`.',
    cli: 'aws ec2 enable-allowed-images-settings --allowed-images-settings-state audit-mode',
    cloudFormation: 'AWS::EC2::Instance.ImageId',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'image'],
  params: { approvedImageOwners: NOBODY },
  evaluate: (resource, { approvedImageOwners }) =>
    unlessTerminated(resource.instance, () => {
      const { imageId, ownerId, ownerAlias, public: anyone } = resource.image;
      if (hasKnownPublisher(resource.image, resource.identity.accountId, approvedImageOwners)) return pass;
      if (ownerId === undefined && ownerAlias === undefined)
        return refuseToJudge('no-data', 'ec2:DescribeImages', `who published ${imageId} is not known any more`);
      const owner = ownerId ?? ownerAlias ?? '';
      return fail(
        `image is published by account ${owner}, which is not approved`,
        { imageId, owner },
        anyone === false ? SHARED : undefined,
      );
    }),
  examples: {
    pass: {
      'of this account': { instance, image },
      'of this account, without an alias': { instance, image: { ...image, ownerAlias: undefined } },
      'of AWS': { instance, image: { ...foreign, ownerId: '137112412989', ownerAlias: 'amazon' } },
      'of the Marketplace': { instance, image: { ...foreign, ownerId: '679593333241', ownerAlias: 'aws-marketplace' } },
      'of AWS Backup': { instance, image: { ...foreign, ownerAlias: 'aws-backup-vault' } },
    },
    fail: {
      'a public image of a stranger': { instance, image: foreign },
      'an image that another account shares': { instance, image: { ...foreign, public: false } },
      'a deregistered image of a stranger': { instance, image: { ...foreign, state: 'deregistered', public: undefined } },
    },
    unknown: {
      'not allowed to ask': { instance, image: denied('ec2:DescribeInstanceImageMetadata') },
      'the image is gone and its owner with it': { instance, image: { ...foreign, state: 'gone', ownerId: undefined } },
    },
    notApplicable: { terminated: { instance: terminated, image: foreign } },
  },
});
