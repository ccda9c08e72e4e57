import { defineCheck, denied, fail, pass } from '../check.ts';

const image = { name: 'golden-2026-02-01', createdAt: '2026-02-01T00:00:00Z', public: false };

export default defineCheck({
  id: 'ec2-image-private',
  title: 'Images should not be public',
  severity: 'CRITICAL',
  controls: [],
  equivalents: { prowler: ['ec2_ami_public'] },
  risk: 'Anyone with an AWS account can launch the image and read what is on its disks: code, keys, customer records.',
  remediation: {
    text: 'Make the image private, and block public access for images in the region: that alone leaves images public that are so already.',
    cli: 'aws ec2 modify-image-attribute --image-id <image> --launch-permission "Remove=[{Group=all}]"',
  },
  resourceType: 'AWS::EC2::Image',
  needs: ['image'],
  evaluate: (resource) => (resource.image.public ? fail('anyone can launch the image', { name: resource.image.name }) : pass),
  examples: {
    pass: { private: { image } },
    fail: { public: { image: { ...image, public: true } } },
    unknown: { 'not allowed to ask': { image: denied('ec2:DescribeImages') } },
  },
});
