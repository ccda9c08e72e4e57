import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'ec2-region-public-images-blocked',
  title: 'Images should not be allowed to become public',
  severity: 'MEDIUM',
  controls: [],
  equivalents: { prowler: ['ec2_ami_account_block_public_access'] },
  risk: 'One wrong launch permission publishes an image with all that is on its disks.',
  remediation: {
    text: 'Block public access for images in the region, in every region. Images that are public already stay so.',
    cli: 'aws ec2 enable-image-block-public-access --image-block-public-access-state block-new-sharing --region <region>',
  },
  resourceType: 'AWS::EC2::RegionSettings',
  needs: ['imageBlockPublicAccess'],
  evaluate: ({ imageBlockPublicAccess }) =>
    imageBlockPublicAccess === 'block-new-sharing' ? pass : fail('images may be made public', { state: imageBlockPublicAccess }),
  examples: {
    pass: { 'new sharing is blocked': { imageBlockPublicAccess: 'block-new-sharing' } },
    fail: { 'not blocked': { imageBlockPublicAccess: 'unblocked' } },
    unknown: { 'not allowed to ask': { imageBlockPublicAccess: denied('ec2:GetImageBlockPublicAccessState') } },
  },
});
